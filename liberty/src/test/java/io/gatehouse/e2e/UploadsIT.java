package io.gatehouse.e2e;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The sample of large uploads, published by {@code scripts/demo uploads} as a newcomer would. */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class UploadsIT {

  private static final String BUCKET = "uploads-of-callers";
  private static final int FILE_BYTES = 50 << 20;
  private static final Pattern PUBLISHED =
      Pattern.compile("^API (\\w+) is published", Pattern.MULTILINE);
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Installation installation;
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private Peers peers;
  private String printed;
  private String apiId;

  UploadsIT(Installation installation) {
    this.installation = installation;
  }

  @BeforeAll
  void publishTheSample() throws Exception {
    assumeTrue(Peers.onPath("node"), "no Node.js on this machine");
    peers = installation.peers();
    peers.s3().createBucket(r -> r.bucket(BUCKET));
    Scripts scripts =
        installation.scripts.with(
            Map.of(
                "UPLOADS_ENDPOINT",
                peers.url("s3").toString(),
                "UPLOADS_BUCKET",
                BUCKET,
                "UPLOADS_ACCESS_KEY_ID",
                Peers.ACCESS_KEY_ID,
                "UPLOADS_SECRET_ACCESS_KEY",
                Peers.SECRET_ACCESS_KEY));
    printed = scripts.succeed("demo", "uploads");
    Matcher published = PUBLISHED.matcher(printed);
    assertTrue(published.find(), printed);
    apiId = published.group(1);
  }

  @Test
  void aFileOfFiftyMegabytesGoesToTheStoreAtTheAddressThatTheApiSigned() throws Exception {
    Path file = folder.resolve("large.bin");
    String hash = fill(file);
    JsonObject address = address("{\"bytes\": " + FILE_BYTES + "}");
    assertEquals("PUT", address.getString("method"));
    assertTrue(Instant.parse(address.getString("expires")).isAfter(Instant.now()));

    HttpResponse<String> put =
        http.send(
            HttpRequest.newBuilder(URI.create(address.getString("url")))
                .PUT(BodyPublishers.ofFile(file))
                .build(),
            BodyHandlers.ofString());
    assertEquals(200, put.statusCode(), put.body());
    try (InputStream stored =
        peers.s3().getObject(r -> r.bucket(BUCKET).key(address.getString("key")))) {
      assertEquals(hash, hash(stored));
    }
  }

  @Test
  void theSameFileIsTooLargeForTheApiItself() throws Exception {
    HttpResponse<String> refused =
        installation.exchange(
            "POST",
            installation.nodes().getFirst(),
            apiId,
            "demo",
            "/uploads",
            BodyPublishers.ofByteArray(new byte[11 << 20]),
            BodyHandlers.ofString(),
            "Content-Type",
            "application/octet-stream");
    assertEquals(413, refused.statusCode(), refused.body());
  }

  /** The store in these tests takes any signature, so the vendor's own signer has to agree. */
  @Test
  void theAddressIsSignedAsTheSdkSignsIt() throws Exception {
    URI url = URI.create(address("{\"bytes\": 12345}").getString("url"));
    Map<String, String> query =
        Arrays.stream(url.getRawQuery().split("&"))
            .map(parameter -> parameter.split("=", 2))
            .collect(
                Collectors.toMap(p -> p[0], p -> URLDecoder.decode(p[1], StandardCharsets.UTF_8)));
    Instant signed = Instant.from(AMZ_DATE.parse(query.get("X-Amz-Date")));
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.PUT)
            .uri(URI.create(url.toString().substring(0, url.toString().indexOf('?'))))
            .putHeader("Content-Length", "12345")
            .build();
    SdkHttpRequest expected =
        AwsV4HttpSigner.create()
            .sign(
                s ->
                    s.identity(
                            AwsCredentialsIdentity.create(
                                Peers.ACCESS_KEY_ID, Peers.SECRET_ACCESS_KEY))
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(
                            AwsV4FamilyHttpSigner.AUTH_LOCATION,
                            AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(
                            AwsV4FamilyHttpSigner.EXPIRATION_DURATION,
                            Duration.ofSeconds(Long.parseLong(query.get("X-Amz-Expires"))))
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(signed, ZoneOffset.UTC)))
            .request();
    assertEquals(
        expected.rawQueryParameters().get("X-Amz-Signature").getFirst(),
        query.get("X-Amz-Signature"),
        expected.toString());
  }

  @Test
  void aWishWithoutASizeIsRefusedInWords() throws Exception {
    for (String wish :
        new String[] {"{}", "[]", "{\"bytes\": 0}", "{\"bytes\": 1e300}", "no JSON"}) {
      HttpResponse<String> refused = ask(wish);
      assertEquals(400, refused.statusCode(), wish + ": " + refused.body());
      assertTrue(refused.body().contains("from 1 to"), refused.body());
    }
  }

  @Test
  void whatTheScriptPrintsAreTheTwoCommands() {
    assertTrue(
        printed.contains(
            installation.nodes().getFirst() + "/_aws/execute-api/" + apiId + "/demo/uploads"),
        printed);
    assertTrue(printed.contains("curl -T FILE 'URL'"), printed);
  }

  @Test
  void aStoreThatIsNotGivenIsAskedForByName() throws Exception {
    Scripts.Outcome outcome = installation.scripts.run("demo", "uploads");
    assertNotEquals(0, outcome.status());
    assertTrue(outcome.output().contains("UPLOADS_ENDPOINT is not set"), outcome.output());
  }

  private JsonObject address(String wish) throws Exception {
    HttpResponse<String> answer = ask(wish);
    assertEquals(201, answer.statusCode(), answer.body());
    return JSON.createReader(new StringReader(answer.body())).readObject();
  }

  private HttpResponse<String> ask(String wish) throws Exception {
    return installation.send(
        "POST",
        installation.nodes().getFirst(),
        apiId,
        "demo",
        "/uploads",
        wish,
        "Content-Type",
        "application/json");
  }

  /**
   * @return the hash of what was written
   */
  private static String fill(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] block = new byte[1 << 20];
    Random random = new Random(50);
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      for (int written = 0; written < FILE_BYTES; written += block.length) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String hash(InputStream in) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.digest());
  }
}
