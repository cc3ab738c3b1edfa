package io.gatehouse.model.snapshot;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Maps and lists of texts, maps in the order of their names. */
final class MapJson {

  private MapJson() {}

  static JsonObjectBuilder write(Map<String, String> texts) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    new TreeMap<>(texts).forEach(out::add);
    return out;
  }

  static Map<String, String> read(JsonObject in) {
    Map<String, String> out = new HashMap<>();
    in.forEach((name, text) -> out.put(name, ((JsonString) text).getString()));
    return out;
  }

  static JsonArrayBuilder write(List<String> texts) {
    JsonArrayBuilder out = JSON.createArrayBuilder();
    texts.forEach(out::add);
    return out;
  }

  static List<String> read(JsonArray in) {
    return in.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }
}
