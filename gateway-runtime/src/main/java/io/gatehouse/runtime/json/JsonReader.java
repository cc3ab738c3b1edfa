package io.gatehouse.runtime.json;

import io.gatehouse.runtime.budget.Budget;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON document by recursive descent, as deep as {@link Json#MAX_DEPTH}. */
final class JsonReader {

  /** What a value costs beside its characters: about its memory. */
  private static final int VALUE_STEPS = 4;

  /** Longer numbers would let a caller buy quadratic work with linear text. */
  private static final int MAX_DIGITS = 1000;

  /** So that no sum of two numbers needs more digits than about twice this. */
  private static final int MAX_EXPONENT = 1000;

  private final String text;
  private final Budget budget;
  private final boolean lenient;
  private final boolean namesOnce;
  private final int mostDepth;
  private int at;

  JsonReader(String text, Budget budget, boolean lenient) {
    this(text, budget, lenient, false, Json.MAX_DEPTH);
  }

  /**
   * @param namesOnce whether an object may have a name only once
   */
  JsonReader(String text, Budget budget, boolean lenient, boolean namesOnce, int mostDepth) {
    this.text = text;
    this.budget = budget;
    this.lenient = lenient;
    this.namesOnce = namesOnce;
    this.mostDepth = mostDepth;
  }

  Object document() {
    budget.spend(text.length());
    Object value = value(0);
    space();
    if (at < text.length()) {
      throw wrong("nothing more");
    }
    return value;
  }

  private Object value(int depth) {
    budget.spend(VALUE_STEPS);
    space();
    if (depth > mostDepth) {
      throw new InvalidJson("nested deeper than " + mostDepth + " at character " + at);
    }
    if (at == text.length()) {
      throw wrong("a value");
    }
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string('"');
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case '\'' -> {
        if (lenient) {
          yield string('\'');
        }
        throw wrong("a value");
      }
      default -> throw wrong("a value");
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    space();
    if (took('}')) {
      return map;
    }
    while (true) {
      space();
      if (lenient && took('}')) {
        return map;
      }
      String name = name();
      space();
      if (!took(':')) {
        throw wrong("a colon");
      }
      if (namesOnce && map.containsKey(name)) {
        throw new InvalidJson("a name given twice before character " + at);
      }
      map.put(name, value(depth + 1));
      space();
      if (took('}')) {
        return map;
      }
      if (!took(',')) {
        throw wrong("a comma or }");
      }
    }
  }

  private String name() {
    char c = at < text.length() ? text.charAt(at) : 0;
    if (c == '"' || (lenient && c == '\'')) {
      return string(c);
    }
    int from = at;
    while (lenient && at < text.length() && isNameCharacter(text.charAt(at))) {
      at++;
    }
    if (at == from) {
      throw wrong("a name");
    }
    return text.substring(from, at);
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '$' || c == '.';
  }

  private List<Object> array(int depth) {
    List<Object> list = new ArrayList<>();
    at++;
    space();
    if (took(']')) {
      return list;
    }
    while (true) {
      if (lenient) {
        space();
        if (took(']')) {
          return list;
        }
      }
      list.add(value(depth + 1));
      space();
      if (took(']')) {
        return list;
      }
      if (!took(',')) {
        throw wrong("a comma or ]");
      }
    }
  }

  private String string(char quote) {
    int from = ++at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == quote) {
        return text.substring(from, at++);
      }
      if (c == '\\') {
        return escaped(from, quote);
      }
      if (c < ' ' && !lenient) {
        throw wrong("no control character in a string");
      }
      at++;
    }
    throw wrong("the end of a string");
  }

  private String escaped(int from, char quote) {
    StringBuilder s = new StringBuilder().append(text, from, at);
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return s.toString();
      }
      if (c == '\\') {
        s.append(escape());
      } else if (c < ' ' && !lenient) {
        at--;
        throw wrong("no control character in a string");
      } else {
        s.append(c);
      }
    }
    throw wrong("the end of a string");
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at) : 0;
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      case '\'' -> {
        if (lenient) {
          yield c;
        }
        at--;
        throw wrong("an escape sequence");
      }
      default -> {
        at--;
        throw wrong("an escape sequence");
      }
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = at < text.length() ? text.charAt(at) : 0;
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("four hexadecimal digits");
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("a value");
    }
    at += word.length();
    return value;
  }

  private Number number() {
    int from = at;
    took('-');
    boolean zero = at < text.length() && text.charAt(at) == '0';
    int whole = digits();
    if (zero && whole > 1) {
      at -= whole - 1;
      throw wrong("no digit after a leading 0");
    }
    boolean fraction = took('.');
    if (fraction) {
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      fraction = true;
      at++;
      if (!took('+')) {
        took('-');
      }
      digits();
    }
    String number = text.substring(from, at);
    if (number.length() > MAX_DIGITS) {
      throw new InvalidJson("a number of more than " + MAX_DIGITS + " digits at character " + from);
    }
    return fraction ? fraction(number, from) : integer(number);
  }

  private int digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw wrong("a digit");
    }
    return at - from;
  }

  private static Number integer(String number) {
    if (number.length() > 18) {
      BigInteger big = new BigInteger(number);
      return big.bitLength() < 64 ? (Number) big.longValue() : big;
    }
    long value = Long.parseLong(number);
    if (value == (int) value) {
      return (int) value;
    }
    return value;
  }

  private static Number fraction(String number, int from) {
    double value = Double.parseDouble(number);
    boolean finite = !Double.isInfinite(value);
    if (finite && value != 0 && number.length() <= 15) {
      return value;
    }
    BigDecimal exact = decimal(number, from);
    if (finite && new BigDecimal(Double.toString(value)).compareTo(exact) == 0) {
      return value;
    }
    return exact;
  }

  private static BigDecimal decimal(String number, int from) {
    try {
      BigDecimal exact = new BigDecimal(number);
      if (Math.abs((long) exact.scale()) <= MAX_EXPONENT + MAX_DIGITS
          && Math.abs((long) exact.precision() - exact.scale()) <= MAX_EXPONENT) {
        return exact;
      }
    } catch (NumberFormatException e) {
      // an exponent that is no int is as far out of range as one that is too large
    }
    throw new InvalidJson("a number out of range at character " + from);
  }

  private void space() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private boolean took(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private InvalidJson wrong(String expected) {
    return new InvalidJson("expected " + expected + " at character " + Math.min(at, text.length()));
  }
}
