package io.gatehouse.admin.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.logs.Requests;
import io.gatehouse.admin.logs.TimeRange;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.admin.metrics.Metrics.Grouping;
import io.gatehouse.admin.operations.AuditRecords.Asked;
import io.gatehouse.admin.operations.Authorities;
import io.gatehouse.admin.operations.BackendAccess.RoleKeys;
import io.gatehouse.admin.operations.BackendAccess.Settled;
import io.gatehouse.admin.operations.Impersonations.Impersonation;
import io.gatehouse.admin.operations.Logs;
import io.gatehouse.admin.operations.Tenants.NewAccessKey;
import io.gatehouse.admin.publish.ClusterClient;
import io.gatehouse.admin.publish.Member;
import io.gatehouse.admin.store.MetricStore.Batch;
import io.gatehouse.admin.store.TransactionalMetrics;
import io.gatehouse.admin.tenants.PeopleDirectory.Invited;
import io.gatehouse.model.definition.Cors;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.observed.Series;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodRequest;

/**
 * The operations that are ours, as {@link OtherTenantTest} does it with the vendor's: one tenant
 * with something for each of them, and an owner of another one, who calls each by the first one's
 * names. One that is added has to be given names here.
 */
class OwnOperationsOtherTenantTest {

  private static final String OWNER = "181818181818";
  private static final String OTHER = "282828282828";
  private static final int PORT = 19_254;

  /** A word in all that the first tenant could name itself. */
  private static final String MARK = "jewel";

  private static final Caller ANN = person(OWNER, "ann");
  private static final Caller BEN = person(OTHER, "ben");

  /** How an operation answers that is given the other tenant's names. */
  private enum Answer {
    /** As if there were no such thing, and nothing is changed at all. */
    REFUSED,
    /** About the caller's own tenant. */
    OF_ACCOUNT,
    /** That this is for operators. */
    FOR_OPERATORS
  }

  /** What an operation is called with, after its caller. */
  private record Case(Answer answer, List<Object> arguments) {}

  private static Member member;
  private static WholeHouse house;
  private static Fingerprint fingerprint;

  /** Of the first tenant, as none of them may be told to the other. */
  private static final List<String> OWNERS = new ArrayList<>(List.of(OWNER, MARK));

  /** In this order, as the other tenant's own lists grow by the names that it uses. */
  private static final Map<String, List<Case>> CASES = new LinkedHashMap<>();

  private static Caller person(String account, String name) {
    return new Caller(account, "us-east-1", name, Set.of(Role.OWNER), Caller.Door.CONSOLE);
  }

  @BeforeAll
  static void open() throws Exception {
    member = Member.start("own-operations-test", PORT);
    CountDownLatch connected = new CountDownLatch(1);
    ClusterClient cluster =
        new ClusterClient(member.cluster, new Addresses(List.of("127.0.0.1:" + PORT)));
    cluster.onConnect(connected::countDown);
    assertTrue(connected.await(60, TimeUnit.SECONDS), "the client did not find the member");
    house = new WholeHouse(cluster);
    fingerprint = new Fingerprint(house.database().dataSource());
    for (String account : List.of(OWNER, OTHER)) {
      house.tenant(account);
    }
    aboutTheAccount();
    aboutRequests();
    about(new World(house.api(), OWNER));
    forOperators();
  }

  @AfterAll
  static void close() throws Exception {
    house.close();
    member.close();
  }

