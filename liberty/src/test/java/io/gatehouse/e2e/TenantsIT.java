package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;

/**
 * Two tenants: with whatever id and through whatever door, one sees and moves nothing of the other.
 */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(3)
class TenantsIT {

  private static final String ACCOUNT = "333333333333";

  /** Operations that find a part of an API, or a key of a plan, by an id of its own. */
  private static final Set<String> OF_PARTS =
      Set.of(
          "GetResource",
          "CreateResource",
          "UpdateResource",
          "DeleteResource",
          "GetMethod",
          "PutMethod",
          "TestInvokeMethod",
          "GetIntegration",
          "GetDeployment",
          "UpdateDeployment",
          "DeleteDeployment",
          "CreateStage",
          "UpdateStage",
          "CreateUsagePlanKey",
          "GetUsagePlanKey",
          "DeleteUsagePlanKey");

  private final EveryOperation operations = new EveryOperation();
  private Installation installation;
  private ApiGatewayClient first;
  private ApiGatewayClient second;
  private PetStore firstPets;
  private PetStore secondPets;
  private Owned firstOwns;
  private Owned secondOwns;
  private SecondTenant tenant;

  /** What the first tenant has, as it was told the last time. */
  private String firstHas;

  private String firstHasInAll;

  @BeforeAll
  void twoTenantsWithAnApiEach(Installation shared, Consoles consoles) throws Exception {
    installation = shared;
    Console operator = consoles.demo(shared);
    tenant = SecondTenant.create(operator, ACCOUNT, "Third");
    first = shared.apiGateway();
    second = shared.apiGateway(tenant.accessKeyId(), tenant.secretAccessKey());
    firstPets = PetStore.publish(shared, first);
    secondPets = PetStore.publish(shared, second);
    firstOwns = Owned.of(shared.get("GATEHOUSE_ACCOUNT"), firstPets, first);
    secondOwns = Owned.of(ACCOUNT, secondPets, second);
    People people = new People(shared);
    people.add("olivia", "/tenants/" + ACCOUNT + "/owner");
    people.add("victor", "/tenants/" + ACCOUNT + "/viewer");
    firstHas = firstOwns.named(first);
    firstHasInAll = Owned.everything(first);
  }

  @Test
  void noOperationIsForgottenHere() throws Exception {
    Set<String> here = new TreeSet<>(operations.names());
    here.addAll(EveryOperation.WITHOUT_IDS);
    assertEquals(EveryOperation.built(), here);
  }

  @TestFactory
  Stream<DynamicTest> anotherTenantsIdAnswersAsOneThatNamesNothing() {
    return Stream.concat(
        new TreeSet<>(operations.names())
            .stream()
                .map(
                    operation ->
                        DynamicTest.dynamicTest(
                            operation, () -> assertStrange(operation, firstOwns, Owned.NOTHING))),
        Stream.of(nothingElseHasChanged()));
  }

  @TestFactory
  Stream<DynamicTest> anotherTenantsPartsAreNotFoundInAnApiOfOnesOwn() {
    Set<String> ofParts = new TreeSet<>(OF_PARTS);
    ofParts.addAll(DefinitionThings.OF_PARTS);
    return Stream.concat(
        ofParts.stream()
            .map(
                operation ->
                    DynamicTest.dynamicTest(
                        operation,
                        () ->
                            assertStrange(
                                operation,
                                secondOwns.withPartsOf(firstOwns),
                                secondOwns.withPartsOf(Owned.NOTHING)))),
        Stream.of(nothingElseHasChanged()));
  }

  /** Once for all operations, as it takes a hundred calls and more to see. */
  private DynamicTest nothingElseHasChanged() {
    return DynamicTest.dynamicTest(
        "nothing else has changed", () -> assertEquals(firstHasInAll, Owned.everything(first)));
  }

  private void assertStrange(String operation, Owned foreign, Owned nothing) {
    String before = firstHas;
    String unknown = operations.answer(operation, second, nothing);
    String answer = operations.answer(operation, second, foreign);
    firstHas = firstOwns.named(first);
    assertEquals(unknown, answer);
    assertFalse(answer.startsWith("done"), answer);
    assertEquals(before, firstHas);
  }

