package io.gatehouse.e2e;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.Resource;

/**
 * The ids that a tenant's objects go by; what an operation may be asked about.
 *
 * @param resource one below the root with the method GET and an integration
 */
record Owned(
    String account,
    String api,
    String root,
    String resource,
    String deployment,
    String stage,
    String key,
    String plan,
    AccountThings things,
    DefinitionThings inside) {

  /** Names nothing, though each id is of the right form. */
  static final Owned NOTHING =
      new Owned(
          "999999999999",
          "zzzzzzzzz0",
          "zzzzzzzzz1",
          "zzzzz2",
          "zzzzz3",
          "nostage",
          "zzzzzzzzz4",
          "zzzzz5",
          AccountThings.NOTHING,
          DefinitionThings.NOTHING);

  static Owned of(String account, PetStore pets, ApiGatewayClient client) {
    List<Resource> resources = client.getResources(r -> r.restApiId(pets.apiId())).items();
    return new Owned(
        account,
        pets.apiId(),
        id(resources, "/"),
        id(resources, "/health"),
        client.getDeployments(r -> r.restApiId(pets.apiId())).items().getFirst().id(),
        PetStore.STAGE,
        pets.keyId(),
        pets.planId(),
        AccountThings.create(client, pets.apiId()),
        DefinitionThings.create(account, pets.apiId(), client));
  }

  private static String id(List<Resource> resources, String path) {
    return resources.stream().filter(r -> r.path().equals(path)).findFirst().orElseThrow().id();
  }

  /** This tenant's own API and plan, with everything in them that of another. */
  Owned withPartsOf(Owned other) {
    return new Owned(
        account,
        api,
        other.root,
        other.resource,
        other.deployment,
        stage,
        other.key,
        plan,
        things,
        other.inside);
  }

  String arn(String path) {
    return "arn:aws:apigateway:us-east-1::" + path;
  }

  /** A text with the ids replaced by what they are ids of, so that answers can be compared. */
  String masked(String text) {
    Map<String, String> names = new TreeMap<>();
    names.put(account, "ACCOUNT");
    names.put(api, "API");
    names.put(root, "ROOT");
    names.put(resource, "RESOURCE");
    names.put(deployment, "DEPLOYMENT");
    names.put(key, "KEY");
    names.put(plan, "PLAN");
    String masked = inside.masked(things.masked(text));
    for (Map.Entry<String, String> name : names.entrySet()) {
      masked = masked.replace(name.getKey(), name.getValue());
    }
    return masked.replaceAll("\\b" + stage + "\\b", "STAGE");
  }

  /** Everything the tenant has, as its own operations tell it. */
  static String everything(ApiGatewayClient client) {
    return everything(client, id -> true);
  }

  /** What these ids name, with all that is in it, and the lists of all that the tenant has. */
  String named(ApiGatewayClient client) {
    return everything(client, Set.of(api, plan)::contains);
  }

  /**
   * @param whole of which APIs and plans also what is in them
   */
  private static String everything(ApiGatewayClient client, Predicate<String> whole) {
    StringBuilder all = new StringBuilder();
    client
        .getRestApis(r -> r.limit(500))
        .items()
        .forEach(
            api -> {
              all.append(api).append('\n');
              if (!whole.test(api.id())) {
                return;
              }
              all.append(client.getRestApi(r -> r.restApiId(api.id()))).append('\n');
              all.append(
                      client.getResources(r -> r.restApiId(api.id()).limit(500).embed("methods")))
                  .append('\n');
              all.append(client.getDeployments(r -> r.restApiId(api.id()).limit(500))).append('\n');
              all.append(client.getStages(r -> r.restApiId(api.id()))).append('\n');
              all.append(DefinitionThings.everything(client, api.id())).append('\n');
            });
    all.append(client.getApiKeys(r -> r.limit(500).includeValues(true))).append('\n');
    client
        .getUsagePlans(r -> r.limit(500))
        .items()
        .forEach(
            plan -> {
              all.append(plan).append('\n');
              if (!whole.test(plan.id())) {
                return;
              }
              all.append(client.getUsagePlanKeys(r -> r.usagePlanId(plan.id()).limit(500)))
                  .append('\n');
            });
    all.append(AccountThings.everything(client)).append('\n');
    return all.append(client.getAccount(r -> {})).toString();
  }
}
