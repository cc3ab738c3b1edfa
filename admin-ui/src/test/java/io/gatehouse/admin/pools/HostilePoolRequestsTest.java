package io.gatehouse.admin.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.whole.Classes;
import io.gatehouse.admin.whole.WholeHouse;
import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonObject;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;

/**
 * Whatever stands in the place of whichever member of an operation of Cognito's, the answer is a
 * clear refusal or a legal thing, and tells nothing of the program's inside.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePoolRequestsTest {

  private static final List<String> VALUES =
      List.of(
          "1",
          "-1",
          "1e400",
          "99999999999999999999",
          "true",
          "\"\"",
          "\"x\"",
          "\"*\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"" + "x".repeat(5_000) + "\"",
          "\"" + "_".repeat(200_000) + "\"",
          "null",
          "[]",
          "{}",
          "[null]",
          "[[[\"x\"]]]",
          "{\"a\":{\"b\":[\"c\"]}}",
          "{\"\":\"\"}",
          "[\"x\",\"x\"]");

  private static final Pattern INSIDE =
      Pattern.compile(
          "\\tat |(java|javax|jakarta|io\\.gatehouse|org\\.\\w+|software\\.amazon)\\.(?!lang\\.Boolean"
              + " can)\\w+|SQL|NullPointer|IndexOutOf|ClassCast");

  private static final Logger AUDIT = Logger.getLogger("io.gatehouse.audit");

  private final Map<String, Class<?>> operations = new TreeMap<>();
  private WholeHouse house;

  @BeforeAll
  void open() {
    AUDIT.setLevel(Level.OFF);
    house = new WholeHouse();
    for (Class<?> family : Classes.userPoolFamilies()) {
      for (Method method : family.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Operation.class)) {
          String name = method.getAnnotation(Operation.class).value().split("#")[1];
          operations.put(name, method.getParameterTypes()[1]);
        }
      }
    }
  }

  @AfterAll
  void close() throws Exception {
    AUDIT.setLevel(null);
    house.close();
  }

  @TestFactory
  Stream<DynamicTest> noMemberBreaksAnOperation() {
    return operations.keySet().stream()
        .map(operation -> DynamicTest.dynamicTest(operation, () -> attack(operation)));
  }

  /** Each operation is attacked in an account of its own, which may be full afterwards. */
  private void attack(String operation) throws Exception {
    String account = "23%010d".formatted(Math.floorMod(operation.hashCode(), 1_000_000));
    SdkPojo shape = (SdkPojo) operations.get(operation).getMethod("builder").invoke(null);
    Map<String, String> honest = honest(account, shape);
    assertTrue(honest.size() >= 1, operation);
    for (SdkField<?> field : shape.sdkFields()) {
      for (String value : values(field, 2)) {
        Map<String, String> members = new TreeMap<>(honest);
        members.put(field.memberName(), value);
        String body =
            "{"
                + String.join(
                    ",",
                    members.entrySet().stream()
                        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                        .toList())
                + "}";
        judge(call(account, operation, body), operation, body);
      }
    }
  }

  private Answered call(String account, String operation, String body) {
    return house
        .api()
        .targeted(
            account,
            "AWSCognitoIdentityProviderService." + operation,
            body.getBytes(StandardCharsets.UTF_8));
  }

  private static void judge(Answered answer, String operation, String body) {
    String shown = operation + " " + body.substring(0, Math.min(300, body.length()));
    assertTrue(
        List.of(200, 400, 501).contains(answer.status()), () -> shown + "\n" + answer.text());
    if (answer.status() != 200) {
      assertFalse(INSIDE.matcher(answer.text()).find(), () -> shown + "\n" + answer.text());
      assertTrue(answer.text().length() < 10_000, () -> shown + "\n" + answer.text().length());
    }
  }

  /** Bad values, and for shapes such with a bad value in each place. */
  private static List<String> values(SdkField<?> field, int depth) {
    List<String> values = new ArrayList<>(VALUES);
    if (depth == 0) {
      return values;
    }
    if (field.marshallingType() == MarshallingType.SDK_POJO) {
      for (SdkField<?> inner : field.constructor().get().sdkFields()) {
        values(inner, depth - 1)
            .forEach(v -> values.add("{\"" + inner.locationName() + "\":" + v + "}"));
      }
    } else if (field.marshallingType() == MarshallingType.LIST) {
      SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
      values(element, depth).stream().map(v -> "[" + v + "]").forEach(values::add);
    }
    return values;
  }

  /** What an honest caller sends about a pool of its own, made anew: an attack may delete it. */
  private Map<String, String> honest(String account, SdkPojo shape) {
    JsonObject made =
        JsonText.object(call(account, "CreateUserPool", "{\"PoolName\":\"h\"}").body());
    String pool =
        made.containsKey("UserPool")
            ? made.getJsonObject("UserPool").getString("Id")
            : "us-east-1_x";
    assertEquals(
        200,
        call(
                account,
                "CreateResourceServer",
                "{\"UserPoolId\":\""
                    + pool
                    + "\",\"Identifier\":\"shop\",\"Name\":\"s\",\"Scopes\":[]}")
            .status());
    String client =
        JsonText.object(
                call(
                        account,
                        "CreateUserPoolClient",
                        "{\"UserPoolId\":\""
                            + pool
                            + "\",\"ClientName\":\"c\",\"ExplicitAuthFlows\":[\"ALLOW_USER_PASSWORD_AUTH\",\"ALLOW_ADMIN_USER_PASSWORD_AUTH\"]}")
                    .body())
            .getJsonObject("UserPoolClient")
            .getString("ClientId");
    Map<String, String> honest = new TreeMap<>();
    for (SdkField<?> field : shape.sdkFields()) {
      switch (field.memberName()) {
        case "UserPoolId" -> honest.put("UserPoolId", quoted(pool));
        case "ClientId" -> honest.put("ClientId", quoted(client));
        case "ResourceArn" ->
            honest.put(
                "ResourceArn",
                quoted("arn:aws:cognito-idp:us-east-1:" + account + ":userpool/" + pool));
        case "Identifier" -> honest.put("Identifier", quoted("shop"));
        case "Name", "ClientName", "Domain", "PoolName", "Username" ->
            honest.put(field.memberName(), quoted("x"));
        case "Password" -> honest.put("Password", quoted("Passw0rd!"));
        case "MessageAction" -> honest.put("MessageAction", quoted("SUPPRESS"));
        case "AuthFlow" ->
            honest.put(
                "AuthFlow",
                quoted(
                    shape.getClass().getName().contains("AdminInitiateAuth")
                        ? "ADMIN_USER_PASSWORD_AUTH"
                        : "USER_PASSWORD_AUTH"));
        case "AuthParameters" ->
            honest.put("AuthParameters", "{\"USERNAME\":\"x\",\"PASSWORD\":\"y\"}");
        case "MaxResults" -> honest.put("MaxResults", "10");
        case "Tags" -> honest.put("Tags", "{\"a\":\"b\"}");
        case "TagKeys" -> honest.put("TagKeys", "[\"a\"]");
        default -> {}
      }
    }
    return honest;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
