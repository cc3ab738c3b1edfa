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
  private static final String OVER_HTTP = "@http";
  private static final DataPlaneTally TALLY = new DataPlaneTally();
  private static WholeHouse house;
  private static DeployedApis deployed;
  private static int accounts;

  @BeforeAll
  static void open() throws Exception {
    house = new WholeHouse(new RecordedFunctions());
    deployed = new DeployedApis(house);
  }

  @AfterAll
  static void close() throws Exception {
    deployed.close();
    house.close();
    System.out.println(TALLY.text());
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
  List<DynamicTest> what_this_version_cannot_call_is_answered_as_recorded_over_http() {
    return Scenario.adaptations().keySet().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> replayAdapted(name)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> every_scenario_with_requests_makes_as_many_as_were_recorded() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : Recordings.files()) {
      Recordings.scenarios(file)
          .forEach(
              (name, entry) -> {
                long recorded =
                    entry.asJsonObject().getJsonArray("steps").stream()
                        .filter(step -> step.asJsonObject().containsKey("http"))
                        .count();
                int made =
                    Scenario.of(file, name, entry.asJsonObject(), "900000000000")
                        .invocations()
                        .size();
                if (recorded > 0) {
                  tests.add(
                      DynamicTest.dynamicTest(
                          Scenario.name(file, name),
                          () -> assertTrue(made > 0 && made >= recorded, made + " are made")));
                }
              });
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> every_listed_failure_is_one_of_a_scenario_that_there_is() {
    Set<String> names = new TreeSet<>();
    for (String file : Recordings.files()) {
      Recordings.scenarios(file).keySet().forEach(name -> names.add(Scenario.name(file, name)));
    }
    Scenario.adaptations().keySet().forEach(name -> names.add(name + OVER_HTTP));
    return EXPECTED.reasons().keySet().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> assertTrue(names.contains(name))))
        .toList();
  }

  private static void replay(String file, String name, JsonObject entry) {
    String account = nextAccount();
    Scenario scenario = Scenario.of(file, name, entry, account);
    replay(scenario, scenario.name(), account);
  }

  private static void replayAdapted(String name) {
    String[] parts = name.split("/", 2);
    JsonObject entry = Recordings.scenarios(parts[0] + ".json").getJsonObject(parts[1]);
    String account = nextAccount();
    replay(Scenario.adapted(name, entry, account), name + OVER_HTTP, account);
  }

  private static String nextAccount() {
    return "%012d".formatted(900_000_000_000L + ++accounts);
  }

  private static void replay(Scenario scenario, String name, String account) {
    Map<String, String> differences =
        new TreeMap<>(Replay.differences(scenario, house.api(), deployed, account));
    Map<String, String> reasons = EXPECTED.of(name);
    TALLY.count(scenario, name, differences.keySet(), reasons);
    if (reasons.containsKey("*")) {
      assertTrue(!differences.isEmpty(), "is listed as a known failure and passes");
    } else {
      Map<String, String> unexpected = new TreeMap<>(differences);
      unexpected.keySet().removeAll(reasons.keySet());
      assertEquals("", String.join("\n", unexpected.values()), name + ": " + unexpected.keySet());
      Set<String> passing = new TreeSet<>(reasons.keySet());
      passing.removeAll(differences.keySet());
      assertEquals(Set.of(), passing, "are listed as known failures and pass");
    }
    if (!reasons.isEmpty()) {
      abort("known differences: " + reasons);
    }
  }
}
