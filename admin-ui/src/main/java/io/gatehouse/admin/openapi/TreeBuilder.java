package io.gatehouse.admin.openapi;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a tree from parser events, without recursion, and refuses what no honest document has: too
 * deep, too many values, a key twice.
 */
final class TreeBuilder {

  static final int DEEPEST = 200;
  static final int MOST_VALUES = 500_000;

  /** A bound is exceeded; the parser adds where. */
  static final class Refused extends RuntimeException {
    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * A finished value.
   *
   * @param size values in it, itself included, every alias counted as what it stands for
   */
  record Grown(JsonValue value, int size) {}

  private static final class Frame {
    final Map<String, JsonValue> members = new LinkedHashMap<>();
    final List<JsonValue> items = new ArrayList<>();
    final boolean object;
    final int sizeBefore;
    String key;

    Frame(boolean object, int sizeBefore) {
      this.object = object;
      this.sizeBefore = sizeBefore;
    }
  }

  private final Deque<Frame> open = new ArrayDeque<>();
  private int size;
  private JsonValue root;

  void start(boolean object) {
    if (open.size() == DEEPEST) {
      throw new Refused("nested deeper than " + DEEPEST + " levels");
    }
    count(1);
    open.push(new Frame(object, size - 1));
  }

  /** Whether the next scalar is a key of the object that is open. */
  boolean wantsKey() {
    return !open.isEmpty() && open.peek().object && open.peek().key == null;
  }

  void key(String key) {
    if (open.peek().members.containsKey(key)) {
      throw new Refused("the key '" + abbreviated(key) + "' stands here twice");
    }
    open.peek().key = key;
  }

  Grown end() {
    Frame frame = open.pop();
    JsonValue value = frame.object ? object(frame) : array(frame);
    attach(value);
    return new Grown(value, size - frame.sizeBefore);
  }

  void scalar(JsonValue value) {
    count(1);
    attach(value);
  }

  /** What stands elsewhere already; counted in full, as whoever walks the tree meets it in full. */
  void alias(Grown grown) {
    count(grown.size());
    attach(grown.value());
  }

  /** The whole, or null when there was nothing. */
  JsonValue root() {
    return root;
  }

  static String abbreviated(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  private void count(int more) {
    size += more;
    if (size > MOST_VALUES) {
      throw new Refused("more than " + MOST_VALUES + " values, aliases counted in full");
    }
  }

  private void attach(JsonValue value) {
    if (open.isEmpty()) {
      root = value;
    } else if (open.peek().object) {
      open.peek().members.put(open.peek().key, value);
      open.peek().key = null;
    } else {
      open.peek().items.add(value);
    }
  }

  private static JsonValue object(Frame frame) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    frame.members.forEach(out::add);
    return out.build();
  }

  private static JsonValue array(Frame frame) {
    JsonArrayBuilder out = JSON.createArrayBuilder();
    frame.items.forEach(out::add);
    return out.build();
  }
}
