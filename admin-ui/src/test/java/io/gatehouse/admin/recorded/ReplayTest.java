package io.gatehouse.admin.recorded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.gatehouse.admin.whole.WholeHouse;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recorded scenario through our own door: what the real service answered is the expectation.
 * A known difference is listed in {@code expected-failures.txt}; one that is listed and no longer
 * there is a failure too.
 */
class ReplayTest {

  private static final ExpectedFailures EXPECTED = ExpectedFailures.read();
  private static WholeHouse house;
  private static int accounts;

  @BeforeAll
  static void open() {
    house = new WholeHouse();
  }

  @AfterAll
  static void close() throws Exception {
    house.close();
  }

  @TestFactory
  List<DynamicContainer> every_recorded_scenario_is_answered_as_the_real_service_answered_it() {
    List<DynamicContainer> files = new ArrayList<>();
    for (String file : Recordings.files()) {
      JsonObject scenarios = Recordings.scenarios(file);
      files.add(
          DynamicContainer.dynamicContainer(
              file,
              scenarios.keySet().stream()
                  .map(
                      name ->
                          DynamicTest.dynamicTest(
                              name, () -> replay(file, name, scenarios.getJsonObject(name))))));
    }
    return files;
  }

  @TestFactory
  List<DynamicTest> every_listed_failure_is_one_of_a_scenario_that_there_is() {
    Set<String> names = new TreeSet<>();
    for (String file : Recordings.files()) {
      Recordings.scenarios(file)
          .keySet()
          .forEach(name -> names.add(file.replace(".json", "") + "/" + name));
    }
    return EXPECTED.reasons().keySet().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> assertTrue(names.contains(name))))
        .toList();
  }

  private static void replay(String file, String name, JsonObject entry) {
    String account = "%012d".formatted(900_000_000_000L + ++accounts);
    Scenario scenario = Scenario.of(file, name, entry, account);
    Map<String, String> differences =
        new TreeMap<>(Replay.differences(scenario, house.api(), account));
    Map<String, String> reasons = EXPECTED.of(scenario.name());
    if (reasons.containsKey("*")) {
      assertTrue(!differences.isEmpty(), "is listed as a known failure and passes");
    } else {
      Map<String, String> unexpected = new TreeMap<>(differences);
      unexpected.keySet().removeAll(reasons.keySet());
      assertEquals(
          "", String.join("\n", unexpected.values()), scenario.name() + ": " + unexpected.keySet());
      Set<String> passing = new TreeSet<>(reasons.keySet());
      passing.removeAll(differences.keySet());
      assertEquals(Set.of(), passing, "are listed as known failures and pass");
    }
    if (!reasons.isEmpty()) {
      abort("known differences: " + reasons);
    }
  }
}
