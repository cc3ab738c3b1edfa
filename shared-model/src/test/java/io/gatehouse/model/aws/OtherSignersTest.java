package io.gatehouse.model.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.JsonText;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Requests that botocore, and so the AWS CLI, and the JavaScript SDK sign. */
class OtherSignersTest {

  private static final Path SOURCE = Path.of("src", "test", "signers").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target", "signers").toAbsolutePath();
  private static final String HOST = "abc123.execute-api.us-east-1.amazonaws.com";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String TOKEN = "IQoJb3JpZ2luX2VjE//////////wEaCXVzLWVhc3Qt+=/token==";
  private static final int REQUESTS = 1000;

  /** A request before it is signed. */
  private record Asked(String method, byte[] body, boolean presigned, Optional<String> token) {}

  @Test
  void whatBotocoreSignsVerifies() throws Exception {
    assumeTrue(
        onPath("python3") && run(List.of("python3", "-c", "import botocore")) == 0,
        "no Python with botocore on this machine");
    verifyAll(List.of("python3", SOURCE.resolve("signer.py").toString()), new Random(1));
  }

  @Test
  void whatTheJavaScriptSdkSignsVerifies() throws Exception {
    assumeTrue(onPath("node") && onPath("npm"), "no Node.js with npm on this machine");
    install();
    verifyAll(
        List.of("node", SOURCE.resolve("signer.mjs").toString(), INSTALLED.toString()),
        new Random(2));
  }

  private static void verifyAll(List<String> command, Random random) throws Exception {
    List<Asked> asked = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    HostileRequests hostile = new HostileRequests(random);
    for (int i = 0; i < REQUESTS; i++) {
      boolean presigned = random.nextBoolean();
      byte[] body = presigned || random.nextInt(3) == 0 ? new byte[0] : hostile.bytes(300);
      Asked one =
          new Asked(
              random.nextBoolean() ? "POST" : "DELETE",
              body,
              presigned,
              random.nextInt(3) == 0 ? Optional.of(TOKEN) : Optional.empty());
      asked.add(one);
      lines.append(json(one, hostile)).append('\n');
    }
    List<String> sent = signed(command, lines.toString());
    assertEquals(REQUESTS, sent.size());
    for (int i = 0; i < REQUESTS; i++) {
      verify(asked.get(i), sent.get(i));
    }
  }

  private static JsonObject json(Asked one, HostileRequests hostile) {
    JsonArrayBuilder query = Json.createArrayBuilder();
    hostile
        .parameters()
        .forEach((name, value) -> query.add(Json.createArrayBuilder().add(name).add(value)));
    JsonArrayBuilder headers = Json.createArrayBuilder();
    hostile
        .headers()
        .forEach(
            (name, values) ->
                headers.add(Json.createArrayBuilder().add(name).add(values.getFirst())));
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", "AKIDEXAMPLE")
            .add("secret", SECRET)
            .add("host", HOST)
            .add("method", one.method())
            .add("path", hostile.path(SdkHttpUtils::urlEncode))
            .add("query", query)
            .add("headers", one.presigned() ? Json.createArrayBuilder() : headers)
            .add("body", Base64.getEncoder().encodeToString(one.body()))
            .add("presign", one.presigned());
    one.token().ifPresent(token -> json.add("token", token));
    return json.build();
  }

  private static void verify(Asked asked, String line) {
    JsonObject sent = JsonText.object(line, "what the signer prints");
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("host", List.of(HOST));
    for (JsonArray header : sent.getJsonArray("headers").getValuesAs(JsonArray.class)) {
      headers.put(header.getString(0).toLowerCase(), List.of(header.getString(1)));
    }
    SigV4.Request request =
        new SigV4.Request(
            asked.method(), sent.getString("path"), sent.getString("query"), headers, asked.body());
    try {
      Signature signature = Signature.read(request);
      signature.requireCurrent(Instant.now());
      assertEquals(asked.presigned(), signature.isPresigned());
      assertEquals(asked.token(), signature.sessionToken());
      assertArrayEquals(
          asked.body(), SigV4.verify(request, asked.body(), signature, new SigningSecret(SECRET)));
    } catch (ApiError e) {
      fail(e.getMessage() + " for " + line, e);
    }
  }

  private static List<String> signed(List<String> command, String lines) throws Exception {
    Files.createDirectories(INSTALLED);
    Path input = Files.createTempFile(INSTALLED, "requests", ".jsonl");
    Files.writeString(input, lines);
    Path errors = INSTALLED.resolve("signer.log");
    Process signer =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectError(errors.toFile())
            .start();
    List<String> sent = signer.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertTrue(signer.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, signer.exitValue(), () -> read(errors));
    return sent;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** What the lock file names, once. */
  private static void install() throws Exception {
    Path lock = SOURCE.resolve("package-lock.json");
    Path done = INSTALLED.resolve("installed-lock.json");
    if (Files.exists(done) && Files.mismatch(lock, done) < 0) {
      return;
    }
    Files.createDirectories(INSTALLED);
    for (String file : List.of("package.json", "package-lock.json")) {
      Files.copy(
          SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    int status =
        run(
            List.of(
                "npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"));
    assumeTrue(status == 0, "the JavaScript SDK's signer cannot be installed on this machine");
    Files.copy(lock, done, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int run(List<String> command) throws Exception {
    Files.createDirectories(INSTALLED);
    Process process =
        new ProcessBuilder(command)
            .directory(INSTALLED.toFile())
            .redirectErrorStream(true)
            .redirectOutput(INSTALLED.resolve("run.log").toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  private static boolean onPath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
  }
}
