package io.gatehouse.e2e;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolDescriptionType;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** The vendor's own tools, as users have them; skipped where a tool is not to be had. */
@ExtendWith(Installation.Shared.class)
@Order(5)
class ToolsIT {

  private record Outcome(int status, String output) {}

  private final Installation installation;
  @TempDir private Path folder;

  ToolsIT(Installation installation) {
    this.installation = installation;
  }

  @Test
  void terraformAppliesPlansNothingMoreChangesAndDestroysEveryKindOfResource() throws Exception {
    terraformInit();
    try {
      for (String change : List.of("-var=change=false", "-var=change=true")) {
        terraform(0, "apply", "-auto-approve", change);
        terraform(0, "plan", "-detailed-exitcode", change); // 2 would mean that something differs
        String api = run("terraform", "output", "-raw", "api").output();
        runs(api, change.endsWith("true") ? "python" : "nodejs");
      }
    } finally {
      terraform(0, "destroy", "-auto-approve", "-var=change=true");
    }
    Stream<String> left =
        Stream.of(
                installation.apiGateway().getRestApis(r -> r.limit(500)).items().stream()
                    .map(RestApi::name),
                installation.lambda().listFunctions().functions().stream()
                    .map(FunctionConfiguration::functionName),
                installation.userPools().listUserPools(r -> r.maxResults(60)).userPools().stream()
                    .map(UserPoolDescriptionType::name),
                Stream.of(cli("iam", "list-users").output().split("\"")))
            .flatMap(names -> names);
    assertEquals(
        List.of(),
        left.filter(name -> name.startsWith("tf-")).toList(),
        "what terraform has destroyed is gone");
  }

  /** The function and the API before it, which came with it. */
  private void runs(String api, String kind) throws Exception {
    for (String node : installation.nodes()) {
      HttpResponse<String> answer = installation.send("POST", node, api, "tf", "/hello", "{}");
      assertEquals(201, answer.statusCode(), answer.body());
      assertEquals(kind, answer.headers().firstValue("x-kind").orElse(""));
    }
  }

  @Test
  void theCommandLineClientMakesInvokesChangesAndDeletesAFunction() throws Exception {
    assumeTrue(Peers.onPath("aws"), "no AWS CLI on this machine");
    Path code = folder.resolve("code.zip");
    Files.write(code, FunctionCode.of("nodejs").asByteArray());
    String name = "by-command-line";
    JsonObject created =
        functions(
            "create-function",
            "--function-name",
            name,
            "--runtime",
            "nodejs20.x",
            "--handler",
            "index.handler",
            "--role",
            BackendAccess.role("functions"),
            "--environment",
            "Variables={GREETING=first}",
            "--zip-file",
            "fileb://" + code);
    assertEquals(name, created.getString("FunctionName"));
    assertEquals(Files.size(code), created.getInt("CodeSize"));
    assertEquals("nodejs", invoked(name, "$LATEST").getString("kind"));

    assertEquals("1", functions("publish-version", "--function-name", name).getString("Version"));
    functions("create-alias", "--function-name", name, "--name", "live", "--function-version", "1");
    Files.write(code, FunctionCode.of("python").asByteArray());
    functions(
        "update-function-configuration",
        "--function-name",
        name,
        "--runtime",
        "python3.12",
        "--handler",
        "app.handler");
    functions("update-function-code", "--function-name", name, "--zip-file", "fileb://" + code);
    assertEquals("python", invoked(name, "$LATEST").getString("kind"));
    assertEquals("nodejs", invoked(name, "live").getString("kind"), "an alias stays");

    functions(
        "add-permission",
        "--function-name",
        name,
        "--statement-id",
        "some-api",
        "--action",
        "lambda:InvokeFunction",
        "--principal",
        "apigateway.amazonaws.com");
    assertTrue(
        functions("get-policy", "--function-name", name).getString("Policy").contains("some-api"));
    assertEquals(0, cli("lambda", "delete-function", "--function-name", name).status());
    Outcome gone = cli("lambda", "get-function", "--function-name", name);
    assertTrue(
        gone.output()
            .contains("(ResourceNotFoundException) when calling the GetFunction operation"),
        gone.output());
  }

  /** What a version or alias of a function answers to the command line client. */
  private JsonObject invoked(String function, String qualifier) throws Exception {
    Path event = folder.resolve("event.json");
    Path answer = folder.resolve("answer.json");
    Files.writeString(event, "{\"who\": \"Jo\"}");
    JsonObject told =
        functions(
            "invoke",
            "--function-name",
            function,
            "--qualifier",
            qualifier,
            "--payload",
            "fileb://" + event,
            answer.toString());
    assertEquals(200, told.getInt("StatusCode"));
    return read(Files.readString(answer));
  }

