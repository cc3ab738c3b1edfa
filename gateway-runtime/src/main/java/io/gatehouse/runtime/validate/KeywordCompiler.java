package io.gatehouse.runtime.validate;

import io.gatehouse.runtime.validate.ArrayKeywords.Items;
import io.gatehouse.runtime.validate.ArrayKeywords.MaxItems;
import io.gatehouse.runtime.validate.ArrayKeywords.MinItems;
import io.gatehouse.runtime.validate.ArrayKeywords.NoMoreItems;
import io.gatehouse.runtime.validate.ArrayKeywords.UniqueItems;
import io.gatehouse.runtime.validate.CombiningKeywords.AllOf;
import io.gatehouse.runtime.validate.CombiningKeywords.AnyOf;
import io.gatehouse.runtime.validate.CombiningKeywords.Not;
import io.gatehouse.runtime.validate.CombiningKeywords.OneOf;
import io.gatehouse.runtime.validate.CombiningKeywords.OneOfValues;
import io.gatehouse.runtime.validate.NumberKeywords.Maximum;
import io.gatehouse.runtime.validate.NumberKeywords.Minimum;
import io.gatehouse.runtime.validate.NumberKeywords.MultipleOf;
import io.gatehouse.runtime.validate.ObjectKeywords.MaxProperties;
import io.gatehouse.runtime.validate.ObjectKeywords.Members;
import io.gatehouse.runtime.validate.ObjectKeywords.MinProperties;
import io.gatehouse.runtime.validate.ObjectKeywords.NamePattern;
import io.gatehouse.runtime.validate.ObjectKeywords.NeededNames;
import io.gatehouse.runtime.validate.ObjectKeywords.NeededSchema;
import io.gatehouse.runtime.validate.ObjectKeywords.NoMoreProperties;
import io.gatehouse.runtime.validate.ObjectKeywords.Required;
import io.gatehouse.runtime.validate.StringKeywords.MaxLength;
import io.gatehouse.runtime.validate.StringKeywords.MinLength;
import io.gatehouse.runtime.validate.StringKeywords.Pattern;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compiles the keywords of one schema, in the order of their names, which is the order of what is
 * told about a value. What draft 4 does not know is left alone, and so is {@code format}.
 */
final class KeywordCompiler {

  private final SchemaCompiler schemas;
  private final Map<?, ?> members;
  private final List<Keyword> own = new ArrayList<>();
  private final List<Keyword> descending = new ArrayList<>();

  KeywordCompiler(SchemaCompiler schemas, Map<?, ?> members) {
    this.schemas = schemas;
    this.members = members;
  }

  /** The keywords about the value itself. */
  List<Keyword> own() {
    return own;
  }

  /** The keywords about what is in the value. */
  List<Keyword> descending() {
    return descending;
  }

  void compile() throws InvalidSchema {
    for (Map.Entry<?, ?> member : new TreeMap<>(members).entrySet()) {
      compile((String) member.getKey(), member.getValue());
    }
  }

  private void compile(String name, Object value) throws InvalidSchema {
    switch (name) {
      case "type" -> own.add(new Type.Allowed(types(value)));
      case "enum" -> own.add(values(value));
      case "minimum" -> own.add(new Minimum(number(name, value), flag("exclusiveMinimum")));
      case "maximum" -> own.add(new Maximum(number(name, value), flag("exclusiveMaximum")));
      case "exclusiveMinimum", "exclusiveMaximum" -> flag(name);
      case "multipleOf" -> own.add(new MultipleOf(factor(value)));
      case "minLength" -> own.add(new MinLength(count(name, value)));
      case "maxLength" -> own.add(new MaxLength(count(name, value)));
      case "pattern" -> own.add(pattern(value));
      case "minItems" -> own.add(new MinItems(count(name, value)));
      case "maxItems" -> own.add(new MaxItems(count(name, value)));
      case "uniqueItems" -> uniqueItems();
      case "items" -> items(value);
      case "minProperties" -> own.add(new MinProperties(count(name, value)));
      case "maxProperties" -> own.add(new MaxProperties(count(name, value)));
      case "required" ->
          own.add(new Required(schemas.names(value, name).stream().distinct().sorted().toList()));
      case "dependencies" -> dependencies(value);
      case "allOf" -> own.add(new AllOf(list(name, value)));
      case "anyOf" -> own.add(new AnyOf(list(name, value)));
      case "oneOf" -> own.add(new OneOf(list(name, value)));
      case "not" -> own.add(new Not(schemas.schema(value, name)));
      case "definitions" -> map(name);
      // One keyword stands for all that are about the members of objects, at the place of the last.
      case "additionalProperties", "patternProperties", "properties" -> membersAfter(name);
      case "additionalItems" -> schemaOrFlag(name);
      default -> {}
    }
  }

  private Set<Type> types(Object value) throws InvalidSchema {
    Set<Type> types = new HashSet<>();
    for (Object word : value instanceof List<?> list ? list : Collections.singletonList(value)) {
      Type type = Type.named(word);
      if (type == null) {
        throw schemas.invalid("has a type that draft 4 does not know: " + Printed.json(word));
      }
      types.add(type);
    }
    if (types.isEmpty()) {
      throw schemas.invalid("has an empty list as type");
    }
    return types;
  }

