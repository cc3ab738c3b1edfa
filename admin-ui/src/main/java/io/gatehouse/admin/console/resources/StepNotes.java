package io.gatehouse.admin.console.resources;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What each step made of a request, as far as the execution log of a test tells. */
final class StepNotes {

  /** Between the time and the text of a line. */
  private static final String AFTER_TIME = " : ";

  /** By the beginnings of lines. */
  private static final Map<String, String> STEPS = steps();

  /** Lines that are about the whole. */
  private static final Set<String> WHOLE =
      Set.of(
          "Execution log for request",
          "Starting execution for request:",
          "HTTP Method:",
          "Method completed with status:",
          "Successfully completed execution");

  private StepNotes() {}

  private static Map<String, String> steps() {
    Map<String, String> steps = new LinkedHashMap<>();
    steps.put("Method request path:", "ValidateParameters");
    steps.put("Method request query string:", "ValidateParameters");
    steps.put("Method request headers:", "ValidateParameters");
    steps.put("Method request body before transformations:", "ValidateBody");
    steps.put("Endpoint request URI:", "MapRequest");
    steps.put("Endpoint request headers:", "MapRequest");
    steps.put("Endpoint request body after transformations:", "MapRequest");
    steps.put("Sending request to", "CallBackend");
    steps.put("Function log:", "CallBackend");
    steps.put("Received response.", "CallBackend");
    steps.put("Endpoint response headers:", "CallBackend");
    steps.put("Endpoint response body before transformations:", "CallBackend");
    steps.put("Method response body after transformations:", "MapResponse");
    steps.put("Method response headers:", "MethodResponse");
    return steps;
  }

  /**
   * Lines by step; what is of a step that was not passed by itself, and what tells of a failure, is
   * said of the last one before it.
   *
   * @param passed names of steps, in their order
   */
  static Map<String, List<String>> of(String log, List<String> passed) {
    Map<String, List<String>> notes = new LinkedHashMap<>();
    if (passed.isEmpty()) {
      return notes;
    }
    for (String line : log.split("\n")) {
      int time = line.indexOf(AFTER_TIME);
      String text = time < 0 ? line : line.substring(time + AFTER_TIME.length());
      if (!text.isBlank() && WHOLE.stream().noneMatch(text::startsWith)) {
        notes.computeIfAbsent(step(text, passed), s -> new ArrayList<>()).add(text);
      }
    }
    return notes;
  }

  private static String step(String text, List<String> passed) {
    Optional<String> own =
        STEPS.entrySet().stream()
            .filter(entry -> text.startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    if (own.isEmpty()) {
      return passed.getLast();
    }
    List<String> order = STEPS.values().stream().distinct().toList();
    for (int i = order.indexOf(own.get()); i >= 0; i--) {
      if (passed.contains(order.get(i))) {
        return order.get(i);
      }
    }
    return passed.getFirst();
  }
}
