package io.gatehouse.e2e;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * The demo's tenant with something in everything that the console shows, and requests that it has
 * answered.
 *
 * @param names what stands for a name in the addresses of screens, as {@code {api}}
 */
record FullTenant(Map<String, String> names, ApiGatewayClient apis) {

  private static final String SECOND_STAGE = "prod";
  private static final String REQUEST_ID = "x-amzn-RequestId";
  private static final int REQUESTS = 40;

  static FullTenant create(Installation installation) throws IOException, InterruptedException {
    Map<String, String> names = new HashMap<>();
    String own = Long.toString(System.nanoTime() % 1_000_000_000L, 36);
    ApiGatewayClient apis = installation.apiGateway();
    PetStore pets = PetStore.publish(installation, apis);
    names.put("api", pets.apiId());
    names.put("plan", pets.planId());
    names.put("stage", SECOND_STAGE);
    names.put("undeployed", PetStore.imported(installation, "Shop " + own));
    names.put("resource", resource(apis, pets.apiId(), "/pets/{petId}"));
    stages(apis, pets.apiId());
    limits(apis, pets);
    names.put("apiName", "Pets " + own);
    Patches.rename(apis, pets.apiId(), names.get("apiName"));
    apis.createApiKey(r -> r.name("not in any plan " + own));
    function(installation.lambda(), "orders-" + own);
    names.put("function", "orders-" + own);
    names.put("pool", pool(installation.userPools(), "people-" + own));
    identities(installation.iam(), own, names);
    apis.createVpcLink(
        r ->
            r.name("warehouse " + own)
                .targetArns(
                    "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/warehouse/50dc6c495c0c9188"));
    BackendAccess.putPolicy(
        installation,
        BackendAccess.role("orders-" + own),
        "arn:aws:lambda:us-east-1:" + Queues.ACCOUNT + ":function:orders-" + own);
    requests(installation, pets, names);
    return new FullTenant(Map.copyOf(names), apis);
  }

  /** An address with names where it says so. */
  String address(String template) {
    String address = template;
    for (Map.Entry<String, String> name : names.entrySet()) {
      address = address.replace("{" + name.getKey() + "}", name.getValue());
    }
    return address;
  }

  /** Gives the stage's variable another value, as somebody else does meanwhile. */
  void changeVariable(String value) {
    apis.updateStage(
        r ->
            r.restApiId(names.get("api"))
                .stageName(SECOND_STAGE)
                .patchOperations(Patches.replace("/variables/host", value)));
  }

