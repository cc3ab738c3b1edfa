package io.gatehouse.runtime.json;

import io.gatehouse.runtime.budget.Budget;
import java.util.Collection;
import java.util.Map;

/** Writes plain values as compact JSON. */
final class JsonWriter {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out;
  private final Budget budget;
  private final int most;

  JsonWriter(StringBuilder out, Budget budget, int most) {
    this.out = out;
    this.budget = budget;
    this.most = most;
  }

  void value(Object value, int depth) {
    budget.spend(1);
    if (depth > Json.MAX_DEPTH) {
      throw new InvalidJson("nested deeper than " + Json.MAX_DEPTH);
    }
    switch (value) {
      case null -> raw("null");
      case String s -> string(s);
      case Boolean b -> raw(b.toString());
      case Number n -> raw(number(n));
      case Map<?, ?> map -> object(map, depth);
      case Collection<?> items -> array(items, depth);
      default -> string(value.toString());
    }
  }

  /** JSON has no word for what is no number. */
  private static String number(Number n) {
    return n instanceof Double d && (d.isNaN() || d.isInfinite()) ? "null" : n.toString();
  }

  private void object(Map<?, ?> map, int depth) {
    raw("{");
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        raw(",");
      }
      first = false;
      string(String.valueOf(entry.getKey()));
      raw(":");
      value(entry.getValue(), depth + 1);
    }
    raw("}");
  }

  private void array(Collection<?> items, int depth) {
    raw("[");
    boolean first = true;
    for (Object item : items) {
      if (!first) {
        raw(",");
      }
      first = false;
      value(item, depth + 1);
    }
    raw("]");
  }

  private void string(String s) {
    room(s.length() + 2);
    out.append('"');
    int from = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '"' || c == '\\' || c < ' ') {
        out.append(s, from, i);
        from = i + 1;
        escape(c);
      }
    }
    out.append(s, from, s.length()).append('"');
    room(0);
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
    }
  }

  private void raw(String text) {
    room(text.length());
    out.append(text);
  }

  private void room(int more) {
    budget.spend(more);
    if (out.length() > most - more) {
      throw new InvalidJson("longer than " + most + " characters", true);
    }
  }
}