  private OneOfValues values(Object value) throws InvalidSchema {
    if (!(value instanceof List<?> listed)) {
      throw schemas.invalid("has something else than a list as enum");
    }
    List<Object> sorted = new ArrayList<>(listed);
    try {
      sorted.sort(new JsonOrder(new Run(schemas.budget())));
    } catch (Run.TooDeep e) {
      throw schemas.invalid("has a value in enum that is nested too deep");
    }
    return new OneOfValues(sorted, listed);
  }

  private BigDecimal number(String name, Object value) throws InvalidSchema {
    if (!(value instanceof Number)) {
      throw schemas.invalid("has something else than a number as " + name);
    }
    return Numbers.decimal(value);
  }

  private BigDecimal factor(Object value) throws InvalidSchema {
    BigDecimal factor = number("multipleOf", value);
    if (factor.signum() <= 0) {
      throw schemas.invalid("has a multipleOf that is not greater than 0");
    }
    return factor;
  }

  /** Larger bounds than any value can reach are all the same. */
  private int count(String name, Object value) throws InvalidSchema {
    if (Type.of(value) != Type.INTEGER || Numbers.decimal(value).signum() < 0) {
      throw schemas.invalid("has something else than a count as " + name);
    }
    return value instanceof BigInteger
        ? Integer.MAX_VALUE
        : (int) Math.min(((Number) value).longValue(), Integer.MAX_VALUE);
  }

  private boolean flag(String name) throws InvalidSchema {
    Object value = members.get(name);
    if (value == null && !members.containsKey(name)) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw schemas.invalid("has something else than true or false as " + name);
  }

  private Pattern pattern(Object value) throws InvalidSchema {
    if (!(value instanceof String source)) {
      throw schemas.invalid("has something else than a string as pattern");
    }
    return new Pattern(source, schemas.pattern(source));
  }

  private void uniqueItems() throws InvalidSchema {
    if (flag("uniqueItems")) {
      own.add(new UniqueItems());
    }
  }

  private void items(Object value) throws InvalidSchema {
    if (!(value instanceof List<?>)) {
      descending.add(new Items(List.of(), schemas.schema(value, "items")));
      return;
    }
    List<Schema> first = list("items", value);
    if (Boolean.FALSE.equals(members.get("additionalItems"))) {
      own.add(new NoMoreItems(first.size()));
    }
    descending.add(new Items(first, schemaOrFlag("additionalItems")));
  }

  /** The schema that the keyword holds, or null when it holds true or false or is not there. */
  private Schema schemaOrFlag(String name) throws InvalidSchema {
    Object value = members.get(name);
    return value instanceof Boolean || !members.containsKey(name)
        ? null
        : schemas.schema(value, name);
  }

  private void dependencies(Object value) throws InvalidSchema {
    if (!(value instanceof Map<?, ?> dependencies)) {
      throw schemas.invalid("has something else than an object as dependencies");
    }
    for (Map.Entry<?, ?> member : new TreeMap<>(dependencies).entrySet()) {
      String name = (String) member.getKey();
      own.add(
          member.getValue() instanceof List<?> list
              ? new NeededNames(
                  name, schemas.names(list, "dependencies").stream().sorted().toList())
              : new NeededSchema(name, schemas.schema(member.getValue(), "dependencies")));
    }
  }

  private List<Schema> list(String name, Object value) throws InvalidSchema {
    if (!(value instanceof List<?> list)) {
      throw schemas.invalid("has something else than a list as " + name);
    }
    List<Schema> compiled = new ArrayList<>();
    for (Object item : list) {
      compiled.add(schemas.schema(item, "an item of " + name));
    }
    return List.copyOf(compiled);
  }

  private Map<String, Schema> map(String name) throws InvalidSchema {
    Map<String, Schema> compiled = new HashMap<>();
    if (members.containsKey(name)) {
      if (!(members.get(name) instanceof Map<?, ?> map)) {
        throw schemas.invalid("has something else than an object as " + name);
      }
      for (Map.Entry<?, ?> member : map.entrySet()) {
        compiled.put(
            (String) member.getKey(), schemas.schema(member.getValue(), "a member of " + name));
      }
    }
    return compiled;
  }

  private void membersAfter(String name) throws InvalidSchema {
    boolean last =
        name.equals("properties")
            || (!members.containsKey("properties")
                && (name.equals("patternProperties") || !members.containsKey("patternProperties")));
    if (!last) {
      return;
    }
    Map<String, Schema> byName = map("properties");
    List<NamePattern> byPattern = new ArrayList<>();
    for (Map.Entry<String, Schema> member : new TreeMap<>(map("patternProperties")).entrySet()) {
      byPattern.add(new NamePattern(schemas.pattern(member.getKey()), member.getValue()));
    }
    if (Boolean.FALSE.equals(members.get("additionalProperties"))) {
      own.addFirst(new NoMoreProperties(byName.keySet(), byPattern));
    }
    descending.add(new Members(byName, byPattern, schemaOrFlag("additionalProperties")));
  }
}
