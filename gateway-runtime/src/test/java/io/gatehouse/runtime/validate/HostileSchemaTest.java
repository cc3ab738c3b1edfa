package io.gatehouse.runtime.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Schemas and values that were made to cost time, memory or stack. */
class HostileSchemaTest {

  /** Well below what an event loop's thread has. */
  private static final long SMALL_STACK = 700 << 10;

  private static final String TOO_DEEP = "[instance and schema are nested too deep]";

  private static Optional<String> violations(String schema, Object value, long steps)
      throws Exception {
    return TestDocuments.check(schema).violations(value, Budget.of(steps));
  }

  private static long cost(String schema, Object value) throws Exception {
    Budget budget = Budget.of(Long.MAX_VALUE);
    TestDocuments.check(schema).violations(value, budget);
    return budget.spent();
  }

  private static <T> T onASmallStack(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(null, task, "small stack", SMALL_STACK);
    thread.start();
    return task.get();
  }

  private static Object nested(int depth) {
    Object value = 1;
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
    }
    return value;
  }

  @Test
  void alternativesThatDoubleAtEachReferenceExhaustTheBudget() {
    String definitions =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    "\"d%d\":{\"anyOf\":[{\"$ref\":\"#/definitions/d%d\"},{\"$ref\":\"#/definitions/d%d\"}]}"
                        .formatted(i, i + 1, i + 1))
            .collect(Collectors.joining(","));
    String schema =
        "{\"$ref\":\"#/definitions/d0\",\"definitions\":{%s,\"d40\":{\"type\":\"string\"}}}"
            .formatted(definitions);
    assertThrows(BudgetExhausted.class, () -> violations(schema, 1, 1_000_000));
  }

  @Test
  void referencesThatLeadOnlyToEachOtherEnd() throws Exception {
    String loop =
        "{\"$ref\":\"#/definitions/a\",\"definitions\":{\"a\":{\"$ref\":\"#/definitions/b\"},\"b\":{\"$ref\":\"#/definitions/a\"}}}";
    assertEquals(Optional.of(TOO_DEEP), onASmallStack(() -> violations(loop, Map.of(), 100_000)));
    for (String self :
        List.of(
            "{\"$ref\":\"#\"}",
            "{\"allOf\":[{\"$ref\":\"#\"}]}",
            "{\"oneOf\":[{\"$ref\":\"#\"}]}",
            "{\"anyOf\":[{\"not\":{\"$ref\":\"#\"}}]}",
            "{\"not\":{\"$ref\":\"#\"}}")) {
      assertEquals(
          Optional.of(TOO_DEEP), onASmallStack(() -> violations(self, Map.of(), 100_000)), self);
    }
  }

  @Test
  void modelsThatLeadOnlyToEachOtherEnd() throws Exception {
    String start = "{\"allOf\":[{\"$ref\":\"https://apigateway.amazonaws.com/restapis/x/models/";
    Models models = TestDocuments.models(Map.of("A", start + "B\"}]}", "B", start + "A\"}]}"));
    assertEquals(Optional.of(TOO_DEEP), models.check("A").violations(Map.of(), Budget.of(100_000)));
  }

  @Test
  void aDocumentIsFollowedAsDeepAsTheReaderGoesAndNoStackOverflows() throws Exception {
    String tree =
        "{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"items\":{\"$ref\":\"#\"},\"type\":[\"object\",\"array\",\"integer\"]}";
    assertEquals(Optional.empty(), onASmallStack(() -> violations(tree, nested(512), 1_000_000)));
    assertEquals(
        Optional.of(TOO_DEEP), onASmallStack(() -> violations(tree, nested(100_000), 10_000_000)));
  }

  @Test
  void comparingDeepValuesOverflowsNoStack() throws Exception {
    List<Object> twice = List.of(nested(100_000), nested(100_000));
    assertEquals(
        Optional.of(TOO_DEEP),
        onASmallStack(() -> violations("{\"uniqueItems\":true}", twice, 10_000_000)));
    List<Object> shallow = List.of(nested(512), nested(512));
    assertEquals(
        Optional.of("[array must not contain duplicate elements]"),
        onASmallStack(() -> violations("{\"uniqueItems\":true}", shallow, 10_000_000)));
  }

  @Test
  void whatIsSaidOfADeepValueIsBounded() throws Exception {
    String said =
        onASmallStack(() -> violations("{\"enum\":[1]}", nested(100_000), 1_000_000)).orElseThrow();
    assertEquals(Printed.LONGEST, said.length());
  }

  @Test
  void manyItemsAreFoundUniqueInStepsThatHardlyGrowFasterThanTheyDo() throws Exception {
    String schema = "{\"uniqueItems\":true}";
    long few = cost(schema, IntStream.range(0, 1_000).boxed().toList());
    long many = cost(schema, IntStream.range(0, 16_000).boxed().toList());
    assertTrue(many < 30 * few, few + " and " + many);
  }

  @Test
  void itemsWithTheSameHashCodeCostNoMoreThanOthers() throws Exception {
    List<Object> colliding = new ArrayList<>();
    List<Object> others = new ArrayList<>();
    for (int i = 0; i < 1 << 12; i++) {
      StringBuilder same = new StringBuilder();
      StringBuilder other = new StringBuilder();
      for (int bit = 0; bit < 12; bit++) {
        same.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        other.append((i >> bit & 1) == 0 ? "Aa" : "Bc");
      }
      colliding.add(List.of(same.toString()));
      others.add(List.of(other.toString()));
    }
    assertEquals(1, colliding.stream().mapToInt(Object::hashCode).distinct().count());
    String schema = "{\"uniqueItems\":true}";
    long usual = cost(schema, others);
    assertTrue(cost(schema, colliding) < 2 * usual, "more than twice " + usual);
  }

  @Test
  void uniqueItemsOfLargeObjectsExhaustTheBudget() {
    Map<String, Object> large = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      large.put("member" + i, i);
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Map<String, Object> item = new HashMap<>(large);
      item.put("zz", i);
      items.add(item);
    }
    assertThrows(
        BudgetExhausted.class, () -> violations("{\"uniqueItems\":true}", items, 1_000_000));
  }

  @Test
  void aGiantEnumIsSearchedNotWalked() throws Exception {
    String schema =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "\"value" + i + "\"")
            .collect(Collectors.joining(",", "{\"items\":{\"enum\":[", "]}}"));
    List<String> items = IntStream.range(0, 1_000).mapToObj(i -> "value" + i).toList();
    assertEquals(Optional.empty(), violations(schema, items, 200_000));
    String said = violations(schema, List.of("other"), 200_000).orElseThrow();
    assertEquals(Printed.LONGEST, said.length());
    assertTrue(said.startsWith("[instance value (\"other\") not found in enum (possible values: "));
  }

  @Test
  void exponentsAreNeverWrittenOut() throws Exception {
    BigDecimal giant = new BigDecimal("1e1000000000");
    BigDecimal tiny = new BigDecimal("1e-1000000000");
    assertEquals(Optional.empty(), violations("{\"multipleOf\":1}", giant, 1_000));
    assertEquals(Optional.empty(), violations("{\"multipleOf\":0.5}", giant, 1_000));
    assertEquals(
        Optional.of("[remainder of division is not zero (1E+1000000000 / 3)]"),
        violations("{\"multipleOf\":3}", giant, 1_000));
    assertTrue(violations("{\"multipleOf\":3}", tiny, 1_000).isPresent());
    assertEquals(Optional.empty(), violations("{\"minimum\":1}", giant, 1_000));
    assertEquals(
        Optional.of(
            "[numeric instance is lower than the required minimum (minimum: 1, found: 1E-1000000000)]"),
        violations("{\"minimum\":1}", tiny, 1_000));
    assertFalse(violations("{\"enum\":[1]}", giant, 1_000).isEmpty());
    assertEquals(
        Optional.empty(), violations("{\"uniqueItems\":true}", List.of(giant, tiny, 1), 1_000));
  }

  @Test
  void numbersOfManyDigitsArePaidFor() throws Exception {
    BigInteger million = BigInteger.ONE.shiftLeft(3_321_928).add(BigInteger.ONE);
    for (String keyword : List.of("multipleOf", "minimum", "maximum")) {
      String schema = "{\"%s\":7}".formatted(keyword);
      assertThrows(BudgetExhausted.class, () -> violations(schema, million, 1_000_000), keyword);
    }
    assertThrows(BudgetExhausted.class, () -> violations("{\"enum\":[7]}", million, 1_000_000));
    BigInteger thousand = BigInteger.TEN.pow(1_000);
    assertEquals(Optional.empty(), violations("{\"multipleOf\":10}", thousand, 10_000));
    assertEquals(
        Optional.of("[instance matched a schema which it should not have]"),
        violations("{\"not\":{\"minimum\":7}}", thousand, 10_000));
  }

  @Test
  void everyItemAndMemberIsPaidFor() throws Exception {
    List<Integer> items = IntStream.range(0, 100_000).boxed().toList();
    assertThrows(
        BudgetExhausted.class, () -> violations("{\"items\":{\"minimum\":0}}", items, 100_000));
    Map<String, Integer> members = new HashMap<>();
    items.forEach(i -> members.put("m" + i, i));
    assertThrows(
        BudgetExhausted.class, () -> violations("{\"additionalProperties\":{}}", members, 100_000));
    assertThrows(
        BudgetExhausted.class,
        () -> violations("{\"additionalProperties\":false}", members, 100_000));
  }

  @Test
  void aLongStringIsPaidFor() throws Exception {
    String text = "x".repeat(1_000_000);
    assertThrows(BudgetExhausted.class, () -> violations("{\"maxLength\":900000}", text, 100_000));
    assertThrows(BudgetExhausted.class, () -> violations("{\"pattern\":\"y\"}", text, 100_000));
  }

  @Test
  void aThousandViolationsAreToldInALineAndKeepNoMemory() throws Exception {
    List<Integer> items = IntStream.range(0, 1_000_000).boxed().toList();
    Budget budget = Budget.of(1_000_000);
    String said =
        TestDocuments.check("{\"items\":{\"type\":\"string\"}}")
            .violations(items, budget)
            .orElseThrow();
    assertEquals(Printed.LONGEST, said.length());
    assertTrue(said.endsWith("]"), said);
    assertTrue(budget.spent() < 1_000, "it goes on after it has enough: " + budget.spent());
  }

  @Test
  void aSchemaNestedTooDeepIsRefused() {
    String schema = "{\"not\":".repeat(200) + "{}" + "}".repeat(200);
    InvalidSchema refused = assertThrows(InvalidSchema.class, () -> TestDocuments.check(schema));
    assertEquals("the schema of model Root is nested deeper than 128 levels", refused.getMessage());
  }

  @Test
  void aSchemaThatCostsTooMuchToCompileIsRefused() {
    String schema =
        IntStream.range(0, 10_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "{\"enum\":[", "]}"));
    Models models =
        new Models(
            Map.of("A", schema),
            TestDocuments.DOCUMENTS,
            TestDocuments.PATTERNS,
            Budget.of(schema.length() + 1_000));
    InvalidSchema refused = assertThrows(InvalidSchema.class, () -> models.check("A"));
    assertEquals("the schema of model A costs too much to compile", refused.getMessage());
  }
}
