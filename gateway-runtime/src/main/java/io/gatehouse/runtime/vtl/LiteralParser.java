package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.Literals.Constant;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads strings, numbers, lists, ranges and maps. */
final class LiteralParser {

  private static final int MAX_DIGITS = 100;

  private final Cursor cursor;
  private final ExpressionParser expressions;

  LiteralParser(Cursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  Expression literal() throws InvalidTemplate {
    char c = cursor.peek();
    return switch (c) {
      case '"' -> interpolated();
      case '\'' -> plain();
      case '[' -> list();
      case '{' -> map();
      default -> {
        if ((c >= '0' && c <= '9') || (c == '-' && isDigit(cursor.peek(1)))) {
          yield number();
        }
        throw cursor.invalid(
            cursor.atEnd()
                ? "Expected a value, but the template ends"
                : "Expected a value, but there is " + c);
      }
    };
  }

  private Constant plain() throws InvalidTemplate {
    int from = cursor.at;
    String value = quoted('\'').replace("''", "'");
    return new Constant(value, cursor.text.substring(from, cursor.at));
  }

  /** In double quotes references and directives are rendered. */
  private Expression interpolated() throws InvalidTemplate {
    int from = cursor.at;
    int place = cursor.place() + 1;
    String value = unicode(quoted('"').replace("\"\"", "\""));
    String source = cursor.text.substring(from, cursor.at);
    if (value.indexOf('$') < 0 && value.indexOf('#') < 0) {
      return new Constant(value, source);
    }
    Cursor inside = new Cursor(cursor.compilation, value, place, 0);
    Block body = expressions.within(inside).template();
    return body.isText()
        ? new Constant(body.text(), source)
        : new Literals.Interpolated(body, source);
  }

  /** Two quotes in a row stand for one, and are left as two here. */
  private String quoted(char quote) throws InvalidTemplate {
    int from = ++cursor.at;
    while (true) {
      int end = cursor.text.indexOf(quote, cursor.at);
      if (end < 0) {
        cursor.at = from - 1;
        throw cursor.invalid("A string has no end");
      }
      cursor.at = end + 1;
      if (cursor.peek() != quote) {
        return cursor.text.substring(from, end);
      }
      cursor.at++;
    }
  }

  /** The one escape sequence that Velocity knows. */
  private static String unicode(String s) {
    int found = s.indexOf("\\u");
    if (found < 0) {
      return s;
    }
    StringBuilder out = new StringBuilder(s.length());
    int from = 0;
    for (int i = found; i >= 0; i = s.indexOf("\\u", i + 1)) {
      if (i >= from && isHex(s, i + 2)) {
        out.append(s, from, i).append((char) Integer.parseInt(s, i + 2, i + 6, 16));
        from = i + 6;
      }
    }
    return out.append(s, from, s.length()).toString();
  }

  private static boolean isHex(String s, int from) {
    if (from + 4 > s.length()) {
      return false;
    }
    for (int i = from; i < from + 4; i++) {
      if (s.charAt(i) > 'f' || Character.digit(s.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Constant number() throws InvalidTemplate {
    int from = cursor.at;
    cursor.took("-");
    digits();
    boolean fraction = cursor.peek() == '.' && isDigit(cursor.peek(1));
    if (fraction) {
      cursor.at++;
      digits();
    }
    if ((cursor.peek() == 'e' || cursor.peek() == 'E') && isExponent()) {
      fraction = true;
      cursor.at += 2;
      digits();
    }
    String number = cursor.text.substring(from, cursor.at);
    if (number.length() > MAX_DIGITS) {
      throw cursor.invalid("A number has at most " + MAX_DIGITS + " digits");
    }
    return new Constant(fraction ? (Number) Double.valueOf(number) : integer(number), number);
  }

  private boolean isExponent() {
    return isDigit(cursor.peek(1))
        || ((cursor.peek(1) == '-' || cursor.peek(1) == '+') && isDigit(cursor.peek(2)));
  }

  private void digits() {
    while (isDigit(cursor.peek())) {
      cursor.at++;
    }
  }

  private static Number integer(String number) {
    if (number.length() > 18) {
      return new BigInteger(number);
    }
    long value = Long.parseLong(number);
    return value == (int) value ? (Number) (int) value : (Number) value;
  }

  private Expression list() throws InvalidTemplate {
    int from = cursor.at++;
    List<Expression> items = new ArrayList<>();
    cursor.space();
    if (cursor.took("]")) {
      return new Literals.ListOf(items, "[]");
    }
    items.add(expressions.expression());
    cursor.space();
    if (cursor.took("..")) {
      Expression to = expressions.expression();
      String source = end(']', "range", from);
      return new Literals.Range(items.getFirst(), to, source);
    }
    while (cursor.took(",")) {
      items.add(expressions.expression());
      cursor.space();
    }
    return new Literals.ListOf(List.copyOf(items), end(']', "list", from));
  }

  private Expression map() throws InvalidTemplate {
    int from = cursor.at++;
    List<Expression> names = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    cursor.space();
    if (cursor.took("}")) {
      return new Literals.MapOf(names, values, "{}");
    }
    do {
      names.add(expressions.expression());
      cursor.space();
      cursor.expect(':', "after a name in a map");
      values.add(expressions.expression());
      cursor.space();
    } while (cursor.took(","));
    return new Literals.MapOf(List.copyOf(names), List.copyOf(values), end('}', "map", from));
  }

  private String end(char closing, String what, int from) throws InvalidTemplate {
    cursor.space();
    cursor.expect(closing, "at the end of a " + what);
    return cursor.text.substring(from, cursor.at);
  }
}
