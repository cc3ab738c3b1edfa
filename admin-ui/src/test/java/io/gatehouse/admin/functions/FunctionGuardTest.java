package io.gatehouse.admin.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.admin.whole.WholeHouse;
import io.gatehouse.admin.whole.WireCall;
import io.gatehouse.admin.whole.WireCall.Line;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkField;

/** One tenant with a function, and another one with its name and its ARN. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionGuardTest {

  private static final String OWNER = "151515151515";
  private static final String OTHER = "161616161616";
  private static final Map<String, WireCall> CALLS = WireCall.ofFunctions();
  private static final Set<String> OF_ACCOUNT =
      Set.of("ListFunctions", "ListLayers", "GetAccountSettings", "CreateFunction");

  private WholeHouse house;

  @BeforeAll
  void open() {
    house = new WholeHouse();
    create(OWNER);
    call(
        OWNER,
        "PublishLayerVersion",
        Map.of("LayerName", "shared", "Content", Json.createObjectBuilder().add("ZipFile", zip())));
  }

  @AfterAll
  void close() throws Exception {
    house.close();
  }

  private Answered create(String account) {
    return call(
        account,
        "CreateFunction",
        Map.of(
            "FunctionName", "mine",
            "Runtime", "python3.12",
            "Handler", "a.b",
            "Role", "arn:aws:iam::" + account + ":role/r",
            "Code", Json.createObjectBuilder().add("ZipFile", zip())));
  }

  private static String zip() {
    return Base64.getEncoder().encodeToString(LambdaDoor.code("x").asByteArray());
  }

  private Answered call(String account, String operation, Map<String, ?> members) {
    JsonObjectBuilder body = Json.createObjectBuilder();
    members.forEach(
        (name, value) -> {
          if (value instanceof JsonObjectBuilder object) {
            body.add(name, object);
          } else {
            body.add(name, value.toString());
          }
        });
    JsonObject built = body.build();
    WireCall call = CALLS.get(operation);
    Line line = call.line(built);
    return house.api().call("lambda", account, call.verb(), line.path(), line.query(), line.body());
  }

  /** Of the members that a request has, those that name the function or layer. */
  private static Map<String, String> naming(WireCall call, String function, String layer) {
    Map<String, String> members = new TreeMap<>();
    for (SdkField<?> field : call.request()) {
      switch (field.memberName()) {
        case "FunctionName" -> members.put("FunctionName", function);
        case "LayerName" -> members.put("LayerName", layer);
        case "Resource" -> members.put("Resource", function);
        case "Arn" -> members.put("Arn", layer + ":1");
        case "VersionNumber" -> members.put("VersionNumber", "1");
        case "Name" -> members.put("Name", "prod");
        case "StatementId" -> members.put("StatementId", "s");
        case "Action" -> members.put("Action", "lambda:*");
        case "Principal" -> members.put("Principal", "*");
        case "FunctionVersion" -> members.put("FunctionVersion", "1");
        case "TagKeys" -> members.put("TagKeys", "k");
        case "ReservedConcurrentExecutions", "MaximumRetryAttempts" ->
            members.put(field.memberName(), "1");
        default -> {}
      }
    }
    return members;
  }

  @TestFactory
  Stream<DynamicTest> anotherTenantsArnIsDeniedWhateverIsAsked() {
    return CALLS.values().stream()
        .filter(call -> !OF_ACCOUNT.contains(call.operation()))
        .filter(call -> !Set.of("TagResource", "PublishLayerVersion").contains(call.operation()))
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.operation(),
                    () -> {
                      Answered answer =
                          call(
                              OTHER,
                              call.operation(),
                              naming(
                                  call,
                                  "arn:aws:lambda:us-east-1:" + OWNER + ":function:mine",
                                  "arn:aws:lambda:us-east-1:" + OWNER + ":layer:shared"));
                      assertEquals(403, answer.status(), answer::text);
                      assertEquals(
                          "AccessDeniedException", answer.headers().get("x-amzn-ErrorType"));
                      assertTrue(
                          answer.text().startsWith("{\"Type\":\"User\",\"Message\":\"User: "));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> anotherTenantsNameAnswersAsOneThatNamesNothing() {
    return CALLS.values().stream()
        .filter(call -> !OF_ACCOUNT.contains(call.operation()))
        .filter(
            call -> call.request().stream().anyMatch(f -> f.memberName().equals("FunctionName")))
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.operation(),
                    () -> {
                      Answered foreign = call(OTHER, call.operation(), naming(call, "mine", ""));
                      Answered nothing = call(OTHER, call.operation(), naming(call, "none", ""));
                      assertEquals(nothing.status(), foreign.status());
                      assertEquals(nothing.text().replace("none", "mine"), foreign.text());
                      assertTrue(foreign.status() >= 400);
                    }));
  }

  @Test
  void listsHoldNothingOfTheOther() {
    for (String operation : Set.of("ListFunctions", "ListLayers")) {
      assertTrue(call(OWNER, operation, Map.of()).text().contains(OWNER));
      assertFalse(call(OTHER, operation, Map.of()).text().contains(OWNER));
    }
  }
}
