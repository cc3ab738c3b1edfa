package io.gatehouse.e2e;

import static software.amazon.awssdk.services.apigateway.model.Op.REPLACE;

import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/** A valid call of every operation of the management API that takes an id, by operation. */
final class EveryOperation {

  private static final String PACKAGE = "io/gatehouse/admin/operations";

  private final Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls = new TreeMap<>();

  /** These name no object, so they cannot name another tenant's. */
  static final Set<String> WITHOUT_IDS =
      Set.of(
          "ImportRestApi",
          "GetRestApis",
          "GetApiKeys",
          "GetSdkType",
          "GetSdkTypes",
          "GetUsagePlans",
          "GetAccount",
          "UpdateAccount",
          "GenerateClientCertificate",
          "GetClientCertificates",
          "CreateVpcLink",
          "GetVpcLinks",
          // names a name that nobody may have yet, whoever asks
          "CreateDomainName",
          "GetDomainNames",
          "GetDomainNameAccessAssociations");

  EveryOperation() {
    apis();
    resources();
    methods();
    deploymentsAndStages();
    keysAndPlans();
    tags();
    AccountThings.addTo(calls);
    DefinitionThings.addTo(calls);
  }

  Set<String> names() {
    return Set.copyOf(calls.keySet());
  }

  /**
   * What the operation answers, as text: an error's type, status and message, or "done".
   *
   * @param objects the ids to ask it about
   */
  String answer(String operation, ApiGatewayClient client, Owned objects) {
    try {
      return "done: " + calls.get(operation).apply(client, objects);
    } catch (AwsServiceException refused) {
      return refused.statusCode()
          + " "
          + refused.awsErrorDetails().errorCode()
          + ": "
          + objects
              .masked(refused.awsErrorDetails().errorMessage())
              // the vendor's words name the plan that was about to be made
              .replaceAll("for usageplan [a-z0-9]+$", "for usageplan NEW");
    }
  }

  /** The names of all operations that the control plane has. */
  static Set<String> built() throws Exception {
    URI place = Operations.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path root = Path.of(place);
    if (Files.isDirectory(root)) {
      return namesBelow(root);
    }
    try (FileSystem jar = FileSystems.newFileSystem(root)) {
      return namesBelow(jar.getPath("/"));
    }
  }

