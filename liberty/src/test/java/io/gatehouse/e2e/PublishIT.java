package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.apigateway.model.BadRequestException;
import software.amazon.awssdk.services.apigateway.model.Op;

/** The product's main job through the SDK: import, deploy, issue a key, serve from both nodes. */
@ExtendWith(Installation.Shared.class)
@Order(1)
class PublishIT {

  private final Installation installation;
  private final ApiGatewayClient client;

  PublishIT(Installation installation) {
    this.installation = installation;
    this.client = installation.apiGateway();
  }

  private void assertStatus(int status, PetStore pets, String path, String... headers)
      throws Exception {
    for (String node : installation.nodes()) {
      HttpResponse<String> response =
          installation.call(node, pets.apiId(), PetStore.STAGE, path, headers);
      assertEquals(status, response.statusCode(), node + path + ": " + response.body());
    }
  }

  @Test
  void theStartTellsWhatANewcomerNeeds() {
    for (String word : new String[] {"GATEHOUSE", "http://127.0.0.1:"}) {
      assertTrue(
          installation.started.toUpperCase().contains(word.toUpperCase()), installation.started);
    }
    assertEquals("123456789012", installation.get("GATEHOUSE_ACCOUNT"));
    assertEquals("us-east-1", installation.get("GATEHOUSE_REGION"));
    assertEquals(2, installation.nodes().size());
  }

  @Test
  void toolsLearnTheAccountFromSts() {
    var identity = installation.sts().getCallerIdentity();
    assertEquals("123456789012", identity.account());
    assertTrue(identity.arn().contains(":123456789012:"), identity.arn());
  }

  @Test
  void anApiIsLiveOnEveryNodeWhenCreateDeploymentHasAnsweredAndItsKeyWhenThatHas()
      throws Exception {
    PetStore pets = PetStore.publish(installation, client);
    assertStatus(200, pets, "/pets", "x-api-key", pets.key());
    assertStatus(200, pets, "/pets/1");
    assertStatus(200, pets, "/health");
    assertStatus(403, pets, "/pets");
    assertStatus(403, pets, "/pets", "x-api-key", "not-a-key");
    assertStatus(403, pets, "/nosuch");
  }

  @Test
  void everyChangeToAKeyAndItsPlanIsFeltAtOnce() throws Exception {
    PetStore pets = PetStore.publish(installation, client);
    enable(pets, false);
    assertStatus(403, pets, "/pets", "x-api-key", pets.key());
    enable(pets, true);
    assertStatus(200, pets, "/pets", "x-api-key", pets.key());
    client.deleteUsagePlanKey(r -> r.usagePlanId(pets.planId()).keyId(pets.keyId()));
    assertStatus(403, pets, "/pets", "x-api-key", pets.key());
    client.createUsagePlanKey(
        r -> r.usagePlanId(pets.planId()).keyId(pets.keyId()).keyType("API_KEY"));
    assertStatus(200, pets, "/pets", "x-api-key", pets.key());
    client.updateUsagePlan(
        r ->
            r.usagePlanId(pets.planId())
                .patchOperations(
                    p ->
                        p.op(Op.REMOVE)
                            .path("/apiStages")
                            .value(pets.apiId() + ":" + PetStore.STAGE)));
    assertStatus(403, pets, "/pets", "x-api-key", pets.key());
    client.deleteApiKey(r -> r.apiKey(pets.keyId()));
    assertStatus(403, pets, "/pets", "x-api-key", pets.key());
  }

  private void enable(PetStore pets, boolean enabled) {
    client.updateApiKey(
        r ->
            r.apiKey(pets.keyId())
                .patchOperations(p -> p.op(Op.REPLACE).path("/enabled").value("" + enabled)));
  }

  @Test
  void anEditIsServedOnlyAfterTheNextDeploymentAndAStageCanGoBack() throws Exception {
    PetStore pets = PetStore.publish(installation, client);
    String first =
        client.getStage(r -> r.restApiId(pets.apiId()).stageName(PetStore.STAGE)).deploymentId();
    String health =
        client.getResources(r -> r.restApiId(pets.apiId()).limit(500)).items().stream()
            .filter(r -> r.path().equals("/health"))
            .findFirst()
            .orElseThrow()
            .id();
    client.deleteResource(r -> r.restApiId(pets.apiId()).resourceId(health));
    assertStatus(200, pets, "/health");
    client.createDeployment(r -> r.restApiId(pets.apiId()).stageName(PetStore.STAGE));
    assertStatus(403, pets, "/health");
    client.updateStage(
        r ->
            r.restApiId(pets.apiId())
                .stageName(PetStore.STAGE)
                .patchOperations(p -> p.op(Op.REPLACE).path("/deploymentId").value(first)));
    assertStatus(200, pets, "/health");
    client.deleteStage(r -> r.restApiId(pets.apiId()).stageName(PetStore.STAGE));
    assertStatus(403, pets, "/health");
  }

