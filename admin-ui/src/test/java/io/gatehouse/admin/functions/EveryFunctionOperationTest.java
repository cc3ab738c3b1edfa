package io.gatehouse.admin.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.functions.LambdaDoor.Sent;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.whole.Classes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Verb and URI of every operation on functions are those that the vendor's client sends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryFunctionOperationTest {

  private static final String ACCOUNT = "141414141414";

  private LambdaDoor door;
  private LambdaClient lambda;

  @BeforeAll
  void open() {
    door = new LambdaDoor();
    lambda = door.client(ACCOUNT);
  }

  @AfterAll
  void close() throws Exception {
    door.close();
  }

  private static Map<String, Method> ours() {
    return Classes.functionFamilies().stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.isAnnotationPresent(Operation.class))
        .collect(Collectors.toMap(Method::getName, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  @TestFactory
  Stream<DynamicTest> theClientSendsWhatTheOperationSays() {
    return ours().values().stream()
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getName(), () -> assertEquals(address(method), sent(method))));
  }

  @TestFactory
  Stream<DynamicTest> everythingElseOfTheClientsIsSaidToBeMissing() {
    Set<String> others = new TreeSet<>();
    for (Method method : LambdaClient.class.getMethods()) {
      Class<?>[] types = method.getParameterTypes();
      if (types.length == 1 && types[0].getSimpleName().endsWith("Request")) {
        others.add(method.getName());
      }
    }
    others.removeAll(ours().keySet());
    others.removeIf(name -> name.endsWith("Paginator") || name.equals("invokeAsync"));
    assertTrue(others.size() > 20, others::toString);
    return others.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      call(name);
                      assertEquals(501, door.sent.getLast().status());
                    }));
  }

  @Test
  void noOperationIsThereTwice() {
    long marked =
        Classes.functionFamilies().stream()
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(Operation.class))
            .count();
    assertEquals(ours().size(), marked);
    assertNotEquals(0, marked);
  }

  private String address(Method method) {
    return method.getAnnotation(Operation.class).value();
  }

  /** The request on the wire, with labels where the values are. */
  private String sent(Method method) throws Exception {
    call(method.getName());
    Sent sent = door.sent.getLast();
    assertNotEquals(501, sent.status(), sent::toString);
    String path = sent.path();
    String uri = address(method).split(" ")[1];
    for (String label : uri.split("[/?]")) {
      if (label.startsWith("{")) {
        String name = label.substring(1, label.length() - 1);
        path = path.replaceFirst("/(" + value(name) + "|7)(?=/|$)", "/{" + name + "}");
      }
    }
    String fixed = uri.contains("?") ? "?" + sent.query().split("&")[0] : "";
    return sent.verb() + " " + path.replaceFirst("/$", "") + fixed;
  }

  private void call(String operation) throws Exception {
    Method client =
        Arrays.stream(LambdaClient.class.getMethods())
            .filter(m -> m.getName().equals(operation) && m.getParameterCount() == 1)
            .filter(m -> m.getParameterTypes()[0].getSimpleName().endsWith("Request"))
            .findFirst()
            .orElseThrow();
    SdkPojo builder = (SdkPojo) client.getParameterTypes()[0].getMethod("builder").invoke(null);
    for (SdkField<?> field : builder.sdkFields()) {
      if (field.location() == MarshallLocation.PATH) {
        field.set(
            builder,
            field.marshallingType() == MarshallingType.LONG ? 7L : value(field.locationName()));
      } else if (field.locationName().equals("Arn")) {
        field.set(builder, "arn:aws:lambda:us-east-1:" + ACCOUNT + ":layer:x:1");
      }
    }
    Object request = ((SdkBuilder<?, ?>) builder).build();
    try {
      client.invoke(lambda, request);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof SdkException)) {
        throw e;
      }
    }
  }

  private static String value(String label) {
    return "v" + label;
  }
}
