package io.gatehouse.runtime.json;

import java.math.BigDecimal;

/** The text of a path, and how far it has been read. */
final class PathText {

  private final String text;
  private int at;

  PathText(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** The next character; 0 at the end. */
  char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  boolean took(char c) {
    if (peek() == c && !atEnd()) {
      at++;
      return true;
    }
    return false;
  }

  boolean took(String word) {
    if (text.startsWith(word, at)) {
      at += word.length();
      return true;
    }
    return false;
  }

  void expect(char c) {
    if (!took(c)) {
      throw wrong("" + c);
    }
  }

  void space() {
    while (peek() == ' ') {
      at++;
    }
  }

  boolean isLetter() {
    char c = peek();
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  String word() {
    int from = at;
    while (isLetter()) {
      at++;
    }
    return text.substring(from, at);
  }

  /** A member's name in dot notation: all up to what ends it. */
  String name() {
    int from = at;
    while (!atEnd() && ".[]()=<>!&|,'\" @*?\n\t".indexOf(peek()) < 0) {
      at++;
    }
    if (at == from) {
      throw wrong("a name");
    }
    return text.substring(from, at);
  }

  /** The name of the function called here, or null if here is no {@code name()}. */
  String call() {
    int from = at;
    String name = word();
    if (!name.isEmpty() && took('(')) {
      space();
      expect(')');
      return name;
    }
    at = from;
    return null;
  }

  String quoted() {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw wrong("a quoted name");
    }
    at++;
    StringBuilder name = new StringBuilder();
    while (!atEnd() && peek() != quote) {
      if (peek() == '\\' && at + 1 < text.length()) {
        at++;
      }
      name.append(text.charAt(at++));
    }
    expect(quote);
    return name.toString();
  }

  int integer() {
    int from = at;
    took('-');
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    try {
      return Integer.parseInt(text, from, at, 10);
    } catch (NumberFormatException e) {
      at = from;
      throw wrong("a place");
    }
  }

  Number number() {
    int from = at;
    while (!atEnd() && "+-.eE0123456789".indexOf(peek()) >= 0) {
      at++;
    }
    String number = text.substring(from, at);
    try {
      if (number.length() < 10
          && number.indexOf('.') < 0
          && number.indexOf('e') < 0
          && number.indexOf('E') < 0) {
        return Integer.valueOf(number);
      }
      BigDecimal value = new BigDecimal(number);
      if (Math.abs((long) value.scale()) <= JsonPath.MAX_LENGTH) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    at = from;
    throw wrong("a number");
  }

  InvalidPath wrong(String expected) {
    String found = atEnd() ? "it ends" : "there is " + peek();
    return new InvalidPath(
        "Expected " + expected + " at character " + (at + 1) + " of the path, but " + found);
  }
}
