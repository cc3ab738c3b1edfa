package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A template with what it is rendered with and what comes of it, from a golden file. The file has
 * its parts one after the other, with a line of four hyphens between them:
 *
 * <ol>
 *   <li>the template;
 *   <li>optionally the request as a JSON object with any of {@code body} (a string, or a value that
 *       is sent as JSON), {@code path}, {@code querystring}, {@code headers}, {@code
 *       stageVariables}, {@code context} (an object in it is a part such as {@code identity}), and
 *       {@code response}, a second template that is rendered with the same overrides and whose
 *       output is then what is expected;
 *   <li>the output, without the new line that ends the file. A refusal is two exclamation marks and
 *       its kind: {@code !! INVALID} for a template that does not compile, {@code !! STEPS} for one
 *       that costs too much, else a {@link TemplateFailure.Kind}. {@code !! any} is whatever output
 *       or refusal there is. What the template overrode follows in lines that begin with {@code @}.
 * </ol>
 *
 * <p>Adding a case is adding a file.
 */
record TemplateCase(String template, Map<String, Object> request, String expected) {

  private static final String BETWEEN = "\n----\n";

  static List<Path> in(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden", folder))) {
      return files.filter(file -> file.toString().endsWith(".vtl")).sorted().toList();
    }
  }

  @SuppressWarnings("unchecked")
  static TemplateCase read(Path file) throws IOException {
    String text = Files.readString(file);
    String[] parts = text.substring(0, text.length() - 1).split(BETWEEN, -1);
    if (!text.endsWith("\n") || parts.length < 2 || parts.length > 3) {
      throw new IOException(file + " needs a template, a line of ---- and an output");
    }
    Object request = parts.length == 3 ? Json.parse(parts[1], Budget.of(1_000_000)) : Map.of();
    return new TemplateCase(parts[0], (Map<String, Object>) request, parts[parts.length - 1]);
  }

  /** What comes of it, in the notation of the golden files. */
  String outcome(long steps) {
    try {
      Budget budget = Budget.of(steps);
      Overrides overrides = new Overrides();
      String output =
          Template.compile(template, new RegexPatterns()).render(scope(overrides), budget);
      if (request.get("response") instanceof String response) {
        output = Template.compile(response, new RegexPatterns()).render(scope(overrides), budget);
      }
      return output + described(overrides);
    } catch (InvalidTemplate e) {
      return "!! INVALID";
    } catch (BudgetExhausted e) {
      return "!! STEPS";
    } catch (TemplateFailure e) {
      return "!! " + e.kind();
    }
  }

  private static String described(Overrides overrides) {
    StringBuilder text = new StringBuilder();
    Map<String, Map<String, List<String>>> all = new LinkedHashMap<>();
    all.put("request.header", overrides.requestHeader());
    all.put("request.querystring", overrides.requestQuerystring());
    all.put("request.path", overrides.requestPath());
    all.put("response.header", overrides.responseHeader());
    all.forEach(
        (where, values) -> {
          if (!values.isEmpty()) {
            text.append("\n@").append(where).append(' ').append(new TreeMap<>(values));
          }
        });
    overrides.responseStatus().ifPresent(s -> text.append("\n@response.status ").append(s));
    return text.toString();
  }

  private Scope scope(Overrides overrides) {
    return new Scope(
        new Input(this::body, texts("path"), texts("querystring"), texts("headers")),
        new MapFacts(map("context")),
        texts("stageVariables").get(),
        overrides);
  }

  private String body() {
    Object body = request.get("body");
    return body == null || body instanceof String
        ? (String) body
        : Json.text(body, Budget.of(1_000_000));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> map(String name) {
    return (Map<String, Object>) request.getOrDefault(name, Map.of());
  }

  private Supplier<Map<String, String>> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(name).forEach((key, value) -> texts.put(key, (String) value));
    return () -> texts;
  }

  /** Facts out of a map; an object in it is a part. */
  private record MapFacts(Map<String, Object> facts) implements Facts {

    @Override
    @SuppressWarnings("unchecked")
    public Object fact(String name) {
      Object fact = facts.get(name);
      return fact instanceof Map ? new MapFacts((Map<String, Object>) fact) : fact;
    }

    @Override
    public Collection<String> names() {
      return facts.keySet();
    }
  }
}