  @Test
  void theCommandLineClientImportsDeploysAndReadsBack() throws Exception {
    assumeTrue(Peers.onPath("aws"), "no AWS CLI on this machine");
    Path document = folder.resolve("api.json");
    Files.writeString(
        document,
        """
        {"openapi": "3.0.1", "info": {"title": "by command line", "version": "1"},
         "paths": {"/hello": {"get": {
           "responses": {"200": {"description": "ok"}},
           "x-amazon-apigateway-integration": {
             "type": "mock",
             "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
             "responses": {"default": {"statusCode": "200"}}}}}}}
        """);
    String id =
        aws("import-rest-api", "--fail-on-warnings", "--body", "fileb://" + document)
            .getString("id");
    aws("create-deployment", "--rest-api-id", id, "--stage-name", "cli");
    JsonObject stage =
        aws(
            "update-stage",
            "--rest-api-id",
            id,
            "--stage-name",
            "cli",
            "--patch-operations",
            "op=replace,path=/*/*/throttling/rateLimit,value=7.5",
            "op=replace,path=/variables/colour,value=red");
    assertEquals(
        7.5,
        stage
            .getJsonObject("methodSettings")
            .getJsonObject("*/*")
            .getJsonNumber("throttlingRateLimit")
            .doubleValue());
    assertEquals(
        List.of("/", "/hello"),
        aws("get-resources", "--rest-api-id", id).getJsonArray("items").stream()
            .map(resource -> resource.asJsonObject().getString("path"))
            .sorted()
            .toList());
    Path export = folder.resolve("export.json");
    aws(
        "get-export",
        "--rest-api-id",
        id,
        "--stage-name",
        "cli",
        "--export-type",
        "oas30",
        export.toString());
    assertTrue(Files.readString(export).contains("\"/hello\""));
    Outcome unknown = cli("apigateway", "get-rest-api", "--rest-api-id", "nosuch");
    assertTrue(
        unknown
            .output()
            .contains(
                "(NotFoundException) when calling the GetRestApi operation: Invalid API identifier"),
        unknown.output());
    assertEquals(0, cli("apigateway", "delete-rest-api", "--rest-api-id", id).status());
  }

  /** Skips the test by name where terraform or its provider cannot be had. */
  private void terraformInit() throws Exception {
    assumeTrue(Peers.onPath("terraform"), "no terraform on this machine");
    Path source = Path.of(ToolsIT.class.getResource("/terraform").toURI());
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path place = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(place.getParent());
        Files.copy(file, place);
      }
    }
    for (String version : List.of("one", "two")) {
      archive("code-" + version, "index.js", "exports.handler = async () => ({ body: 'x' });");
    }
    archive("layer", "nodejs/node_modules/shared/index.js", "exports.shared = true;");
    Files.write(folder.resolve("function/first.zip"), FunctionCode.of("nodejs").asByteArray());
    Files.write(folder.resolve("function/second.zip"), FunctionCode.of("python").asByteArray());
    Outcome init = run("terraform", "init", "-no-color", "-input=false");
    assumeFalse(
        init.output().matches("(?s).*Failed to (query available|install) provider.*"),
        "no AWS provider for terraform to be had: " + init.output());
    assertEquals(0, init.status(), init.output());
  }

  /** The code that functions.tf names. */
  private void archive(String name, String file, String text) throws IOException {
    Path place = folder.resolve("everything").resolve(name + ".zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(place))) {
      zip.putNextEntry(new ZipEntry(file));
      zip.write((text + " // " + name).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void terraform(int expected, String command, String... options) throws Exception {
    Outcome outcome =
        run(
            Stream.concat(
                    Stream.of("terraform", command, "-no-color", "-input=false"),
                    Arrays.stream(options))
                .toArray(String[]::new));
    assertEquals(expected, outcome.status(), outcome.output());
  }

  private JsonObject aws(String... arguments) throws Exception {
    return object(cli("apigateway", arguments));
  }

  private JsonObject functions(String... arguments) throws Exception {
    return object(cli("lambda", arguments));
  }

  private static JsonObject object(Outcome outcome) {
    assertEquals(0, outcome.status(), outcome.output());
    return read(outcome.output());
  }

  private static JsonObject read(String json) {
    return JSON.createReader(new StringReader(json)).readObject();
  }

  private Outcome cli(String service, String... arguments) throws Exception {
    return run(
        Stream.concat(
                Stream.of(
                    "aws",
                    "--endpoint-url",
                    installation.get("GATEHOUSE_MANAGEMENT_URL"),
                    "--output",
                    "json",
                    service),
                Arrays.stream(arguments))
            .toArray(String[]::new));
  }

  private Outcome run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true);
    for (String name : List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION")) {
      builder.environment().put(name, installation.get(name));
    }
    builder.environment().put("AWS_DEFAULT_REGION", installation.get("AWS_REGION"));
    builder.environment().put("TF_VAR_account", installation.get("GATEHOUSE_ACCOUNT"));
    builder.environment().put("TF_VAR_url", installation.get("GATEHOUSE_MANAGEMENT_URL"));
    Path output = Files.createTempFile("gatehouse-tool", ".log");
    Process process = builder.redirectOutput(output.toFile()).start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(command[0] + " did not end: " + Files.readString(output));
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    return new Outcome(process.exitValue(), text);
  }
}
