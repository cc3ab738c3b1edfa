package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.persistence.Transient;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A row at one moment, as people read it: columns by name, documents as documents, secrets left
 * out.
 *
 * @param name as {@code Stage a1b2c3/prod}
 */
record RowText(String name, Map<String, Object> columns) {

  /** A row that was not seen before it was changed. */
  static final RowText UNKNOWN = new RowText("", Map.of());

  /** The two sides of a change, of each only what differs. */
  record Sides(JsonValue before, JsonValue after) {}

  private static final JsonValue HIDDEN = JSON.createValue("(secret)");

  /** Longer documents are frozen copies and the like, of which it is enough that they are there. */
  private static final int LONGEST_DOCUMENT = 32 * 1024;

  /** What rows need and nobody asks about. */
  private static final Set<String> TECHNICAL = Set.of("ordinal", "revision", "token", "lowerName");

  /** Columns that tell rows apart and are no ids. */
  private static final Set<String> NAMES =
      Set.of(
          "stageName",
          "functionName",
          "layerName",
          "version",
          "identityName",
          "policyArn",
          "identifier");

  private static final Set<String> SECRET =
      Set.of("sealed", "secret", "sha256", "password", "privatekey");

  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          List<Field> fields = new ArrayList<>();
          for (Class<?> at = type; at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
              if (isColumn(field)) {
                field.setAccessible(true);
                fields.add(field);
              }
            }
          }
          return List.copyOf(fields);
        }
      };

  /** The persistence provider adds fields of its own. */
  private static boolean isColumn(Field field) {
    return !Modifier.isStatic(field.getModifiers())
        && !Modifier.isTransient(field.getModifiers())
        && !field.isAnnotationPresent(Transient.class)
        && !field.getName().startsWith("_")
        && !TECHNICAL.contains(field.getName());
  }

  static RowText of(StoredRow row) {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (Field field : FIELDS.get(row.getClass())) {
      try {
        columns.put(field.getName(), field.get(row));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("columns are made readable before", e);
      }
    }
    return new RowText(name(row, columns), columns);
  }

  /** By what tells the row from others of its kind. */
  private static String name(StoredRow row, Map<String, Object> columns) {
    String kind = row.getClass().getSimpleName().replaceFirst("^Stored", "");
    String key =
        columns.entrySet().stream()
            .filter(column -> isIdentity(column.getKey()) && column.getValue() != null)
            .map(column -> column.getValue().toString())
            .collect(Collectors.joining("/"));
    return kind + " " + (key.isEmpty() ? row.account() : key);
  }

  private static boolean isIdentity(String column) {
    return !column.equals("customerId") && (column.endsWith("Id") || NAMES.contains(column));
  }

  /** Of two objects what differs, else all of both. */
  static Sides sides(JsonValue before, JsonValue after) {
    if (before instanceof JsonObject && after instanceof JsonObject) {
      JsonObjectBuilder left = JSON.createObjectBuilder();
      JsonObjectBuilder right = JSON.createObjectBuilder();
      differing("all", before, after, left, right);
      return new Sides(inner(left.build()), inner(right.build()));
    }
    return new Sides(shown("", before), shown("", after));
  }

  private static JsonValue inner(JsonObject all) {
    return all.getOrDefault("all", JsonValue.NULL);
  }

  JsonValue whole() {
    JsonObjectBuilder all = JSON.createObjectBuilder();
    columns.forEach(
        (column, value) -> {
          if (value != null && !column.equals("account")) {
            all.add(column, json(value));
          }
        });
    return shown("", all.build());
  }

  /** Empty when only technical columns differ. */
  Optional<Sides> changesTo(RowText next) {
    JsonObjectBuilder before = JSON.createObjectBuilder();
    JsonObjectBuilder after = JSON.createObjectBuilder();
    next.columns.forEach(
        (column, value) -> {
          Object old = columns.get(column);
          if (!Objects.equals(old, value)) {
            differing(column, json(old), json(value), before, after);
          }
        });
    JsonObject left = before.build();
    JsonObject right = after.build();
    return left.isEmpty() && right.isEmpty()
        ? Optional.empty()
        : Optional.of(new Sides(left, right));
  }

  private static void differing(
      String name,
      JsonValue old,
      JsonValue now,
      JsonObjectBuilder before,
      JsonObjectBuilder after) {
    if (old instanceof JsonObject left && now instanceof JsonObject right) {
      JsonObjectBuilder innerBefore = JSON.createObjectBuilder();
      JsonObjectBuilder innerAfter = JSON.createObjectBuilder();
      left.forEach(
          (member, value) -> {
            JsonValue other = right.getOrDefault(member, JsonValue.NULL);
            if (!value.equals(other)) {
              differing(member, value, other, innerBefore, innerAfter);
            }
          });
      right.forEach(
          (member, value) -> {
            if (!left.containsKey(member)) {
              differing(member, JsonValue.NULL, value, innerBefore, innerAfter);
            }
          });
      addUnlessEmpty(before, name, innerBefore.build());
      addUnlessEmpty(after, name, innerAfter.build());
    } else {
      addUnlessNull(before, name, old);
      addUnlessNull(after, name, now);
    }
  }

  private static void addUnlessEmpty(JsonObjectBuilder to, String name, JsonObject value) {
    if (!value.isEmpty()) {
      to.add(name, value);
    }
  }

  private static void addUnlessNull(JsonObjectBuilder to, String name, JsonValue value) {
    if (value != JsonValue.NULL) {
      to.add(name, shown(name, value));
    }
  }

  /** The newer side of two changes to one row lies over the older one. */
  static JsonValue merged(JsonValue under, JsonValue over) {
    if (under instanceof JsonObject left && over instanceof JsonObject right) {
      JsonObjectBuilder both = JSON.createObjectBuilder(left);
      right.forEach((name, value) -> both.add(name, merged(left.get(name), value)));
      return both.build();
    }
    return over == null ? under : over;
  }

  private static JsonValue shown(String name, JsonValue value) {
    if (isSecret(name)) {
      return HIDDEN;
    }
    if (value instanceof JsonObject object) {
      JsonObjectBuilder shown = JSON.createObjectBuilder();
      object.forEach((member, inner) -> shown.add(member, shown(member, inner)));
      return shown.build();
    }
    return value;
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET.stream().anyMatch(lower::contains);
  }

  private static JsonValue json(Object value) {
    return switch (value) {
      case null -> JsonValue.NULL;
      case Boolean truth -> truth ? JsonValue.TRUE : JsonValue.FALSE;
      case Number number -> JSON.createValue(number.longValue());
      case String text when text.length() > LONGEST_DOCUMENT ->
          JSON.createValue("(" + text.length() + " characters)");
      case String text when text.startsWith("{") -> parsed(text);
      default -> JSON.createValue(value.toString());
    };
  }

  private static JsonValue parsed(String text) {
    try {
      return Documents.json(text);
    } catch (JsonException e) {
      return JSON.createValue(text);
    }
  }
}
