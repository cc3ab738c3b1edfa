package io.gatehouse.admin.operations;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.whole.Classes;
import io.gatehouse.admin.whole.WireCall;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Verb, URI and status of every operation are those of the vendor's service model. */
class EveryOperationTest {

  private static final Path MODEL =
      Path.of("..", "..", "shared", "aws-model", "apigateway-2015-07-09.json");

  /** So many operations API Gateway v1 has. */
  private static final int ALL = 124;

  @TestFactory
  Stream<DynamicTest> every_operation_is_addressed_as_in_the_service_model() throws IOException {
    assumeTrue(Files.exists(MODEL), () -> "skipped: there is no service model at " + MODEL);
    JsonObject operations = model().getJsonObject("operations");
    return operationMethods()
        .map(method -> DynamicTest.dynamicTest(name(method), () -> compare(method, operations)));
  }

  @Test
  void the_list_of_known_operations_is_the_service_models() throws IOException {
    assumeTrue(Files.exists(MODEL), () -> "skipped: there is no service model at " + MODEL);
    Set<String> expected = new TreeSet<>();
    JsonObject operations = model().getJsonObject("operations");
    for (String name : operations.keySet()) {
      JsonObject http = operations.getJsonObject(name).getJsonObject("http");
      expected.add(name + " " + http.getString("method") + " " + http.getString("requestUri"));
    }
    Set<String> ours = new TreeSet<>();
    try (InputStream in =
        getClass().getResourceAsStream("/io/gatehouse/admin/awsface/operations.txt")) {
      new String(in.readAllBytes())
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(ours::add);
    }
    assertEquals(expected, ours);
  }

  @Test
  void every_operation_is_there() throws IOException {
    Set<String> missing = new TreeSet<>(WireCall.all().keySet());
    assertEquals(ALL, missing.size());
    operationMethods().map(EveryOperationTest::name).forEach(missing::remove);
    assertEquals(Set.of(), missing);
  }

  @Test
  void no_operation_is_there_twice() throws IOException {
    List<String> names = operationMethods().map(EveryOperationTest::name).sorted().toList();
    assertEquals(List.copyOf(new TreeSet<>(names)), names);
  }

  private static void compare(Method method, JsonObject operations) {
    String name = name(method);
    assertTrue(operations.containsKey(name), "the vendor has no operation " + name);
    JsonObject http = operations.getJsonObject(name).getJsonObject("http");
    Operation operation = method.getAnnotation(Operation.class);
    assertAll(
        () ->
            assertEquals(
                http.getString("method") + " " + http.getString("requestUri"), operation.value()),
        () -> assertEquals(http.getInt("responseCode", 200), operation.status(), "status"),
        () -> assertEquals(2, method.getParameterCount()),
        () -> assertEquals(Caller.class, method.getParameterTypes()[0]),
        () -> assertEquals(name + "Request", method.getParameterTypes()[1].getSimpleName()));
  }

  private static Stream<Method> operationMethods() {
    return Classes.families().stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.isAnnotationPresent(Operation.class));
  }

  private static String name(Method method) {
    return Character.toUpperCase(method.getName().charAt(0)) + method.getName().substring(1);
  }

  private static JsonObject model() throws IOException {
    try (Reader file = Files.newBufferedReader(MODEL);
        JsonReader reader = Json.createReader(file)) {
      return reader.readObject();
    }
  }
}
