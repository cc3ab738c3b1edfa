package io.gatehouse.admin.store;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** All stores on one database, and the things that tests put into them. */
public final class Kit {

  public static final Caller ALICE = caller("111111111111");
  public static final Caller MALLORY = caller("222222222222");

  /** Whole seconds, as answers have them. */
  public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  public final Database database;
  public final InstantSource clock = InstantSource.fixed(NOON);
  public final Revisions revisions = new Revisions(clock);
  public final Secrets secrets = new Secrets(new byte[32], new SecureRandom());
  public final ApiStore apis;
  public final DeploymentStore deployments;
  public final StageStore stages;
  public final ApiKeyStore keys;
  public final PlanStore plans;
  public final UsageStore usage;
  public final UsageCountStore usageCounts;
  public final AccessKeyStore accessKeys;
  public final IdentityStore identities;
  public final AttachmentStore attachments;
  public final ManagedPolicyStore managedPolicies;
  public final EffectivePolicies policies;
  public final TenantStore tenants;
  public final ClientCertificateStore certificates;
  public final VpcLinkStore links;
  public final AccountStore accounts;
  public final BackendAccessStore backendAccess;
  public final DomainStore domains;
  public final PathMappingStore basePaths;
  public final DomainAccessStore accesses;
  public final FunctionStore functions;
  public final FunctionCodeStore functionCodes;
  public final LayerStore layers;
  public final UserPoolStore userPools;
  public final Published published;

  public Kit(Database database) {
    this.database = database;
    apis = new ApiStore(database.rows(), new SecureRandom());
    deployments = new DeploymentStore(database.rows(), apis);
    stages = new StageStore(database.rows(), apis, revisions);
    keys = new ApiKeyStore(database.rows(), secrets, revisions);
    plans = new PlanStore(database.rows(), revisions, clock);
    usage = new UsageStore(database.rows());
    usageCounts = new UsageCountStore(database.rows());
    certificates = new ClientCertificateStore(database.rows(), secrets);
    links = new VpcLinkStore(database.rows(), revisions);
    accounts = new AccountStore(database.rows());
    backendAccess = new BackendAccessStore(database.rows(), secrets, revisions);
    domains = new DomainStore(database.rows(), revisions);
    basePaths = new PathMappingStore(database.rows());
    accesses = new DomainAccessStore(database.rows());
    accessKeys = new AccessKeyStore(database.rows(), secrets, clock);
    identities = new IdentityStore(database.rows(), revisions);
    attachments = new AttachmentStore(database.rows());
    managedPolicies = new ManagedPolicyStore(database.rows(), clock);
    policies = new EffectivePolicies(identities, attachments, managedPolicies);
    tenants =
        new TenantStore(
            database.rows(),
            accessKeys,
            identities,
            attachments,
            managedPolicies,
            revisions,
            clock,
            new Ids(new SecureRandom()));
    functions = new FunctionStore(database.rows(), secrets, revisions);
    functionCodes = new FunctionCodeStore(database.rows());
    layers = new LayerStore(database.rows());
    userPools = new UserPoolStore(database.rows(), secrets, revisions);
    published = new Published(database.rows(), revisions);
  }

  /** For whoever checks signatures. */
  public StoredAccessKeys storedAccessKeys() {
    return new StoredAccessKeys(accessKeys, identities, policies, settings(), clock);
  }

  /** With keys of zeros, and whatever else has a default. */
  public static Settings settings() {
    return settings(Map.of());
  }

  /** The same, but for what is given. */
  public static Settings settings(Map<String, String> given) {
    String key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "GATEHOUSE_MASTER_KEY",
                key,
                "GATEHOUSE_NODE_KEY",
                key,
                "GATEHOUSE_FUNCTIONS",
                "all"));
    all.putAll(given);
    return Settings.of(all);
  }

  public static Caller caller(String account) {
    return new Caller(
        account, "us-east-1", "test", Set.of(Caller.Role.OWNER), Caller.Door.MANAGEMENT_API);
  }

  /** One resource, GET with a mock. */
  public static ApiDefinition mock(String apiId) {
    Method get =
        Method.builder()
            .httpMethod("GET")
            .authorizationType("NONE")
            .apiKeyRequired(true)
            .methodResponses(Map.of("200", MethodResponse.builder().statusCode("200").build()))
            .methodIntegration(
                Integration.builder()
                    .type(IntegrationType.MOCK)
                    .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}"))
                    .integrationResponses(
                        Map.of("200", IntegrationResponse.builder().statusCode("200").build()))
                    .build())
            .build();
    return definition(apiId, Map.of("GET", get));
  }

  public static ApiDefinition definition(String apiId, Map<String, Method> methods) {
    Map<String, Resource> resources = new LinkedHashMap<>();
    resources.put("root", Resource.builder().id("root").path("/").resourceMethods(methods).build());
    return new ApiDefinition(
        RestApi.builder().id(apiId).name("pets").build(),
        resources,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }
}