  private static String resource(ApiGatewayClient apis, String api, String path) {
    return apis.getResources(r -> r.restApiId(api)).items().stream()
        .filter(found -> found.path().equals(path))
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** A second stage with a history, settings of its own, a canary, and what is not deployed yet. */
  private static void stages(ApiGatewayClient apis, String api) {
    String deleted = apis.createDeployment(r -> r.restApiId(api).description("Too early")).id();
    apis.deleteDeployment(r -> r.restApiId(api).deploymentId(deleted));
    String last = "";
    for (int i = 1; i <= 3; i++) {
      String description = "Release " + i + ": answers are compressed from " + i * 1000 + " bytes";
      String bytes = Integer.toString(i * 1000);
      apis.updateRestApi(
          r -> r.restApiId(api).patchOperations(Patches.replace("/minimumCompressionSize", bytes)));
      last =
          apis.createDeployment(
                  r -> r.restApiId(api).stageName(SECOND_STAGE).description(description))
              .id();
    }
    String canary = last;
    apis.updateStage(
        r ->
            r.restApiId(api)
                .stageName(SECOND_STAGE)
                .patchOperations(
                    Patches.replace("/description", "What customers use"),
                    Patches.replace("/variables/host", "backend.example"),
                    Patches.replace("/*/*/logging/loglevel", "INFO"),
                    Patches.replace("/*/*/metrics/enabled", "true"),
                    Patches.replace("/~1pets/GET/throttling/burstLimit", "20"),
                    Patches.replace("/~1pets/GET/throttling/rateLimit", "10"),
                    Patches.replace("/cacheClusterEnabled", "true"),
                    Patches.replace("/canarySettings/deploymentId", canary),
                    Patches.replace("/canarySettings/percentTraffic", "20")));
    apis.updateRestApi(
        r -> r.restApiId(api).patchOperations(Patches.replace("/minimumCompressionSize", "4000")));
  }

  private static void limits(ApiGatewayClient apis, PetStore pets) {
    apis.updateUsagePlan(
        r ->
            r.usagePlanId(pets.planId())
                .patchOperations(
                    Patches.replace("/throttle/rateLimit", "100"),
                    Patches.replace("/throttle/burstLimit", "200"),
                    Patches.replace("/quota/limit", "1000"),
                    Patches.replace("/quota/period", "MONTH"),
                    PatchOperation.builder()
                        .op(Op.ADD)
                        .path("/apiStages")
                        .value(pets.apiId() + ":" + SECOND_STAGE)
                        .build()));
  }

  private static void function(LambdaClient lambda, String name) throws IOException {
    var code = FunctionCode.of("nodejs");
    lambda.createFunction(
        r ->
            r.functionName(name)
                .runtime("nodejs22.x")
                .handler("index.handler")
                .description("Answers what became of an order")
                .role(BackendAccess.role("functions"))
                .environment(e -> e.variables(Map.of("GREETING", "hello")))
                .code(c -> c.zipFile(code)));
    lambda.publishVersion(r -> r.functionName(name));
    lambda.createAlias(r -> r.functionName(name).name("live").functionVersion("1"));
  }

  /** Its id. */
  private static String pool(CognitoIdentityProviderClient cognito, String name) {
    String pool = cognito.createUserPool(p -> p.poolName(name)).userPool().id();
    cognito.createUserPoolClient(c -> c.userPoolId(pool).clientName("web"));
    cognito.createResourceServer(
        s ->
            s.userPoolId(pool)
                .identifier("https://orders.example")
                .name("orders")
                .scopes(scope -> scope.scopeName("read").scopeDescription("Read orders")));
    cognito.adminCreateUser(
        u -> u.userPoolId(pool).username("ann").messageAction(MessageActionType.SUPPRESS));
    return pool;
  }

  private static void identities(IamClient iam, String own, Map<String, String> names) {
    String document =
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}
          ]
        }""";
    String trust =
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "%s"}}
          ]
        }"""
            .formatted(Queues.ACCOUNT);
    String policy =
        iam.createPolicy(r -> r.policyName("invoke-" + own).policyDocument(document))
            .policy()
            .arn();
    iam.createUser(r -> r.userName("ann-" + own));
    iam.createAccessKey(r -> r.userName("ann-" + own));
    iam.attachUserPolicy(r -> r.userName("ann-" + own).policyArn(policy));
    iam.createGroup(r -> r.groupName("callers-" + own));
    iam.attachGroupPolicy(r -> r.groupName("callers-" + own).policyArn(policy));
    iam.addUserToGroup(r -> r.groupName("callers-" + own).userName("ann-" + own));
    iam.createRole(
        r ->
            r.roleName("shop-" + own)
                .description("What the shop acts as")
                .assumeRolePolicyDocument(trust));
    iam.attachRolePolicy(r -> r.roleName("shop-" + own).policyArn(policy));
    names.put("user", "ann-" + own);
    names.put("group", "callers-" + own);
    names.put("role", "shop-" + own);
    names.put("policy", policy);
  }

  /** Answered ones, refused ones, and one whose backend cannot be reached. */
  private static void requests(Installation installation, PetStore pets, Map<String, String> names)
      throws IOException, InterruptedException {
    for (int i = 0; i < REQUESTS; i++) {
      for (String node : installation.nodes()) {
        for (String path : List.of("/pets", "/pets/1", "/nothing-here")) {
          for (String stage : List.of(PetStore.STAGE, SECOND_STAGE)) {
            installation.call(node, pets.apiId(), stage, path, "x-api-key", pets.key());
          }
        }
      }
    }
    HttpResponse<String> refused =
        installation.call(installation.nodes().getFirst(), pets.apiId(), PetStore.STAGE, "/pets");
    names.put("request", refused.headers().firstValue(REQUEST_ID).orElseThrow());
  }
}
