package io.gatehouse.runtime.vtl;

/**
 * A text being compiled and how far it has been read: a template, or a string in one that is
 * rendered itself.
 */
final class Cursor {

  final Compilation compilation;
  final String text;

  /** Where in the template the text begins. */
  private final int base;

  int at;

  Cursor(Compilation compilation, String text, int base, int at) {
    this.compilation = compilation;
    this.text = text;
    this.base = base;
    this.at = at;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The next character; 0 at the end. */
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
  }

  boolean startsWith(String word) {
    return text.startsWith(word, at);
  }

  boolean took(String word) {
    if (startsWith(word)) {
      at += word.length();
      return true;
    }
    return false;
  }

  void expect(char c, String where) throws InvalidTemplate {
    if (peek() != c || atEnd()) {
      String found = atEnd() ? "the template ends" : "there is " + peek();
      throw invalid("Expected " + c + " " + where + ", but " + found);
    }
    at++;
  }

  /** Passes white space, new lines too. */
  void space() {
    while (!atEnd() && " \t\r\n".indexOf(peek()) >= 0) {
      at++;
    }
  }

  /** Passes the rest of a line if nothing is on it. */
  void endOfLine() {
    int end = at;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    if (text.startsWith("\r\n", end)) {
      at = end + 2;
    } else if (end < text.length() && (text.charAt(end) == '\n' || text.charAt(end) == '\r')) {
      at = end + 1;
    }
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isWordCharacter(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '-';
  }

  /** An identifier, empty for none. */
  String word() {
    int from = at;
    if (isLetter(peek())) {
      while (isWordCharacter(peek())) {
        at++;
      }
    }
    return text.substring(from, at);
  }

  /** The name after a {@code #}, in braces or without; null for none, and nothing is passed. */
  String directive() {
    int from = at;
    at++;
    boolean braces = took("{");
    String name = word();
    if (name.isEmpty() || (braces && !took("}"))) {
      at = from;
      return null;
    }
    return name;
  }

  /** Passes an opening parenthesis and the white space around it, if there is one. */
  boolean tookOpening() {
    int from = at;
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
    if (took("(")) {
      space();
      return true;
    }
    at = from;
    return false;
  }

  /** The place in the template. */
  int place() {
    return place(at);
  }

  int place(int at) {
    return base + at;
  }

  InvalidTemplate invalid(String sentence) {
    return compilation.invalid(sentence, place());
  }
}
