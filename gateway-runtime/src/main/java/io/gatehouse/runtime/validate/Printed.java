package io.gatehouse.runtime.validate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The words of violations: values as JSON, and all of it no longer than a log line can bear.
 * Nothing of a value is looked at beyond that.
 */
final class Printed {

  /** Characters of all violations together, and so of each value in them. */
  static final int LONGEST = 1_024;

  /** Printing a number takes time that grows with the square of its length. */
  private static final int MOST_BITS = 4_096;

  private final StringBuilder out = new StringBuilder();

  private Printed() {}

  /** All violations, as in {@code $context.error.validationErrorString}. */
  static String violations(List<Supplier<String>> violations) {
    StringBuilder text = new StringBuilder("[");
    for (Supplier<String> violation : violations) {
      if (text.length() >= LONGEST) {
        break;
      }
      text.append(text.length() == 1 ? "" : ", ").append(violation.get());
    }
    cut(text, LONGEST - 1);
    return text.append(']').toString();
  }

  static String json(Object value) {
    Printed printed = new Printed();
    printed.value(value);
    cut(printed.out, LONGEST);
    return printed.out.toString();
  }

  /** The words as a JSON array. */
  static String list(Stream<String> words) {
    return json(words.toList());
  }

  /** A string without the quotation marks around it, and without any escape. */
  static String raw(String text) {
    StringBuilder start = new StringBuilder();
    start.append(text, 0, Math.min(text.length(), LONGEST + 1));
    cut(start, LONGEST);
    return start.toString();
  }

  private static void cut(StringBuilder text, int length) {
    if (text.length() > length) {
      text.setLength(Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
  }

  private void value(Object value) {
    switch (value) {
      case String text -> string(text);
      case Map<?, ?> object -> object(object);
      case List<?> array -> array(array);
      case Double d -> out.append(Numbers.decimal(d));
      case BigInteger i -> number(i, i.bitLength());
      case BigDecimal d -> number(d, d.unscaledValue().bitLength());
      case null, default -> out.append(value);
    }
  }

  private void number(Number number, int bits) {
    out.append(bits > MOST_BITS ? "a number of " + bits + " bits" : number.toString());
  }

  private void object(Map<?, ?> object) {
    out.append('{');
    String comma = "";
    for (Map.Entry<?, ?> member : object.entrySet()) {
      if (out.length() >= LONGEST) {
        return;
      }
      out.append(comma);
      string((String) member.getKey());
      out.append(':');
      value(member.getValue());
      comma = ",";
    }
    out.append('}');
  }

  private void array(List<?> array) {
    out.append('[');
    String comma = "";
    for (Object item : array) {
      if (out.length() >= LONGEST) {
        return;
      }
      out.append(comma);
      value(item);
      comma = ",";
    }
    out.append(']');
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length() && out.length() <= LONGEST; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(escape(c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> "\\u%04X".formatted((int) c);
    };
  }
}