  @Test
  void listsHoldNothingOfTheOther() {
    second.importRestApi(
        r -> r.body(SdkBytes.fromUtf8String(PetStore.document("http://127.0.0.1:1"))));
    String all = Owned.everything(second);
    assertTrue(all.contains(secondPets.apiId()));
    for (String foreign :
        List.of(firstPets.apiId(), firstPets.keyId(), firstPets.key(), firstPets.planId())) {
      assertFalse(all.contains(foreign), foreign);
    }
  }

  @Test
  void aKeyOpensNothingOfTheOther() throws Exception {
    for (String node : installation.nodes()) {
      assertEquals(200, call(node, firstPets, firstPets.key()));
      assertEquals(200, call(node, secondPets, secondPets.key()));
      assertEquals(403, call(node, firstPets, secondPets.key()));
      assertEquals(403, call(node, secondPets, firstPets.key()));
    }
  }

  private int call(String node, PetStore pets, String key) throws Exception {
    return installation
        .call(node, pets.apiId(), PetStore.STAGE, "/pets", "x-api-key", key)
        .statusCode();
  }

  @Test
  void aPersonSeesNothingOfTheOther(Consoles consoles) {
    Console console = consoles.open(installation).signedIn("olivia", People.PASSWORD);
    assertThat(console.page().locator(".gh-tenant")).containsText("Third");
    console.open("apis");
    assertThat(console.page().getByText(secondPets.apiId())).isVisible();
    assertThat(console.page().getByText(firstPets.apiId())).hasCount(0);
    for (String address :
        List.of(
            "apis/" + firstPets.apiId(),
            "apis/" + firstPets.apiId() + "/resources",
            "apis/" + firstPets.apiId() + "/resources/" + firstOwns.resource() + "/GET",
            "apis/" + firstPets.apiId() + "/stages/" + PetStore.STAGE,
            "plans/" + firstPets.planId())) {
      console.open(address);
      assertThat(console.heading("Not found")).isVisible();
    }
    console.picture("not-found");
    console.open("apis?account=" + firstOwns.account());
    assertThat(console.text("You are not a member of tenant " + firstOwns.account())).isVisible();
    console.open("ops/tenants");
    assertThat(console.heading("Not allowed")).isVisible();
  }

  @Test
  void aViewersPersonAndProgramsChangeNothing(Consoles consoles) {
    Console owner = consoles.open(installation).signedIn("olivia", People.PASSWORD);
    owner.open("team");
    owner.press("Create access key…");
    owner.page().getByLabel("What its programs may do").click();
    owner.page().getByRole(com.microsoft.playwright.options.AriaRole.OPTION).nth(1).click();
    owner.press("Create access key");
    ApiGatewayClient program =
        installation.apiGateway(
            owner.copiedFromDialog("access key id"), owner.copiedFromDialog("secret access key"));
    assertEquals(secondPets.apiId(), program.getRestApi(r -> r.restApiId(secondPets.apiId())).id());
    ApiGatewayException refused =
        assertThrows(
            ApiGatewayException.class, () -> program.createApiKey(r -> r.name("by a viewer")));
    assertEquals(403, refused.statusCode());
    assertEquals("AccessDeniedException", refused.awsErrorDetails().errorCode());

    String before = Owned.everything(second);
    Console viewer = consoles.open(installation).signedIn("victor", People.PASSWORD);
    viewer.open("apis/new?sample=petstore");
    viewer.press("Import API");
    assertThat(viewer.refusal()).containsText("not authorized");
    viewer.open("apis/" + secondPets.apiId());
    viewer.press("Deploy…");
    viewer.choose("Stage", "sneaky");
    viewer.press("Deploy to sneaky");
    assertThat(viewer.refusal()).containsText("not authorized");
    viewer.picture("viewer-refused");
    viewer.open("keys");
    viewer.press("Create key…");
    viewer.fill("Name", "sneaky");
    viewer.press("Create key");
    assertThat(viewer.refusal()).containsText("not authorized");
    assertEquals(before, Owned.everything(second));
  }
}
