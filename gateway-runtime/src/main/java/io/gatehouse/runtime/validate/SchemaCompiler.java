package io.gatehouse.runtime.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.validate.CombiningKeywords.Reference;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles the schema of one model: every schema in it once, and where its references lead. A
 * reference leads into the same schema or to another model of the API; nothing is ever fetched.
 */
final class SchemaCompiler {

  private static final int DEEPEST = 128;

  /** As the vendor rewrites references between models; the API is always the model's own. */
  private static final Pattern MODEL =
      Pattern.compile(
          "https://apigateway\\.amazonaws\\.com/restapis/[^/#?]+/models/([a-zA-Z0-9]+)#?");

  private final String model;
  private final Patterns patterns;
  private final Budget budget;
  private final Map<Object, Schema> schemas = new IdentityHashMap<>();
  private final Map<String, Schema> byId = new HashMap<>();
  private final Map<Reference, String> inside = new LinkedHashMap<>();
  private final Map<Reference, String> outside = new LinkedHashMap<>();
  private final Set<String> references = new LinkedHashSet<>();
  private Map<?, ?> document;
  private int depth;

  SchemaCompiler(String model, Patterns patterns, Budget budget) {
    this.model = model;
    this.patterns = patterns;
    this.budget = budget;
  }

  void compile(Object text) throws InvalidSchema {
    if (!(text instanceof Map<?, ?> root)) {
      throw invalid("is not a JSON object");
    }
    document = root;
    try {
      schema(root, "the schema");
      while (!inside.isEmpty()) {
        // A target may be a schema that nothing else has led to, with references of its own.
        Map<Reference, String> open = new LinkedHashMap<>(inside);
        inside.clear();
        for (Map.Entry<Reference, String> reference : open.entrySet()) {
          reference.getKey().lead(target(reference.getValue()));
        }
      }
    } catch (BudgetExhausted e) {
      throw tooCostly(model);
    }
  }

  Schema root() {
    return schemas.get(document);
  }

  /** The names of the other models that this one refers to. */
  Set<String> references() {
    return references;
  }

  /** Leads the references to other models where they belong; all of those are compiled. */
  void link(Map<String, SchemaCompiler> models) {
    outside.forEach((reference, name) -> reference.lead(models.get(name).root()));
    outside.clear();
  }

  Budget budget() {
    return budget;
  }

  Patterns.Matcher pattern(String source) throws InvalidSchema {
    try {
      return patterns.compile(source);
    } catch (InvalidSchema e) {
      throw invalid("has a pattern that cannot be used: " + e.getMessage());
    }
  }

  /**
   * @param place of the value, in words
   */
  Schema schema(Object value, String place) throws InvalidSchema {
    if (!(value instanceof Map<?, ?> members)) {
      throw invalid("has something else than a schema as " + place);
    }
    Schema known = schemas.get(value);
    if (known != null) {
      return known;
    }
    budget.spend(1 + members.size());
    if (++depth > DEEPEST) {
      throw invalid("is nested deeper than " + DEEPEST + " levels");
    }
    Schema schema = new Schema();
    schemas.put(value, schema);
    if (members.get("id") instanceof String id) {
      byId.putIfAbsent(id, schema);
    }
    if (members.get("$ref") instanceof String address) {
      schema.fill(List.of(reference(address)), List.of());
    } else {
      KeywordCompiler keywords = new KeywordCompiler(this, members);
      keywords.compile();
      schema.fill(keywords.own(), keywords.descending());
    }
    depth--;
    return schema;
  }

  InvalidSchema invalid(String what) {
    return new InvalidSchema("the schema of model " + model + " " + what);
  }

  static InvalidSchema tooCostly(String model) {
    return new InvalidSchema("the schema of model " + model + " costs too much to compile");
  }

  private Reference reference(String address) {
    Reference reference = new Reference();
    Matcher m = MODEL.matcher(address);
    if (!m.matches()) {
      inside.put(reference, address);
    } else {
      outside.put(reference, m.group(1));
      references.add(m.group(1));
    }
    return reference;
  }

  private Schema target(String address) throws InvalidSchema {
    Schema identified = byId.get(address);
    if (identified != null) {
      return identified;
    }
    int hash = address.indexOf('#');
    String base = hash < 0 ? address : address.substring(0, hash);
    if (!base.isEmpty() && !isOwn(base)) {
      throw invalid(
          "refers to " + address + ", which is no model of this API; nothing else is fetched");
    }
    String fragment = hash < 0 ? "" : address.substring(hash + 1);
    if (fragment.isEmpty()) {
      return root();
    }
    Object target = fragment.startsWith("/") ? at(fragment.substring(1)) : byId.get("#" + fragment);
    if (target instanceof Schema schema) {
      return schema;
    }
    if (target == null) {
      throw invalid("refers to " + address + ", which is not in it");
    }
    return schema(target, "what " + address + " refers to");
  }

  private boolean isOwn(String base) {
    return document.get("id") instanceof String id && (id.equals(base) || id.equals(base + "#"));
  }

  /** What a JSON pointer, without its first slash, points to; null when that is nothing. */
  private Object at(String pointer) {
    Object found = document;
    for (String raw : pointer.split("/", -1)) {
      String step = decoded(raw).replace("~1", "/").replace("~0", "~");
      found =
          switch (found) {
            case Map<?, ?> object -> object.get(step);
            case List<?> array when step.matches("\\d{1,6}") -> item(array, Integer.parseInt(step));
            case null, default -> null;
          };
    }
    return found;
  }

  private static Object item(List<?> array, int index) {
    return index < array.size() ? array.get(index) : null;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a stray percent sign stands for itself
    }
  }

  /** The values of a JSON array of strings. */
  List<String> names(Object value, String keyword) throws InvalidSchema {
    List<String> names = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object name : list) {
        if (name instanceof String text) {
          names.add(text);
        }
      }
      if (names.size() == list.size()) {
        return names;
      }
    }
    throw invalid("has something else than a list of names as " + keyword);
  }
}