  private static void about(World world) throws Exception {
    String api = world.label("restApiId");
    Cors cors =
        new Cors(
            List.of("https://" + MARK + ".example"),
            List.of("*"),
            List.of(),
            List.of(),
            Optional.empty(),
            false);
    call(ANN, "CorsSettings.putCors", api, CorsRules.WHOLE_API, cors);
    put("ApiKeys.searchApiKeys", Answer.OF_ACCOUNT, "", 0, 10);
    put("ApiKeys.countApiKeys", Answer.OF_ACCOUNT, "");
    put("CorsSettings.cors", Answer.REFUSED, api);
    put("CorsSettings.putCors", Answer.REFUSED, api, CorsRules.WHOLE_API, cors);
    put("CorsSettings.deleteCors", Answer.REFUSED, api, CorsRules.WHOLE_API);
    String deleted = deletedDeployment(api);
    put("DeploymentHistory.deletedDeployments", Answer.REFUSED, api);
    put("DeploymentHistory.restoreDeployment", Answer.REFUSED, api, deleted);
    put("DeploymentHistory.undeployedChanges", Answer.REFUSED, api, "prod");
    put("DeploymentHistory.stagesBehind", Answer.REFUSED, api);
    String served = world.label("deploymentId");
    put("DeploymentHistory.deploymentChanges", Answer.REFUSED, api, served, served);
    put("EffectiveSettings.effectiveSettings", Answer.REFUSED, api, "prod");
    member.acknowledge("node-1", StageSnapshot.key(OWNER, api, "prod"), 1, 1);
    put("Nodes.nodes", Answer.OF_ACCOUNT);
    put("Nodes.acknowledgements", Answer.OF_ACCOUNT, api, "prod");
    put("Nodes.receipt", Answer.REFUSED, api, "prod");
    put("Nodes.unserved", Answer.REFUSED, api, "prod");
    put("ResponseCaches.purgeCache", Answer.REFUSED, api, "prod", "/*");
    put("ResponseCaches.cacheLeaks", Answer.REFUSED, api, "prod");
    put(
        "TestInvocations.tryMethod",
        Answer.REFUSED,
        TestInvokeMethodRequest.builder()
            .restApiId(api)
            .resourceId(world.label("resourceId"))
            .httpMethod("GET")
            .build());
    String link = world.label("vpcLinkId");
    put("VpcLinks.vpcLinkUsers", Answer.REFUSED, link);
    String pool =
        json(house
                .api()
                .targeted(
                    OWNER,
                    "AWSCognitoIdentityProviderService.CreateUserPool",
                    ("{\"PoolName\":\"" + MARK + "\"}").getBytes(UTF_8))
                .text())
            .getJsonObject("UserPool")
            .getString("Id");
    put("UserPools.userPoolIssuer", Answer.REFUSED, pool);
    member.backends(
        "node-1", OWNER, "[{\"backend\":\"http://" + MARK + "\",\"state\":\"open\",\"since\":1}]");
    put("Backends.backends", Answer.OF_ACCOUNT);
    String document =
        "{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"x\",\"version\":\"1\"},\"paths\":{}}";
    put(
        "RestApis.previewImport",
        Answer.OF_ACCOUNT,
        ImportRestApiRequest.builder().body(SdkBytes.fromUtf8String(document)).build());
    aboutMetrics(api);
    OWNERS.addAll(List.of(api, deleted, link, pool));
  }

  private static void aboutMetrics(String api) {
    Instant now = Instant.now();
    long minute = now.getEpochSecond() / 60;
    Figures figures = new Figures();
    figures.request(200, 1_000);
    Series series = Series.ofStage(OWNER, api, "prod").method("GET", "/" + MARK);
    new TransactionalMetrics(house.database())
        .keep(
            List.of(
                new Batch(
                    "node-1",
                    "s",
                    1,
                    new TreeMap<>(Map.of(1L, new MinuteRecord(minute, Map.of(series, figures)))))),
            minute);
    put("Metrics.countedSeries", Answer.OF_ACCOUNT);
    Metrics.Asked asked =
        new Metrics.Asked(
            api,
            "",
            "",
            "",
            Grouping.METHOD,
            now.minusSeconds(600),
            now.plusSeconds(600),
            Duration.ofMinutes(1));
    put("Metrics.metricCharts", Answer.OF_ACCOUNT, asked);
    put("Metrics.metricTotals", Answer.OF_ACCOUNT, asked);
  }

  private static String deletedDeployment(String api) {
    String path = "/restapis/" + api + "/deployments";
    byte[] body = ("{\"description\":\"" + MARK + "\"}").getBytes(UTF_8);
    String id = json(house.api().call(OWNER, "POST", path, "", body).text()).getString("id");
    house.api().call(OWNER, "DELETE", path + "/" + id, "", new byte[0]);
    return id;
  }

