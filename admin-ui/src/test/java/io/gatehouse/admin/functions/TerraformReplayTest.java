package io.gatehouse.admin.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.admin.whole.WholeHouse;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The requests that Terraform's provider sends, one after the other, and what it reads of each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerraformReplayTest {

  private static final String ACCOUNT = "171717171717";
  private static final String FUNCTIONS = "/2015-03-31/functions";
  private static final String ARN = "arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:tf";

  private WholeHouse house;

  @BeforeAll
  void open() {
    house = new WholeHouse();
  }

  @AfterAll
  void close() throws Exception {
    house.close();
  }

  private JsonObject call(int status, String verb, String target, String body) {
    String[] parts = target.split("\\?");
    Answered answer =
        house
            .api()
            .call(
                "lambda",
                ACCOUNT,
                verb,
                parts[0],
                parts.length > 1 ? parts[1] : "",
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    assertEquals(status, answer.status(), answer::text);
    if (answer.body().length == 0) {
      return Json.createObjectBuilder().build();
    }
    try (JsonReader reader = Json.createReader(new StringReader(answer.text()))) {
      return reader.readObject();
    }
  }

  private static String zip(String text) {
    return Base64.getEncoder().encodeToString(LambdaDoor.code(text).asByteArray());
  }

  /** What a refresh reads. */
  private JsonObject read() {
    JsonObject function = call(200, "GET", FUNCTIONS + "/tf", "");
    JsonObject versions = call(200, "GET", FUNCTIONS + "/tf/versions?MaxItems=10000", "");
    JsonObject signing = call(200, "GET", "/2020-06-30/functions/tf/code-signing-config", "");
    assertEquals("", signing.getString("CodeSigningConfigArn"));
    assertTrue(versions.getJsonArray("Versions").size() > 0);
    assertFalse(versions.containsKey("NextMarker"));
    JsonObject configuration = function.getJsonObject("Configuration");
    for (String member :
        new String[] {
          "FunctionArn",
          "Handler",
          "Role",
          "Runtime",
          "LastModified",
          "CodeSha256",
          "State",
          "LastUpdateStatus",
          "PackageType"
        }) {
      assertFalse(configuration.getString(member).isEmpty(), member);
    }
    assertEquals("Active", configuration.getString("State"));
    assertEquals("Successful", configuration.getString("LastUpdateStatus"));
    assertEquals(512, configuration.getJsonObject("EphemeralStorage").getInt("Size"));
    assertEquals("PassThrough", configuration.getJsonObject("TracingConfig").getString("Mode"));
    assertEquals(
        "/aws/lambda/tf", configuration.getJsonObject("LoggingConfig").getString("LogGroup"));
    assertEquals("Text", configuration.getJsonObject("LoggingConfig").getString("LogFormat"));
    return configuration;
  }

  @Test
  void aFunctionWithPermissionAliasAndLayerGoesUpChangesAndGoesDown() {
    JsonObject layer =
        call(
            201,
            "POST",
            "/2018-10-31/layers/tf-layer/versions",
            "{'CompatibleRuntimes':['nodejs20.x'],'Content':{'ZipFile':'%s'},'Description':'',"
                    .formatted(zip("layer"))
                + "'LicenseInfo':''}");
    String layerArn = layer.getString("LayerVersionArn");
    JsonObject readLayer = call(200, "GET", "/2018-10-31/layers/tf-layer/versions/1", "");
    assertEquals(layerArn, readLayer.getString("LayerVersionArn"));
    assertEquals(
        layer.getJsonObject("Content").getString("CodeSha256"),
        readLayer.getJsonObject("Content").getString("CodeSha256"));

    JsonObject made =
        call(
            201,
            "POST",
            FUNCTIONS,
            ("{'Code':{'ZipFile':'%s'},'Description':'','Environment':{'Variables':{'KEY':'one'}},"
                    + "'FunctionName':'tf','Handler':'index.handler','Layers':['%s'],"
                    + "'MemorySize':128,'PackageType':'Zip','Publish':true,"
                    + "'Role':'arn:aws:iam::%s:role/r','Runtime':'nodejs20.x',"
                    + "'Tags':{'a':'one'},'Timeout':3}")
                .formatted(zip("one"), layerArn, ACCOUNT));
    assertEquals("1", made.getString("Version"));
    JsonObject first = read();
    assertEquals(ARN, first.getString("FunctionArn"));
    assertEquals("$LATEST", first.getString("Version"));
    assertEquals(layerArn, first.getJsonArray("Layers").getJsonObject(0).getString("Arn"));
    assertEquals(
        "one", first.getJsonObject("Environment").getJsonObject("Variables").getString("KEY"));

    call(
        201,
        "POST",
        FUNCTIONS + "/tf/policy",
        "{'Action':'lambda:InvokeFunction','Principal':'apigateway.amazonaws.com',"
            + "'SourceArn':'arn:aws:execute-api:us-east-1:171717171717:abc/*/*',"
            + "'StatementId':'AllowExecutionFromAPIGateway'}");
    JsonObject policy = call(200, "GET", FUNCTIONS + "/tf/policy", "");
    assertTrue(policy.getString("Policy").contains("\"Sid\":\"AllowExecutionFromAPIGateway\""));

    call(
        201,
        "POST",
        FUNCTIONS + "/tf/aliases",
        "{'Description':'','FunctionVersion':'1','Name':'live','RoutingConfig':{}}");
    assertEquals(
        ARN + ":live", call(200, "GET", FUNCTIONS + "/tf/aliases/live", "").getString("AliasArn"));

    change();
    destroy();
  }

  private void change() {
    call(
        200,
        "PUT",
        FUNCTIONS + "/tf/configuration",
        "{'Environment':{'Variables':{'KEY':'two'}},'MemorySize':256}");
    JsonObject polled = call(200, "GET", FUNCTIONS + "/tf/configuration", "");
    assertEquals("Successful", polled.getString("LastUpdateStatus"));
    call(200, "PUT", FUNCTIONS + "/tf/code", "{'ZipFile':'%s'}".formatted(zip("two")));
    JsonObject published = call(201, "POST", FUNCTIONS + "/tf/versions", "{}");
    assertEquals("2", published.getString("Version"));
    call(
        200,
        "PUT",
        FUNCTIONS + "/tf/aliases/live",
        "{'Description':'','FunctionVersion':'2','RoutingConfig':{'AdditionalVersionWeights':"
            + "{'1':0.5}}}");
    String tags = "/2017-03-31/tags/" + ARN.replace(":", "%3A");
    call(204, "DELETE", tags + "?tagKeys=a", "");
    call(204, "POST", tags, "{'Tags':{'b':'two'}}");
    assertEquals("two", call(200, "GET", tags, "").getJsonObject("Tags").getString("b"));
    JsonObject changed = read();
    assertEquals(256, changed.getInt("MemorySize"));
    assertEquals(published.getString("CodeSha256"), changed.getString("CodeSha256"));
  }

  private void destroy() {
    call(204, "DELETE", FUNCTIONS + "/tf/policy/AllowExecutionFromAPIGateway", "");
    assertEquals("User", call(404, "GET", FUNCTIONS + "/tf/policy", "").getString("Type"));
    call(204, "DELETE", FUNCTIONS + "/tf/aliases/live", "");
    call(204, "DELETE", FUNCTIONS + "/tf", "");
    call(404, "GET", FUNCTIONS + "/tf", "");
    call(204, "DELETE", "/2018-10-31/layers/tf-layer/versions/1", "");
    call(404, "GET", "/2018-10-31/layers/tf-layer/versions/1", "");
  }
}
