package io.gatehouse.e2e;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.Op;

/**
 * What an API does to requests and answers, published through the SDK and served by both nodes:
 * templates on both ways, a validator, a gateway response of its own and a canary.
 */
@ExtendWith(Installation.Shared.class)
@Order(1)
class TransformIT {

  private static final String STAGE = "prod";
  private static final String ORDER =
      "{\"customer\": \"Zo\\u00eb\", \"items\": [\"tea\", \"jam\"]}";

  /** The sample backend tells what it was sent, so the answer's {@code sent} is that. */
  private static final String DOCUMENT =
      """
      openapi: 3.0.1
      info: {title: Orders, version: "1.0"}
      x-amazon-apigateway-request-validators:
        all: {validateRequestBody: true, validateRequestParameters: true}
      x-amazon-apigateway-gateway-responses:
        BAD_REQUEST_BODY:
          statusCode: 422
          responseParameters: {gatewayresponse.header.x-see: "'the manual'"}
          responseTemplates:
            application/json: '{"id": "$context.requestId", "wrong": $context.error.messageString}'
      paths:
        /orders:
          post:
            x-amazon-apigateway-request-validator: all
            requestBody:
              content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration:
              type: http
              httpMethod: PUT
              uri: "BACKEND/echo/orders"
              requestTemplates:
                application/json: |
                  #set($order = $input.path('$'))
                  {"who": "$order.customer", "count": $order.items.size(), "edition": "$stageVariables.edition",
                   "lines": [#foreach($item in $order.items)"$foreach.count $item"#if($foreach.hasNext), #end#end]}
              responses:
                default:
                  statusCode: "200"
                  responseTemplates:
                    application/json: |
                      {"verb": "$input.path('$.method')", "sent": $input.path('$.body'), "canary": "$context.isCanaryRequest"}
      components:
        schemas:
          Order:
            type: object
            required: [customer, items]
            properties:
              customer: {type: string}
              items: {type: array, items: {type: string}}
      """;

  private final Installation installation;
  private final ApiGatewayClient client;
  private String apiId;

  TransformIT(Installation installation) {
    this.installation = installation;
    this.client = installation.apiGateway();
  }

  @BeforeEach
  void publish() {
    String document = DOCUMENT.replace("BACKEND", installation.get("GATEHOUSE_SAMPLE_BACKEND_URL"));
    apiId = client.importRestApi(r -> r.body(SdkBytes.fromUtf8String(document))).id();
    client.createDeployment(
        r -> r.restApiId(apiId).stageName(STAGE).variables(Map.of("edition", "first")));
  }

  @Test
  void templatesShapeWhatTheBackendIsSentAndWhatTheCallerGets() throws Exception {
    for (String node : installation.nodes()) {
      JsonObject answer = ordered(node);
      JsonObject sent = answer.getJsonObject("sent");
      assertEquals("PUT", answer.getString("verb"));
      assertEquals("Zo\u00eb", sent.getString("who"));
      assertEquals(2, sent.getInt("count"));
      assertEquals("[\"1 tea\",\"2 jam\"]", sent.getJsonArray("lines").toString());
    }
  }

  @Test
  void aCanaryOfAHundredPercentServesAllUntilItIsEnded() throws Exception {
    client.createDeployment(
        r ->
            r.restApiId(apiId)
                .stageName(STAGE)
                .canarySettings(
                    c ->
                        c.percentTraffic(100.0).stageVariableOverrides(Map.of("edition", "next"))));
    for (String node : installation.nodes()) {
      JsonObject answer = ordered(node);
      assertEquals("next", answer.getJsonObject("sent").getString("edition"), node);
      assertEquals("true", answer.getString("canary"), node);
    }

    client.updateStage(
        r ->
            r.restApiId(apiId)
                .stageName(STAGE)
                .patchOperations(p -> p.op(Op.REMOVE).path("/canarySettings")));
    for (String node : installation.nodes()) {
      assertEquals("first", ordered(node).getJsonObject("sent").getString("edition"), node);
    }
  }

  @Test
  void aBodyThatDoesNotFitIsRefusedInTheAuthorsWordsAndItsNodeKnowsTheStory() throws Exception {
    for (int i = 0; i < installation.nodes().size(); i++) {
      HttpResponse<String> refused = order(installation.nodes().get(i), "{\"customer\": \"Jo\"}");
      String id = header(refused, "x-amzn-RequestId");
      assertEquals(422, refused.statusCode(), refused.body());
      assertEquals("the manual", header(refused, "x-see"));
      assertEquals("BODY_INVALID", header(refused, "x-gatehouse-reason"));
      assertEquals(id, read(refused.body()).getString("id"));
      assertEquals("Invalid request body", read(refused.body()).getString("wrong"));

      JsonObject story = story(i, id);
      assertEquals("BODY_INVALID", story.getString("reason"));
      assertEquals("BAD_REQUEST_BODY", story.getString("responseType"));
      assertEquals(422, story.getInt("status"));
      assertEquals(apiId, story.getString("apiId"));
      assertEquals(STAGE, story.getString("stage"));
      assertFalse(story.getJsonArray("steps").isEmpty(), story.toString());
      assertFalse(story.containsKey("integrationLatencyMicros"), "the backend was not called");
    }
  }

  @Test
  void aTestOfTheDraftTellsBothTransformationsInItsLog() {
    String orders =
        client.getResources(r -> r.restApiId(apiId)).items().stream()
            .filter(resource -> resource.path().equals("/orders"))
            .findFirst()
            .orElseThrow()
            .id();
    var tried =
        client.testInvokeMethod(
            r ->
                r.restApiId(apiId)
                    .resourceId(orders)
                    .httpMethod("POST")
                    .headers(Map.of("Content-Type", "application/json"))
                    .stageVariables(Map.of("edition", "tried"))
                    .body(ORDER));
    assertEquals(200, tried.status(), tried.log());
    assertEquals("tried", read(tried.body()).getJsonObject("sent").getString("edition"));
    for (String line :
        new String[] {
          "Endpoint request body after transformations: {\"who\": \"Zo\u00eb\", \"count\": 2",
          "Endpoint response body before transformations: {\"method\": \"PUT\"",
          "Method response body after transformations: {\"verb\": \"PUT\"",
          "Method completed with status: 200"
        }) {
      assertTrue(tried.log().contains(line), tried.log());
    }
  }

  private HttpResponse<String> order(String node, String body) throws Exception {
    return installation.send(
        "POST", node, apiId, STAGE, "/orders", body, "Content-Type", "application/json");
  }

  private JsonObject ordered(String node) throws Exception {
    HttpResponse<String> answer = order(node, ORDER);
    assertEquals(200, answer.statusCode(), node + ": " + answer.body());
    return read(answer.body());
  }

  /** It is told when the exchange is over, which its caller may learn a moment earlier. */
  private JsonObject story(int node, String id) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    HttpResponse<String> answer;
    do {
      answer = installation.operations(node, "/requests/" + id);
    } while (answer.statusCode() == 404 && System.nanoTime() < deadline);
    assertEquals(200, answer.statusCode(), answer.body());
    return read(answer.body());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static JsonObject read(String json) {
    return JSON.createReader(new StringReader(json)).readObject();
  }
}
