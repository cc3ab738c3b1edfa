package io.gatehouse.model.patch;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.apigateway.model.Op;

/**
 * One change at one place of a shape's JSON tree. An {@code Optional.empty()} node is an absent
 * one.
 */
record TreePatch(Change change, boolean keepsEmpty, Optional<String> absent) {

  JsonObject apply(SdkPojo shape, List<String> place) {
    return inShape(Wire.write(shape), shape.sdkFields(), place).asJsonObject();
  }

  private JsonValue inShape(JsonObject node, List<SdkField<?>> fields, List<String> place) {
    String name = place.getFirst();
    SdkField<?> field =
        fields.stream()
            .filter(candidate -> candidate.locationName().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("the shape has no member " + name + " to patch"));
    Optional<JsonValue> before = Optional.ofNullable(node.get(name));
    return put(node, name, at(before, field, place.subList(1, place.size()), false));
  }

  private Optional<JsonValue> at(
      Optional<JsonValue> node, SdkField<?> type, List<String> rest, boolean inMap) {
    if (rest.isEmpty()) {
      return leaf(node, type, inMap);
    }
    if (type.marshallingType() == MarshallingType.MAP) {
      SdkField<?> value = type.getTrait(MapTrait.class).valueFieldInfo();
      JsonObject map = node.map(JsonValue::asJsonObject).orElse(JsonValue.EMPTY_JSON_OBJECT);
      Optional<JsonValue> before = Optional.ofNullable(map.get(rest.getFirst()));
      JsonObject after =
          put(map, rest.getFirst(), at(before, value, rest.subList(1, rest.size()), true));
      // The vendor lets a map vanish with its last entry.
      return after.isEmpty() ? Optional.empty() : Optional.of(after);
    }
    if (type.marshallingType() == MarshallingType.SDK_POJO) {
      if (node.isEmpty() && change.op() == Op.REMOVE) {
        requirePresent(node);
        return node;
      }
      JsonObject part = node.map(JsonValue::asJsonObject).orElse(JsonValue.EMPTY_JSON_OBJECT);
      return Optional.of(inShape(part, type.constructor().get().sdkFields(), rest));
    }
    if (type.marshallingType() == MarshallingType.LIST && rest.size() == 1) {
      return keyedElement(node, rest.getFirst());
    }
    throw new IllegalStateException("no patch can reach " + rest + " in " + type.memberName());
  }

  private Optional<JsonValue> leaf(Optional<JsonValue> node, SdkField<?> type, boolean inMap) {
    if (type.marshallingType() == MarshallingType.LIST) {
      return wholeList(node, type);
    }
    if (change.op() == Op.REMOVE) {
      requirePresent(node);
      return Optional.empty();
    }
    if (change.op() == Op.REPLACE) {
      requirePresent(node);
    }
    return PatchValue.of(change, type, keepsEmpty || inMap);
  }

  /** {@code /binaryMediaTypes/image~1png}: the element is the key; replacing appends at the end. */
  private Optional<JsonValue> keyedElement(Optional<JsonValue> node, String key) {
    JsonArray list = node.map(JsonValue::asJsonArray).orElse(JsonValue.EMPTY_JSON_ARRAY);
    return switch (change.op()) {
      case ADD -> Optional.of(plus(list, key));
      case REMOVE -> {
        requireElement(list, key);
        yield emptyIsAbsent(minus(list, key));
      }
      default -> {
        requireElement(list, key);
        JsonArray others = minus(list, key);
        yield change.value().isEmpty()
            ? emptyIsAbsent(others)
            : Optional.of(plus(others, change.value()));
      }
    };
  }

  /** {@code /providerARNs} with the element as value; replacing makes it the only one. */
  private Optional<JsonValue> wholeList(Optional<JsonValue> node, SdkField<?> type) {
    MarshallingType<?> element = type.getTrait(ListTrait.class).memberFieldInfo().marshallingType();
    if (element != MarshallingType.STRING) {
      throw new IllegalStateException(type.memberName() + " needs a hook: it lists structures");
    }
    JsonArray list = node.map(JsonValue::asJsonArray).orElse(JsonValue.EMPTY_JSON_ARRAY);
    if (change.op() == Op.REMOVE && change.value().isEmpty()) {
      requirePresent(node);
      return Optional.empty();
    }
    return switch (change.op()) {
      case ADD -> Optional.of(plus(list, change.value()));
      case REMOVE -> {
        requireElement(list, change.value());
        yield emptyIsAbsent(minus(list, change.value()));
      }
      default ->
          change.value().isEmpty()
              ? Optional.empty()
              : Optional.of(JSON.createArrayBuilder().add(change.value()).build());
    };
  }

  private void requirePresent(Optional<JsonValue> node) {
    if (node.isEmpty() && absent.isPresent()) {
      throw ApiError.notFound(absent.get());
    }
  }

  private void requireElement(JsonArray list, String element) {
    if (absent.isPresent() && !contains(list, element)) {
      throw ApiError.notFound(absent.get());
    }
  }

  private static Optional<JsonValue> emptyIsAbsent(JsonArray list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private static boolean contains(JsonArray list, String element) {
    return list.getValuesAs(JsonString.class).stream().anyMatch(i -> i.getString().equals(element));
  }

  private static JsonArray plus(JsonArray list, String element) {
    return contains(list, element) ? list : JSON.createArrayBuilder(list).add(element).build();
  }

  private static JsonArray minus(JsonArray list, String element) {
    JsonArrayBuilder kept = JSON.createArrayBuilder();
    for (JsonString item : list.getValuesAs(JsonString.class)) {
      if (!item.getString().equals(element)) {
        kept.add(item);
      }
    }
    return kept.build();
  }

  private static JsonObject put(JsonObject object, String name, Optional<JsonValue> value) {
    JsonObjectBuilder changed = JSON.createObjectBuilder(object);
    value.ifPresentOrElse(v -> changed.add(name, v), () -> changed.remove(name));
    return changed.build();
  }
}
