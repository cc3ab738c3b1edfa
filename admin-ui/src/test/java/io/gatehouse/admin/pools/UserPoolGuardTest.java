package io.gatehouse.admin.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.whole.Classes;
import io.gatehouse.admin.whole.WholeHouse;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
import software.amazon.awssdk.core.SdkPojo;

/** One tenant with a pool and all that is in it, and another one with its names and its ARN. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserPoolGuardTest {

  private static final String OWNER = "202020202020";
  private static final String OTHER = "212121212121";
  private static final Set<String> OF_ACCOUNT =
      Set.of("CreateUserPool", "ListUserPools", "DescribeUserPoolDomain", "InitiateAuth");

  private final Map<String, Class<?>> operations = new TreeMap<>();
  private WholeHouse house;
  private String poolId;
  private String clientId;

  @BeforeAll
  void open() {
    house = new WholeHouse();
    for (Class<?> family : Classes.userPoolFamilies()) {
      for (Method method : family.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Operation.class)) {
          String name = method.getAnnotation(Operation.class).value().split("#")[1];
          operations.put(name, method.getParameterTypes()[1]);
        }
      }
    }
    poolId =
        call(OWNER, "CreateUserPool", "{\"PoolName\":\"mine\"}")
            .getJsonObject("UserPool")
            .getString("Id");
    clientId =
        call(
                OWNER,
                "CreateUserPoolClient",
                "{\"UserPoolId\":\""
                    + poolId
                    + "\",\"ClientName\":\"web\",\"GenerateSecret\":true}")
            .getJsonObject("UserPoolClient")
            .getString("ClientId");
    call(
        OWNER,
        "CreateResourceServer",
        "{\"UserPoolId\":\""
            + poolId
            + "\",\"Identifier\":\"shop\",\"Name\":\"Shop\",\"Scopes\":[]}");
    call(
        OWNER,
        "AdminCreateUser",
        "{\"UserPoolId\":\"" + poolId + "\",\"Username\":\"ann\",\"MessageAction\":\"SUPPRESS\"}");
  }

  @AfterAll
  void close() throws Exception {
    house.close();
  }

  private Answered answer(String account, String operation, String body) {
    return house
        .api()
        .targeted(
            account,
            "AWSCognitoIdentityProviderService." + operation,
            body.getBytes(StandardCharsets.UTF_8));
  }

  private JsonObject call(String account, String operation, String body) {
    Answered answer = answer(account, operation, body);
    assertEquals(200, answer.status(), answer::text);
    try (var reader = Json.createReader(new StringReader(answer.text()))) {
      return reader.readObject();
    }
  }

  /** A request with all members that it needs, about the owner's pool. */
  private String body(String operation) throws Exception {
    SdkPojo builder = (SdkPojo) operations.get(operation).getMethod("builder").invoke(null);
    JsonObjectBuilder body = Json.createObjectBuilder();
    for (SdkField<?> field : builder.sdkFields()) {
      switch (field.memberName()) {
        case "UserPoolId" -> body.add("UserPoolId", poolId);
        case "ClientId" -> body.add("ClientId", clientId);
        case "ResourceArn" ->
            body.add(
                "ResourceArn", "arn:aws:cognito-idp:us-east-1:" + OWNER + ":userpool/" + poolId);
        case "Identifier" -> body.add("Identifier", "shop");
        case "Name", "ClientName", "Domain" -> body.add(field.memberName(), "x");
        case "Username" -> body.add("Username", "ann");
        case "Password" -> body.add("Password", "Passw0rd!");
        case "MessageAction" -> body.add("MessageAction", "SUPPRESS");
        case "AuthFlow" -> body.add("AuthFlow", "ADMIN_USER_PASSWORD_AUTH");
        case "MaxResults" -> body.add("MaxResults", 10);
        case "Tags" -> body.add("Tags", Json.createObjectBuilder().add("a", "b"));
        case "TagKeys" -> body.add("TagKeys", Json.createArrayBuilder().add("a"));
        default -> {}
      }
    }
    return body.build().toString();
  }

  @TestFactory
  Stream<DynamicTest> anotherTenantsPoolAnswersAsOneThatIsNot() {
    return operations.keySet().stream()
        .filter(operation -> !OF_ACCOUNT.contains(operation))
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation,
                    () -> {
                      String before = fingerprint();
                      Answered foreign = answer(OTHER, operation, body(operation));
                      assertEquals(400, foreign.status(), foreign::text);
                      String type = foreign.headers().get("x-amzn-ErrorType");
                      assertEquals(
                          body(operation).contains("ResourceArn")
                              ? "AccessDeniedException"
                              : "ResourceNotFoundException",
                          type,
                          foreign::text);
                      Answered nothing =
                          answer(
                              OTHER,
                              operation,
                              body(operation).replace(poolId, "us-east-1_nothing00"));
                      assertEquals(
                          nothing.text().replace("us-east-1_nothing00", poolId), foreign.text());
                      assertEquals(before, fingerprint());
                    }));
  }

  /** All that the owner has. */
  private String fingerprint() {
    StringBuilder all = new StringBuilder();
    for (String operation :
        List.of("DescribeUserPool", "ListUserPoolClients", "ListResourceServers", "ListUsers")) {
      all.append(answer(OWNER, operation, "{\"UserPoolId\":\"" + poolId + "\"}").text());
    }
    return all.toString();
  }

  @Test
  void theOwnersOwnRequestsAreNoneOfThoseRefusals() throws Exception {
    for (String operation :
        List.of(
            "DescribeUserPool",
            "DescribeUserPoolClient",
            "AdminGetUser",
            "ListTagsForResource",
            "DescribeResourceServer")) {
      assertEquals(200, answer(OWNER, operation, body(operation)).status(), operation);
    }
  }

  @Test
  void listsHoldNothingOfTheOther() {
    assertTrue(answer(OWNER, "ListUserPools", "{\"MaxResults\":10}").text().contains(poolId));
    assertFalse(answer(OTHER, "ListUserPools", "{\"MaxResults\":10}").text().contains(poolId));
  }

  @Test
  void whatIsNotBuiltIsSaidByItsName() {
    Answered answer = answer(OWNER, "CreateIdentityProvider", "{}");
    assertEquals(501, answer.status());
    assertTrue(
        answer
            .text()
            .startsWith(
                "{\"__type\":\"NotImplementedException\",\"message\":\"The operation CreateIdentityProvider"),
        answer.text());
  }

  @Test
  void constraintsAreThoseOfTheVendorAndNeverRepeatAPassword() {
    assertEquals(
        "{\"__type\":\"InvalidParameterException\",\"message\":\"1 validation error detected: Value"
            + " null at 'poolName' failed to satisfy constraint: Member must not be null\"}",
        answer(OWNER, "CreateUserPool", "{}").text());
    String secret = "x".repeat(300);
    assertFalse(
        answer(
                OWNER,
                "AdminSetUserPassword",
                "{\"UserPoolId\":\""
                    + poolId
                    + "\",\"Username\":\"ann\",\"Password\":\""
                    + secret
                    + "\"}")
            .text()
            .contains("xxx"));
  }
}