  private static void aboutTheAccount() throws Exception {
    put("Account.terms", Answer.OF_ACCOUNT);
    put("AuditRecords.tenantRecords", Answer.OF_ACCOUNT, new Asked("", "", "", Optional.empty()));
    String role = "arn:aws:iam::123456789012:role/" + MARK;
    RoleKeys keys = keys("AKIA" + MARK.toUpperCase(), Optional.of("secret"));
    call(ANN, "BackendAccess.putBackendRole", "default", keys);
    call(ANN, "BackendAccess.putBackendRole", role, keys);
    call(ANN, "BackendAccess.putBackendEndpoint", "sqs", "https://" + MARK + ".example");
    call(ANN, "BackendAccess.putBackendEndpoint", "sns", "https://" + MARK + ".example");
    Instant expires = Instant.parse("2056-01-01T00:00:00Z");
    call(ANN, "BackendAccess.addBackendAuthorities", Authorities.authority(MARK, expires));
    Settled settled = (Settled) call(ANN, "BackendAccess.getBackendAccess");
    String authority = settled.authorities().getFirst().sha256();
    put("BackendAccess.getBackendAccess", Answer.OF_ACCOUNT);
    put(
        "BackendAccess.putBackendRole",
        Answer.REFUSED,
        "default",
        keys(keys.accessKeyId(), Optional.empty()));
    put(
        "BackendAccess.putBackendRole",
        Answer.OF_ACCOUNT,
        "default",
        keys("AKIAOTHER", Optional.of("other")));
    put("BackendAccess.deleteBackendRole", Answer.REFUSED, role);
    put("BackendAccess.putBackendEndpoint", Answer.OF_ACCOUNT, "sqs", "https://other.example");
    put("BackendAccess.deleteBackendEndpoint", Answer.REFUSED, "sns");
    put(
        "BackendAccess.addBackendAuthorities",
        Answer.OF_ACCOUNT,
        Authorities.authority("other", expires));
    put("BackendAccess.deleteBackendAuthority", Answer.REFUSED, authority);
    String person =
        ((Invited) call(ANN, "People.invitePerson", MARK, Role.OWNER)).member().userId();
    call(ANN, "People.invitePerson", MARK + "2", Role.OWNER);
    put("People.people", Answer.OF_ACCOUNT);
    put("People.invitePerson", Answer.OF_ACCOUNT, MARK, Role.VIEWER);
    put("People.changeRole", Answer.REFUSED, person, Role.VIEWER);
    put("People.removePerson", Answer.REFUSED, person);
    NewAccessKey made = (NewAccessKey) call(ANN, "Tenants.createAccessKey", Role.OWNER);
    String key = made.key().accessKeyId();
    put("Tenants.tenant", Answer.OF_ACCOUNT);
    put("Tenants.accessKeys", Answer.OF_ACCOUNT);
    put("Tenants.createAccessKey", Answer.OF_ACCOUNT, Role.VIEWER);
    put("Tenants.disableAccessKey", Answer.REFUSED, key);
    put("Tenants.enableAccessKey", Answer.REFUSED, key);
    put("Tenants.limitAccessKey", Answer.REFUSED, key, "");
    OWNERS.addAll(List.of(keys.accessKeyId(), authority, key, made.secretAccessKey()));
  }

  private static void aboutRequests() throws Exception {
    Instant now = Instant.now();
    String id = MARK + "-1";
    house
        .logs()
        .store(
            List.of(
                new Delivery("n", "s", 1, List.of(Requests.served(OWNER, id, now, 200).toJson()))));
    Logs.Asked all = new Logs.Asked("", new TimeRange(now.minusSeconds(60), now.plusSeconds(60)));
    put("Logs.searchLogs", Answer.OF_ACCOUNT, all, Optional.empty(), 10);
    put("Logs.logHistogram", Answer.OF_ACCOUNT, all, 10);
    put("Logs.tailLogs", Answer.OF_ACCOUNT, "", Optional.of(0L));
    put("Logs.loggedRequest", Answer.REFUSED, id);
    put("Logs.requestsAround", Answer.OF_ACCOUNT, id);
  }

  private static void forOperators() {
    Impersonation begun =
        new Impersonation(OWNER, "Tenant " + OWNER, "ben", "because", Instant.now());
    put(
        "AuditRecords.platformRecords",
        Answer.FOR_OPERATORS,
        new Asked("", "", "", Optional.empty()));
    put("Impersonations.beginImpersonation", Answer.FOR_OPERATORS, OWNER, "because");
    put("Impersonations.endImpersonation", Answer.FOR_OPERATORS, begun);
    put("Logs.logStoreCounts", Answer.FOR_OPERATORS);
    put("Nodes.logSinks", Answer.FOR_OPERATORS);
    put("Tenants.tenants", Answer.FOR_OPERATORS);
    put("Tenants.createTenant", Answer.FOR_OPERATORS, OWNER, "mine now");
    put("Tenants.throttleTenant", Answer.FOR_OPERATORS, OWNER, 1.0, 1);
    put("Tenants.suspendTenant", Answer.FOR_OPERATORS, OWNER, "because");
    put("Tenants.resumeTenant", Answer.FOR_OPERATORS, OWNER);
  }

