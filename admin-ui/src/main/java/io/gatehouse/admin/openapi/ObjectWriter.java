package io.gatehouse.admin.openapi;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Map;

/** An object of an exported document in the making: what is null or empty is left out. */
final class ObjectWriter {

  private final JsonObjectBuilder out = JSON.createObjectBuilder();
  private boolean empty = true;

  static JsonObject ref(String pointer) {
    return new ObjectWriter().text("$ref", pointer).done();
  }

  /** A member that is there whatever its value. */
  ObjectWriter add(String name, JsonValue value) {
    out.add(name, value);
    empty = false;
    return this;
  }

  ObjectWriter add(String name, boolean value) {
    return add(name, value ? JsonValue.TRUE : JsonValue.FALSE);
  }

  ObjectWriter text(String name, String value) {
    return value == null ? this : add(name, JSON.createValue(value));
  }

  ObjectWriter number(String name, Integer value) {
    return value == null ? this : add(name, JSON.createValue(value));
  }

  ObjectWriter texts(String name, Collection<String> values) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    values.forEach(list::add);
    return values.isEmpty() ? this : add(name, list.build());
  }

  ObjectWriter map(String name, Map<String, String> values) {
    ObjectWriter map = new ObjectWriter();
    values.forEach(map::text);
    return object(name, map);
  }

  ObjectWriter object(String name, ObjectWriter value) {
    return value.empty ? this : add(name, value.done());
  }

  ObjectWriter objects(String name, Collection<JsonObject> values) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    values.forEach(list::add);
    return values.isEmpty() ? this : add(name, list.build());
  }

  /** All members of another object. */
  ObjectWriter all(JsonObject values) {
    values.forEach(this::add);
    return this;
  }

  JsonObject done() {
    return out.build();
  }
}