  private static Set<String> namesBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(PACKAGE))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.contains("-") && !name.contains("$"))
          .map(name -> load(PACKAGE.replace('/', '.') + "." + name.replace(".class", "")))
          .filter(Operations.class::isAssignableFrom)
          .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
          .filter(method -> method.isAnnotationPresent(Operation.class))
          .map(method -> method.getName())
          .map(name -> Character.toUpperCase(name.charAt(0)) + name.substring(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, EveryOperation.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PatchOperation patch(Op op, String path, String value) {
    return PatchOperation.builder().op(op).path(path).value(value).build();
  }

  private void apis() {
    calls.put("CreateRestApi", (c, o) -> c.createRestApi(r -> r.name("copy").cloneFrom(o.api())));
    calls.put("GetRestApi", (c, o) -> c.getRestApi(r -> r.restApiId(o.api())));
    calls.put(
        "UpdateRestApi",
        (c, o) ->
            c.updateRestApi(
                r -> r.restApiId(o.api()).patchOperations(patch(REPLACE, "/name", "taken"))));
    calls.put(
        "PutRestApi",
        (c, o) ->
            c.putRestApi(
                r ->
                    r.restApiId(o.api())
                        .mode("overwrite")
                        .body(SdkBytes.fromUtf8String(PetStore.document("http://127.0.0.1:1")))));
    calls.put("DeleteRestApi", (c, o) -> c.deleteRestApi(r -> r.restApiId(o.api())));
  }

  private void resources() {
    calls.put("GetResources", (c, o) -> c.getResources(r -> r.restApiId(o.api())));
    calls.put(
        "GetResource", (c, o) -> c.getResource(r -> r.restApiId(o.api()).resourceId(o.resource())));
    calls.put(
        "CreateResource",
        (c, o) -> c.createResource(r -> r.restApiId(o.api()).parentId(o.root()).pathPart("taken")));
    calls.put(
        "UpdateResource",
        (c, o) ->
            c.updateResource(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .patchOperations(patch(REPLACE, "/pathPart", "taken"))));
    calls.put(
        "DeleteResource",
        (c, o) -> c.deleteResource(r -> r.restApiId(o.api()).resourceId(o.resource())));
  }

  private void methods() {
    calls.put(
        "GetMethod",
        (c, o) ->
            c.getMethod(r -> r.restApiId(o.api()).resourceId(o.resource()).httpMethod("GET")));
    calls.put(
        "PutMethod",
        (c, o) ->
            c.putMethod(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("PUT")
                        .authorizationType("NONE")));
    calls.put(
        "UpdateMethod",
        (c, o) ->
            c.updateMethod(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("GET")
                        .patchOperations(patch(REPLACE, "/apiKeyRequired", "true"))));
    calls.put(
        "DeleteMethod",
        (c, o) ->
            c.deleteMethod(r -> r.restApiId(o.api()).resourceId(o.resource()).httpMethod("GET")));
    calls.put(
        "GetMethodResponse",
        (c, o) ->
            c.getMethodResponse(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("GET")
                        .statusCode("200")));
    calls.put(
        "PutMethodResponse",
        (c, o) ->
            c.putMethodResponse(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("GET")
                        .statusCode("418")));
    calls.put(
        "UpdateMethodResponse",
        (c, o) ->
            c.updateMethodResponse(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("GET")
                        .statusCode("200")
                        .patchOperations(
                            patch(
                                Op.ADD, "/responseParameters/method.response.header.x", "true"))));
    calls.put(
        "DeleteMethodResponse",
        (c, o) ->
            c.deleteMethodResponse(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("GET")
                        .statusCode("200")));
    calls.put(
        "TestInvokeMethod",
        (c, o) ->
            c.testInvokeMethod(
                r -> r.restApiId(o.api()).resourceId(o.resource()).httpMethod("GET")));
    // An authorizer's id is unknown to any API but its own, so one that names nothing will do.
    calls.put(
        "TestInvokeAuthorizer",
        (c, o) -> c.testInvokeAuthorizer(r -> r.restApiId(o.api()).authorizerId("zzzzz6")));
    integrations();
  }

  private void integrations() {
    calls.put(
        "GetIntegration",
        (c, o) ->
            c.getIntegration(r -> r.restApiId(o.api()).resourceId(o.resource()).httpMethod("GET")));
    calls.put(
        "PutIntegration",
        (c, o) ->
            c.putIntegration(
                r -> r.restApiId(o.api()).resourceId(o.resource()).httpMethod("GET").type("MOCK")));
    calls.put(
        "UpdateIntegration",
        (c, o) ->
            c.updateIntegration(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("GET")
                        .patchOperations(patch(REPLACE, "/timeoutInMillis", "1000"))));
    calls.put(
        "DeleteIntegration",
        (c, o) ->
            c.deleteIntegration(
                r -> r.restApiId(o.api()).resourceId(o.resource()).httpMethod("GET")));
    calls.put(
        "GetIntegrationResponse",
        (c, o) ->
            c.getIntegrationResponse(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("GET")
                        .statusCode("200")));
    calls.put(
        "PutIntegrationResponse",
        (c, o) ->
            c.putIntegrationResponse(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("GET")
                        .statusCode("200")));
    calls.put(
        "UpdateIntegrationResponse",
        (c, o) ->
            c.updateIntegrationResponse(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("GET")
                        .statusCode("200")
                        .patchOperations(patch(REPLACE, "/selectionPattern", "taken"))));
    calls.put(
        "DeleteIntegrationResponse",
        (c, o) ->
            c.deleteIntegrationResponse(
                r ->
                    r.restApiId(o.api())
                        .resourceId(o.resource())
                        .httpMethod("GET")
                        .statusCode("200")));
  }

  private void deploymentsAndStages() {
    calls.put(
        "CreateDeployment",
        (c, o) -> c.createDeployment(r -> r.restApiId(o.api()).stageName(o.stage())));
    calls.put("GetDeployments", (c, o) -> c.getDeployments(r -> r.restApiId(o.api())));
    calls.put(
        "GetDeployment",
        (c, o) -> c.getDeployment(r -> r.restApiId(o.api()).deploymentId(o.deployment())));
    calls.put(
        "UpdateDeployment",
        (c, o) ->
            c.updateDeployment(
                r ->
                    r.restApiId(o.api())
                        .deploymentId(o.deployment())
                        .patchOperations(patch(REPLACE, "/description", "taken"))));
    calls.put(
        "DeleteDeployment",
        (c, o) -> c.deleteDeployment(r -> r.restApiId(o.api()).deploymentId(o.deployment())));
    calls.put(
        "CreateStage",
        (c, o) ->
            c.createStage(
                r -> r.restApiId(o.api()).deploymentId(o.deployment()).stageName("taken")));
    calls.put("GetStages", (c, o) -> c.getStages(r -> r.restApiId(o.api())));
    calls.put("GetStage", (c, o) -> c.getStage(r -> r.restApiId(o.api()).stageName(o.stage())));
    calls.put(
        "GetExport",
        (c, o) -> c.getExport(r -> r.restApiId(o.api()).stageName(o.stage()).exportType("oas30")));
    calls.put(
        "UpdateStage",
        (c, o) ->
            c.updateStage(
                r ->
                    r.restApiId(o.api())
                        .stageName(o.stage())
                        .patchOperations(patch(REPLACE, "/deploymentId", o.deployment()))));
    calls.put(
        "GetSdk",
        (c, o) -> c.getSdk(r -> r.restApiId(o.api()).stageName(o.stage()).sdkType("javascript")));
    calls.put(
        "DeleteStage", (c, o) -> c.deleteStage(r -> r.restApiId(o.api()).stageName(o.stage())));
    calls.put(
        "FlushStageCache",
        (c, o) -> c.flushStageCache(r -> r.restApiId(o.api()).stageName(o.stage())));
    calls.put(
        "FlushStageAuthorizersCache",
        (c, o) -> c.flushStageAuthorizersCache(r -> r.restApiId(o.api()).stageName(o.stage())));
  }

  private void keysAndPlans() {
    calls.put(
        "CreateApiKey",
        (c, o) ->
            c.createApiKey(
                r -> r.name("taken").stageKeys(s -> s.restApiId(o.api()).stageName(o.stage()))));
    calls.put("GetApiKey", (c, o) -> c.getApiKey(r -> r.apiKey(o.key()).includeValue(true)));
    calls.put(
        "UpdateApiKey",
        (c, o) ->
            c.updateApiKey(
                r -> r.apiKey(o.key()).patchOperations(patch(REPLACE, "/enabled", "false"))));
    calls.put(
        "ImportApiKeys",
        (c, o) ->
            c.importApiKeys(
                r ->
                    r.format("csv")
                        .failOnWarnings(true)
                        .body(
                            SdkBytes.fromUtf8String(
                                "name,key,usageplanids\ntaken,taken-0123456789-0123456789,"
                                    + o.plan()))));
    calls.put(
        "GetUsage",
        (c, o) ->
            c.getUsage(
                r ->
                    r.usagePlanId(o.plan())
                        .keyId(o.key())
                        .startDate("2026-01-01")
                        .endDate("2026-01-01")));
    calls.put(
        "UpdateUsage",
        (c, o) ->
            c.updateUsage(
                r ->
                    r.usagePlanId(o.plan())
                        .keyId(o.key())
                        .patchOperations(patch(REPLACE, "/remaining", "1"))));
    calls.put("DeleteApiKey", (c, o) -> c.deleteApiKey(r -> r.apiKey(o.key())));
    calls.put(
        "CreateUsagePlan",
        (c, o) ->
            c.createUsagePlan(
                r -> r.name("taken").apiStages(s -> s.apiId(o.api()).stage(o.stage()))));
    calls.put("GetUsagePlan", (c, o) -> c.getUsagePlan(r -> r.usagePlanId(o.plan())));
    calls.put(
        "UpdateUsagePlan",
        (c, o) ->
            c.updateUsagePlan(
                r ->
                    r.usagePlanId(o.plan())
                        .patchOperations(patch(Op.ADD, "/apiStages", o.api() + ":" + o.stage()))));
    calls.put("DeleteUsagePlan", (c, o) -> c.deleteUsagePlan(r -> r.usagePlanId(o.plan())));
    calls.put(
        "CreateUsagePlanKey",
        (c, o) ->
            c.createUsagePlanKey(r -> r.usagePlanId(o.plan()).keyId(o.key()).keyType("API_KEY")));
    calls.put("GetUsagePlanKeys", (c, o) -> c.getUsagePlanKeys(r -> r.usagePlanId(o.plan())));
    calls.put(
        "GetUsagePlanKey",
        (c, o) -> c.getUsagePlanKey(r -> r.usagePlanId(o.plan()).keyId(o.key())));
    calls.put(
        "DeleteUsagePlanKey",
        (c, o) -> c.deleteUsagePlanKey(r -> r.usagePlanId(o.plan()).keyId(o.key())));
  }

  private void tags() {
    calls.put("GetTags", (c, o) -> c.getTags(r -> r.resourceArn(o.arn("/restapis/" + o.api()))));
    calls.put(
        "TagResource",
        (c, o) ->
            c.tagResource(
                r -> r.resourceArn(o.arn("/restapis/" + o.api())).tags(Map.of("owner", "taken"))));
    calls.put(
        "UntagResource",
        (c, o) ->
            c.untagResource(r -> r.resourceArn(o.arn("/restapis/" + o.api())).tagKeys("owner")));
  }
}