  private static RoleKeys keys(String id, Optional<String> secret) {
    return new RoleKeys(id, secret, Optional.empty(), false, Optional.empty(), Optional.empty());
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static void put(String operation, Answer answer, Object... arguments) {
    CASES
        .computeIfAbsent(operation, o -> new ArrayList<>())
        .add(new Case(answer, List.of(arguments)));
  }

  /** By class and name. */
  private static Map<String, Method> operations() {
    Map<String, Method> operations = new TreeMap<>();
    Classes.in("io/gatehouse/admin")
        .filter(Operations.class::isAssignableFrom)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(ConsoleQuery.class))
        .forEach(
            method ->
                operations.put(
                    method.getDeclaringClass().getSimpleName() + "." + method.getName(), method));
    return operations;
  }

  private static Object call(Caller caller, String operation, Object... arguments)
      throws Exception {
    return house.ask(caller, operations().get(operation), arguments);
  }

  /** All that is the first tenant's, wherever it is kept. */
  private static String owners() throws Exception {
    return fingerprint.rowsOf(OWNER)
        + house.people().members(OWNER)
        + house.realms().realms.keySet();
  }

  @Test
  void everyOperationOfOurOwnIsCalled() {
    assertEquals(operations().keySet(), CASES.keySet());
  }

  @TestFactory
  Stream<DynamicTest> anotherTenantIsShownNothingAndChangesNothing() {
    return CASES.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(
                        one ->
                            DynamicTest.dynamicTest(
                                entry.getKey() + " " + one.answer(),
                                () -> tellsAndTouchesNothing(entry.getKey(), one))));
  }

  private static void tellsAndTouchesNothing(String operation, Case one) throws Exception {
    String before = owners();
    long all = fingerprint.content();
    Object[] arguments = one.arguments().toArray();
    String told;
    if (one.answer() == Answer.OF_ACCOUNT) {
      told = String.valueOf(call(BEN, operation, arguments));
    } else {
      ApiError error = assertThrows(ApiError.class, () -> call(BEN, operation, arguments));
      Set<ApiError.Kind> kinds =
          one.answer() == Answer.FOR_OPERATORS
              ? Set.of(ApiError.Kind.ACCESS_DENIED)
              : Set.of(ApiError.Kind.NOT_FOUND, ApiError.Kind.BAD_REQUEST);
      assertTrue(kinds.contains(error.kind()), error.kind() + " " + error.getMessage());
      assertEquals(all, fingerprint.content());
      told = error.getMessage();
    }
    for (String owners : OWNERS) {
      boolean saysItself = one.arguments().toString().contains(owners);
      assertFalse(!saysItself && told.contains(owners), told);
    }
    assertEquals(before, owners());
  }

  /** So that it is not the names that are wrong. */
  @TestFactory
  Stream<DynamicTest> theOwnerIsAnsweredByTheSameNames() {
    return operations().entrySet().stream()
        .filter(
            entry -> entry.getValue().getAnnotation(ConsoleQuery.class).value() == AccessLevel.READ)
        .flatMap(
            entry ->
                CASES.get(entry.getKey()).stream()
                    .map(
                        one ->
                            DynamicTest.dynamicTest(
                                entry.getKey(),
                                () ->
                                    assertDoesNotThrow(
                                        () ->
                                            call(
                                                ANN, entry.getKey(), one.arguments().toArray())))));
  }

  @Test
  void theOwnerIsShownWhatTheOtherIsNot() throws Exception {
    for (String operation :
        List.of(
            "Backends.backends",
            "BackendAccess.getBackendAccess",
            "Metrics.countedSeries",
            "People.people")) {
      assertTrue(String.valueOf(call(ANN, operation)).contains(MARK), operation);
    }
    Case charts = CASES.get("Metrics.metricCharts").getFirst();
    String drawn = call(ANN, "Metrics.metricCharts", charts.arguments().toArray()).toString();
    assertTrue(drawn.contains(MARK), drawn);
    Case requests = CASES.get("Logs.searchLogs").getFirst();
    Object found = call(ANN, "Logs.searchLogs", requests.arguments().toArray());
    assertTrue(found.toString().contains(MARK), found.toString());
    Case stage = CASES.get("Nodes.acknowledgements").getFirst();
    String said = call(ANN, "Nodes.acknowledgements", stage.arguments().toArray()).toString();
    assertTrue(said.contains("node-1"), said);
  }
}