  @Test
  void anApiBuiltCallByCallWorksAsAnImportedOne() throws Exception {
    String apiId = client.createRestApi(r -> r.name("by hand")).id();
    String root = client.getResources(r -> r.restApiId(apiId)).items().getFirst().id();
    String resource =
        client.createResource(r -> r.restApiId(apiId).parentId(root).pathPart("{proxy+}")).id();
    client.putMethod(
        r ->
            r.restApiId(apiId)
                .resourceId(resource)
                .httpMethod("ANY")
                .authorizationType("NONE")
                .requestParameters(Map.of("method.request.path.proxy", true)));
    client.putIntegration(
        r ->
            r.restApiId(apiId)
                .resourceId(resource)
                .httpMethod("ANY")
                .type("HTTP_PROXY")
                .integrationHttpMethod("ANY")
                .uri("http://${stageVariables.backend}/{proxy}")
                .requestParameters(
                    Map.of("integration.request.path.proxy", "method.request.path.proxy")));
    String backend = installation.get("GATEHOUSE_SAMPLE_BACKEND_URL").replace("http://", "");
    client.createDeployment(
        r -> r.restApiId(apiId).stageName("prod").variables(Map.of("backend", backend)));
    for (String node : installation.nodes()) {
      var response = installation.send("POST", node, apiId, "prod", "/a%2Fb//c;d?x=%FF", "hello");
      assertEquals(200, response.statusCode(), response.body());
      assertTrue(response.body().contains("/a%2Fb//c;d"), response.body());
      assertTrue(response.body().contains("hello"), response.body());
    }
    client.deleteRestApi(r -> r.restApiId(apiId));
    for (String node : installation.nodes()) {
      assertEquals(403, installation.call(node, apiId, "prod", "/x").statusCode());
    }
  }

  @Test
  void badDocumentsAreRefusedInWordsAndLeaveNothingBehind() {
    int before = client.getRestApis(r -> r.limit(500)).items().size();
    for (String document :
        new String[] {
          "{\"openapi\": \"3.0.1\", ",
          "just text",
          "openapi: 9.9.9\ninfo: {title: x, version: '1'}\npaths: {}",
          "openapi: 3.0.1\ninfo: {title: x, version: '1'}\npaths: {/a: {get: {parameters: [{$ref: '#/components/parameters/nosuch'}]}}}",
          "openapi: 3.0.1\ninfo: {title: x, version: '1'}\npaths: {/a: {get: {parameters: [{$ref: '#/components/parameters/A'}]}}}\n"
              + "components: {parameters: {A: {$ref: '#/components/parameters/B'}, B: {$ref: '#/components/parameters/A'}}}",
          "a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d]"
        }) {
      var refused =
          assertThrows(
              BadRequestException.class,
              () -> client.importRestApi(r -> r.body(SdkBytes.fromUtf8String(document))),
              document);
      assertTrue(refused.awsErrorDetails().errorMessage().length() > 15, refused.getMessage());
    }
    assertEquals(before, client.getRestApis(r -> r.limit(500)).items().size());
  }

  @Test
  void aDocumentOverTheLimitIsRefused() {
    String huge =
        "openapi: 3.0.1\ninfo: {title: x, version: '1', description: '"
            + "x".repeat(11_000_000)
            + "'}\npaths: {}";
    var refused =
        assertThrows(
            ApiGatewayException.class,
            () -> client.importRestApi(r -> r.body(SdkBytes.fromUtf8String(huge))));
    assertTrue(refused.statusCode() == 413 || refused.statusCode() == 400, refused.getMessage());
  }

  @Test
  void aWrongSecretAndAnUnknownKeyAreRefused() {
    var wrong = installation.apiGateway(installation.get("AWS_ACCESS_KEY_ID"), "not-the-secret");
    var refused = assertThrows(ApiGatewayException.class, () -> wrong.getRestApis());
    assertEquals(403, refused.statusCode());
    assertEquals("InvalidSignatureException", refused.awsErrorDetails().errorCode());
    var unknown = installation.apiGateway("AKIAIOSFODNN7EXAMPLE", "not-the-secret");
    refused = assertThrows(ApiGatewayException.class, () -> unknown.getRestApis());
    assertEquals("UnrecognizedClientException", refused.awsErrorDetails().errorCode());
  }

  @Test
  void whatNodesCannotServeYetIsRefusedByEveryNode() throws Exception {
    String apiId = client.createRestApi(r -> r.name("caller")).id();
    String root = client.getResources(r -> r.restApiId(apiId)).items().getFirst().id();
    client.putMethod(
        r -> r.restApiId(apiId).resourceId(root).httpMethod("GET").authorizationType("NONE"));
    client.putIntegration(
        r ->
            r.restApiId(apiId)
                .resourceId(root)
                .httpMethod("GET")
                .type("AWS_PROXY")
                .integrationHttpMethod("POST")
                .credentials("arn:aws:iam::*:user/*")
                .uri(
                    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                        + "arn:aws:lambda:us-east-1:123456789012:function:f/invocations"));
    client.createDeployment(r -> r.restApiId(apiId).stageName("x"));
    for (String node : installation.nodes()) {
      var answer = installation.call(node, apiId, "x", "/");
      assertEquals(501, answer.statusCode());
      assertTrue(answer.body().contains("cannot serve yet"), answer.body());
    }
  }

  @Test
  void anUnknownStageAndAnUnknownApiAreForbidden() throws Exception {
    PetStore pets = PetStore.publish(installation, client);
    for (String node : installation.nodes()) {
      var response = installation.call(node, pets.apiId(), "nosuch", "/pets/1");
      assertEquals(403, response.statusCode());
      assertEquals("{\"message\":\"Forbidden\"}", response.body());
      assertEquals(
          "ForbiddenException", response.headers().firstValue("x-amzn-ErrorType").orElse(""));
      assertEquals(403, installation.call(node, "zzzzzzzzzz", "dev", "/").statusCode());
    }
  }
}
