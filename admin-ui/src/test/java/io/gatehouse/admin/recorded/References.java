package io.gatehouse.admin.recorded;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the {@code <name.member>} of a scenario's steps stand for. Names are looked for among the
 * recorded keys and the amendments first. The recorder's other variables have lost their origin: in
 * a member that holds an id they mean the thing of that kind which was made last, and a variable
 * with a name of its own goes on meaning the thing it meant first.
 */
final class References {

  private static final Pattern REFERENCE = Pattern.compile("<([^<>\\s][^<>]*)>");
  private static final Pattern ROOT =
      Pattern.compile("root|root_id|root_resource_id|.*rootResourceId");
  private static final Pattern API = Pattern.compile("api_id|rest_api_id|rest_api");
  private static final Pattern MADE = Pattern.compile("(?:Create|Import)(\\w+)");
  private static final Map<String, String> KINDS =
      Map.of("parentId", "Resource", "apiKey", "ApiKey", "keyId", "ApiKey", "apiId", "RestApi");

  private final Map<String, String> values;
  private final Map<String, JsonObject> answers = new HashMap<>();
  private final Map<String, String> latest = new HashMap<>();
  private final Map<String, String> bound = new HashMap<>();
  private final String suffix = UUID.randomUUID().toString().substring(0, 8);

  References(Map<String, String> values) {
    this.values = new HashMap<>(values);
    this.values.put("value", suffix);
  }

  void let(String name, String value) {
    values.put(name, value);
  }

  /** Remembers an answer under its recorded key or its name. */
  void name(String name, JsonObject answer) {
    answers.put(plain(name), answer);
  }

  /** Remembers what an operation has made. */
  void note(String operation, JsonObject answer) {
    Matcher made = MADE.matcher(operation);
    if (made.matches() && answer.containsKey("id")) {
      latest.put(made.group(1), answer.getString("id"));
      if (answer.containsKey("rootResourceId")) {
        latest.put("Root", answer.getString("rootResourceId"));
        latest.remove("Resource");
      }
    }
  }

  /** The value with all references in it resolved. */
  JsonValue resolved(String member, JsonValue value) {
    return switch (value) {
      case JsonString text -> JSON.createValue(resolved(member, text.getString()));
      case JsonObject object -> {
        JsonObjectBuilder out = JSON.createObjectBuilder();
        object.forEach((name, one) -> out.add(resolved("", name), resolved(name, one)));
        yield out.build();
      }
      case JsonArray array -> {
        JsonArrayBuilder out = JSON.createArrayBuilder();
        array.forEach(one -> out.add(resolved(member, one)));
        yield out.build();
      }
      default -> value;
    };
  }

  String resolved(String member, String text) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String meaning = meaning(member, matcher.group(1));
      matcher.appendReplacement(
          out, Matcher.quoteReplacement(meaning == null ? matcher.group() : meaning));
    }
    return matcher.appendTail(out).toString();
  }

  /** Null for what is no reference but text between angles. */
  private String meaning(String member, String reference) {
    if (values.containsKey(reference)) {
      return resolved(member, values.get(reference));
    }
    if (reference.startsWith("documents/")) {
      return document(reference.substring("documents/".length()));
    }
    if (reference.startsWith("upper ")) {
      return meaning(member, reference.substring(6)).toUpperCase(Locale.ROOT);
    }
    int dot = reference.lastIndexOf('.');
    if (dot > 0 && answers.containsKey(plain(reference.substring(0, dot)))) {
      return answers
          .get(plain(reference.substring(0, dot)))
          .getString(reference.substring(dot + 1), null);
    }
    if (API.matcher(reference).matches()) {
      return latest.get("RestApi");
    }
    for (String kind : latest.keySet()) {
      if (kind.equalsIgnoreCase(reference.replaceAll("_|\\.id$", "")) && kind(member).isEmpty()) {
        return latest.get(kind);
      }
    }
    return id(member, reference);
  }

  private String id(String member, String reference) {
    String kind = kind(member);
    if (kind.equals("Resource") && ROOT.matcher(reference).matches()) {
      return latest.get("Root");
    }
    String made = latest.get(kind);
    if (made == null && kind.equals("Resource")) {
      made = latest.get("Root");
    }
    boolean nameless = reference.startsWith(".") || reference.startsWith("response.");
    if (made == null || nameless || kind.equals("RestApi")) {
      return made;
    }
    String known = bound.putIfAbsent(kind + " " + reference, made);
    return known == null ? made : known;
  }

  private static String kind(String member) {
    if (KINDS.containsKey(member)) {
      return KINDS.get(member);
    }
    return member.endsWith("Id")
        ? Character.toUpperCase(member.charAt(0)) + member.substring(1, member.length() - 2)
        : "";
  }

  private String document(String name) {
    String text = new String(Recordings.document(name));
    return text.replace("${lambda_invocation_arn}", values.get("lambda_invocation_arn"))
        .replace("${uri}", values.get("uri"));
  }

  private static String plain(String name) {
    return name.replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
