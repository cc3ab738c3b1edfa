package io.gatehouse.admin.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.whole.WireCall.Line;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One tenant with one of everything, and another one that calls every operation by the first one's
 * names. An operation that is added is called, too: where it names nothing of anybody it has to be
 * said so here.
 */
class OtherTenantTest {

  private static final String OWNER = "171717171717";
  private static final String OTHER = "272727272727";

  /** What is of the caller's account, whatever names the call has. */
  private static final Set<String> OF_ACCOUNT =
      Set.of(
          "CreateApiKey",
          "CreateDomainName",
          "CreateRestApi",
          "CreateUsagePlan",
          "CreateVpcLink",
          "GenerateClientCertificate",
          "GetAccount",
          "GetApiKeys",
          "GetClientCertificates",
          "GetDomainNameAccessAssociations",
          "GetDomainNames",
          "GetRestApis",
          "GetSdkTypes",
          "GetUsagePlans",
          "GetVpcLinks",
          "ImportApiKeys",
          "ImportRestApi",
          "UpdateAccount");

  /**
   * Operations of our own, which are not called by protocol: {@link OwnOperationsOtherTenantTest}.
   */
  private static final Set<String> OWN =
      Set.of(
          "AuditRecords",
          "BackendAccess",
          "Backends",
          "CorsSettings",
          "DeploymentHistory",
          "Impersonations",
          "Nodes",
          "People",
          "ResponseCaches",
          "Tenants");

  private static final String DOMAIN =
      "arn:aws:apigateway:us-east-1:171717171717:/domainnames/d171717171717.example.com+abc123";

  /** Bodies without which a request is refused for what it lacks, before anything is looked for. */
  private static final Map<String, String> BODIES =
      Map.of(
          "PutRestApi",
          "{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"x\",\"version\":\"1\"},\"paths\":{}}",
          "ImportDocumentationParts",
          "{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"x\",\"version\":\"1\",\"description\":\"d\"},\"paths\":{}}",
          "CreateDomainNameAccessAssociation",
          "{\"domainNameArn\":\""
              + DOMAIN
              + "\",\"accessAssociationSource\":\"vpce-1\",\"accessAssociationSourceType\":\"VPCE\"}");

  private static WholeHouse house;
  private static Fingerprint fingerprint;
  private static World owner;

  @BeforeAll
  static void open() {
    house = new WholeHouse();
    fingerprint = new Fingerprint(house.database().dataSource());
    owner = new World(house.api(), OWNER);
  }

  @AfterAll
  static void close() throws Exception {
    house.close();
  }

  @TestFactory
  Stream<DynamicTest> anotherTenantsNamesAnswerAsOnesThatNameNothing() {
    return WireCall.all().values().stream()
        .filter(call -> !OF_ACCOUNT.contains(call.operation()))
        .map(call -> DynamicTest.dynamicTest(call.operation(), () -> isRefused(call)));
  }

  private static void isRefused(WireCall call) {
    long before = fingerprint.content();
    Answered answer = answer(OTHER, call, line(call));
    // The vendor says of a validator that its API is invalid, and of both ARNs that they are.
    boolean invalid =
        answer.status() == 400 && answer.text().matches(".*(nvalid REST API id|omain ?[nN]ame).*");
    assertTrue(
        invalid || Set.of(403, 404).contains(answer.status()),
        () -> answer.status() + " " + answer.text());
    assertEquals(before, fingerprint.content());
  }

  /** As the owner would call it. */
  private static Line line(WireCall call) {
    Line honest = new Hostility(call, owner).honest();
    if (call.operation().equals("RejectDomainNameAccessAssociation")) {
      String query = "domainNameArn=" + DOMAIN + "&domainNameAccessAssociationArn=" + DOMAIN + "/x";
      return new Line(
          honest.path(),
          query.replace(":", "%3A").replace("/", "%2F").replace("+", "%2B"),
          honest.body());
    }
    String body = BODIES.get(call.operation());
    return body == null ? honest : new Line(honest.path(), honest.query(), body.getBytes(UTF_8));
  }

  @TestFactory
  Stream<DynamicTest> whatIsOfTheAccountTellsAndTouchesNothingOfTheOther() {
    return WireCall.all().values().stream()
        .filter(call -> OF_ACCOUNT.contains(call.operation()))
        .map(call -> DynamicTest.dynamicTest(call.operation(), () -> isOfAccount(call)));
  }

  private static void isOfAccount(WireCall call) {
    String before = ownersLists();
    Answered answer = answer(OTHER, call, line(call));
    for (String id : List.of("restApiId", "apiKey", "usagePlanId", "vpcLinkId", "domainName")) {
      assertFalse(answer.text().contains(owner.label(id)), answer::text);
    }
    assertEquals(before, ownersLists());
  }

  private static String ownersLists() {
    StringBuilder all = new StringBuilder();
    for (String path :
        List.of("restapis", "apikeys", "usageplans", "vpclinks", "domainnames", "account")) {
      all.append(house.api().call(OWNER, "GET", "/" + path, "", new byte[0]).text());
    }
    return all.toString();
  }

  @Test
  void theOwnersOwnCallsAreNoneOfThoseRefusals() {
    List<String> reading =
        List.of(
            "GetRestApi", "GetStage", "GetUsagePlan", "GetVpcLink", "GetDomainName", "GetApiKey");
    for (String operation : reading) {
      WireCall call = WireCall.all().get(operation);
      assertEquals(200, answer(OWNER, call, line(call)).status(), operation);
    }
  }

  /**
   * Those of API Gateway are called here, those of functions by {@code FunctionGuardTest}, of IAM
   * by {@code IamGuardTest}, of STS by {@code SecurityTokensGuardTest}, of user pools by {@code
   * UserPoolGuardTest}, and of metrics by {@code CloudWatchTest}: each calls all that the classes
   * of its package have.
   */
  @Test
  void everyClassOfOperationsIsLookedAtByOneOfTheTestsOfTenants() {
    Set<String> known =
        Stream.of(
                Classes.families(),
                Classes.functionFamilies(),
                Classes.iamFamilies(),
                Classes.metricFamilies(),
                Classes.userPoolFamilies())
            .flatMap(List::stream)
            .map(Class::getName)
            .collect(Collectors.toSet());
    Set<String> all =
        Classes.in("io/gatehouse/admin")
            .filter(type -> Operations.class.isAssignableFrom(type) && !type.isInterface())
            .map(Class::getName)
            .collect(Collectors.toSet());
    assertEquals(known, all);
    Set<String> own =
        Classes.families().stream()
            .filter(
                type ->
                    Stream.of(type.getMethods())
                        .noneMatch(method -> method.isAnnotationPresent(Operation.class)))
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());
    assertEquals(OWN, own);
  }

  private static Answered answer(String account, WireCall call, Line line) {
    return house
        .api()
        .call(call.service(), account, call.verb(), line.path(), line.query(), line.body());
  }
}
