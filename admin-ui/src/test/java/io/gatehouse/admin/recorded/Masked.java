package io.gatehouse.admin.recorded;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares answers with recorded ones in which ids, names and dates are masked: the same {@code
 * <word:N>} stands for the same value throughout one scenario, {@code <word>} and dates for any.
 */
public final class Masked {

  private static final Pattern MASK = Pattern.compile("<([^<>:]+)(:\\d+)?>");
  private static final Set<String> DATES = Set.of("datetime", "date", "timestamp");

  private final Map<String, String> meanings = new HashMap<>();

  public void assertMatches(String name, JsonValue recorded, JsonValue actual) {
    String difference = difference(name, recorded, actual);
    if (!difference.isEmpty()) {
      fail(difference);
    }
  }

  /** What differs, in words; empty when nothing does. */
  String difference(String name, JsonValue recorded, JsonValue actual) {
    List<String> differences = new ArrayList<>();
    compare("", recorded, actual, differences);
    return differences.isEmpty()
        ? ""
        : name
            + " differs:\n  "
            + String.join("\n  ", differences)
            + "\nrecorded: "
            + recorded
            + "\nactual:   "
            + actual;
  }

  private void compare(String at, JsonValue recorded, JsonValue actual, List<String> out) {
    if (recorded instanceof JsonString mask && DATES.contains(mask.getString())) {
      if (!(actual instanceof JsonNumber || isDated(actual))) {
        out.add(at + ": recorded a date, actual " + actual);
      }
      return;
    }
    if (recorded instanceof JsonObject log && log.containsKey("line00")) {
      compareObjects(at, log, lines(actual), out);
    } else if (recorded instanceof JsonObject object) {
      compareObjects(at, object, parsed(actual), out);
    } else if (recorded instanceof JsonArray array && parsed(actual) instanceof JsonArray other) {
      compareLists(at, array, other, out);
    } else if (recorded instanceof JsonString text && actual instanceof JsonString other) {
      if (!matches(text.getString(), other.getString())) {
        out.add(at + ": recorded " + recorded + ", actual " + actual);
      }
    } else if (recorded instanceof JsonString text && actual instanceof JsonNumber other) {
      if (!matches(text.getString(), other.toString())) {
        out.add(at + ": recorded " + recorded + ", actual " + actual);
      }
    } else if (recorded instanceof JsonNumber number && actual instanceof JsonNumber other) {
      if (number.bigDecimalValue().compareTo(other.bigDecimalValue()) != 0) {
        out.add(at + ": recorded " + recorded + ", actual " + actual);
      }
    } else if (!recorded.equals(actual)) {
      out.add(at + ": recorded " + recorded + ", actual " + actual);
    }
  }

  private void compareObjects(String at, JsonObject recorded, JsonValue actual, List<String> out) {
    if (!(actual instanceof JsonObject other)) {
      out.add(at + ": recorded " + recorded + ", actual " + actual);
      return;
    }
    Set<String> names = new TreeSet<>(recorded.keySet());
    names.addAll(other.keySet());
    names.remove("ResponseMetadata");
    for (String name : names) {
      if (!recorded.containsKey(name)) {
        out.add(at + "/" + name + ": not recorded, actual " + other.get(name));
      } else if (!other.containsKey(name)) {
        out.add(at + "/" + name + ": recorded " + recorded.get(name) + ", missing");
      } else {
        compare(at + "/" + name, recorded.get(name), other.get(name), out);
      }
    }
  }

  private void compareLists(String at, JsonArray recorded, JsonArray actual, List<String> out) {
    if (recorded.size() != actual.size()) {
      out.add(at + ": recorded " + recorded + ", actual " + actual);
      return;
    }
    // The recorder has sorted lists whose real order is not fixed.
    List<JsonValue> left = sorted(recorded);
    List<JsonValue> right = sorted(actual);
    for (int i = 0; i < left.size(); i++) {
      compare(at + "/" + i, left.get(i), right.get(i), out);
    }
  }

  private static List<JsonValue> sorted(JsonArray array) {
    boolean texts = array.stream().allMatch(v -> v instanceof JsonString);
    return texts
        ? array.stream().sorted(Comparator.comparing(JsonValue::toString)).toList()
        : array;
  }

  private boolean matches(String shown, String actual) {
    String recorded =
        shown
            .replace("DDD MMM dd hh:mm:ss UTC yyyy", "<when>")
            .replace("Day, dd MMM yyyy hh:mm:ss GMT", "<day>")
            .replace("_date.", "_<date>.");
    Matcher mask = MASK.matcher(recorded);
    StringBuilder pattern = new StringBuilder();
    List<String> names = new ArrayList<>();
    int from = 0;
    while (mask.find()) {
      pattern.append(Pattern.quote(recorded.substring(from, mask.start())));
      String name = mask.group();
      if (meanings.containsKey(name)) {
        pattern.append(Pattern.quote(meanings.get(name)));
      } else {
        pattern.append("(.+?)");
        names.add(name);
      }
      from = mask.end();
    }
    pattern.append(Pattern.quote(recorded.substring(from)));
    Matcher matcher = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(actual);
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).contains(":")) {
        meanings.put(names.get(i), matcher.group(i + 1));
      }
    }
    return true;
  }

  /** Logs are shown line by line in recordings. */
  private static JsonValue lines(JsonValue log) {
    if (!(log instanceof JsonString text)) {
      return log;
    }
    var out = Json.createObjectBuilder();
    String[] lines = text.getString().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      out.add("line%02d".formatted(i), lines[i]);
    }
    return out.build();
  }

  private static boolean isDated(JsonValue actual) {
    return actual instanceof JsonString text && text.getString().matches("\\d{4}-\\d\\d-\\d\\d.*");
  }

  /** Text that holds JSON is shown parsed in recordings. */
  private static JsonValue parsed(JsonValue actual) {
    if (actual instanceof JsonString text) {
      JsonValue plain = parsed(text.getString());
      // The vendor answers policies with their quotes escaped once more.
      return plain == null
          ? Optional.ofNullable(parsed(text.getString().replace("\\\"", "\""))).orElse(actual)
          : plain;
    }
    return actual;
  }

  private static JsonValue parsed(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      return null;
    }
  }
}
