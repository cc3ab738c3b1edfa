package io.gatehouse.runtime.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Paths into {@code golden/json-path/store.json}. Each line of {@code cases.txt} is a path, a tab
 * and what it leads to as JSON; or MISSING, or INVALID for a path that does not compile.
 */
class JsonPathTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/json-path");

  @TestFactory
  Stream<DynamicTest> everyPathLeadsWhereItsLineSays() throws IOException {
    Object store = parse(Files.readString(GOLDEN.resolve("store.json")));
    return Files.readAllLines(GOLDEN.resolve("cases.txt")).stream()
        .map(line -> line.split("\t"))
        .map(line -> dynamicTest(line[0], () -> assertEquals(line[1], found(line[0], store))));
  }

  private static String found(String path, Object root) {
    try {
      Object found = JsonPath.compile(path).find(root, budget());
      return found == JsonPath.MISSING ? "MISSING" : Json.text(found, budget());
    } catch (InvalidPath e) {
      return "INVALID";
    }
  }

  @Test
  void aMissingMemberIsToldFromANull() {
    Object root = parse("{\"a\":null}");
    assertNull(JsonPath.compile("$.a").find(root, budget()));
    assertSame(JsonPath.MISSING, JsonPath.compile("$.b").find(root, budget()));
    assertNull(JsonPath.compile("$.b").read(root, budget()));
  }

  @Test
  void anIndefinitePathGivesAListOfItsOwn() {
    List<Object> root = new ArrayList<>(List.of(1, 2));
    Object found = JsonPath.compile("$[*]").read(root, budget());
    ((List<?>) found).clear();
    assertEquals(List.of(1, 2), root);
    assertFalse(JsonPath.compile("$[*]").isDefinite());
    assertTrue(JsonPath.compile("$[0]").isDefinite());
  }

  @Test
  void aRegexInAFilterIsRefusedByName() {
    InvalidPath refused =
        assertThrows(InvalidPath.class, () -> JsonPath.compile("$[?(@.a =~ /x/)]"));
    assertTrue(refused.getMessage().contains("=~"), refused.getMessage());
  }

  @Test
  void theMessageNamesThePlace() {
    InvalidPath refused = assertThrows(InvalidPath.class, () -> JsonPath.compile("$.a["));
    assertTrue(refused.getMessage().contains("character 5"), refused.getMessage());
  }

  @Test
  void aLongPathIsRefused() {
    assertThrows(InvalidPath.class, () -> JsonPath.compile("$." + "a".repeat(2047)));
    assertThrows(InvalidPath.class, () -> JsonPath.compile("$" + ".a".repeat(129)));
    JsonPath.compile("$" + ".a".repeat(128));
  }

  @Test
  void aDeepFilterIsRefused() {
    assertThrows(InvalidPath.class, () -> JsonPath.compile("$[?(" + "(".repeat(500) + "@"));
    assertThrows(InvalidPath.class, () -> JsonPath.compile("$[?(" + "!".repeat(500) + "@.a)]"));
    assertThrows(InvalidPath.class, () -> JsonPath.compile("$" + "[?(@".repeat(400)));
    assertThrows(InvalidPath.class, () -> JsonPath.compile("$[?(@ == " + "[".repeat(500)));
  }

  @Test
  void everyNodeVisitedIsPaidFor() {
    Object root = parse("[" + "1,".repeat(999) + "1]");
    Budget budget = budget();
    JsonPath.compile("$..*").read(root, budget);
    assertTrue(budget.spent() > 2000, () -> budget.spent() + " steps");
    assertThrows(BudgetExhausted.class, () -> JsonPath.compile("$[*]").read(root, Budget.of(1000)));
  }

  @Test
  void nestedScansEndWithTheBudget() {
    Object root = parse("[".repeat(200) + "]".repeat(200));
    JsonPath path = JsonPath.compile("$" + "..*".repeat(20));
    assertThrows(BudgetExhausted.class, () -> path.read(root, Budget.of(100_000)));
  }

  @Test
  void aValueThatHoldsItselfIsNotFollowedForEver() {
    Map<String, Object> loop = new LinkedHashMap<>();
    loop.put("loop", loop);
    Object found = JsonPath.compile("$..loop").read(loop, budget());
    assertEquals(Json.MAX_DEPTH + 1, ((List<?>) found).size());
    assertThrows(
        BudgetExhausted.class,
        () -> {
          loop.put("again", loop);
          JsonPath.compile("$..x").read(loop, budget());
        });
  }

  private static Object parse(String text) {
    return Json.parse(text, budget());
  }

  private static Budget budget() {
    return Budget.of(1_000_000);
  }
}
