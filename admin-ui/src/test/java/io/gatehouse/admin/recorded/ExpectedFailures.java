package io.gatehouse.admin.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Known differences from the recordings and why they are there: {@code expected-failures.txt}.
 *
 * @param reasons by scenario and key of the answer; the key {@code *} stands for any
 */
record ExpectedFailures(Map<String, Map<String, String>> reasons) {

  /** Lines {@code scenario key: reason}; several keys have commas between them. */
  static ExpectedFailures read() {
    try (InputStream in = ExpectedFailures.class.getResourceAsStream("expected-failures.txt")) {
      Map<String, Map<String, String>> reasons = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                String[] parts = line.split(": ", 2);
                int blank = parts[0].indexOf(' ');
                Map<String, String> ofScenario =
                    reasons.computeIfAbsent(parts[0].substring(0, blank), name -> new TreeMap<>());
                for (String key : parts[0].substring(blank + 1).split(",")) {
                  ofScenario.put(key, parts[1]);
                }
              });
      return new ExpectedFailures(reasons);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, String> of(String scenario) {
    return reasons.getOrDefault(scenario, Map.of());
  }
}
