package io.gatehouse.runtime.pattern;

import io.gatehouse.runtime.budget.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is put in a match's place: text, and references to what groups have captured. */
final class Replacement {

  private final List<Part> parts = new ArrayList<>();
  private final String source;
  private final int groups;
  private final Map<String, Integer> names;

  private sealed interface Part {}

  private record Literal(String text) implements Part {}

  private record Reference(int group) implements Part {}

  private Replacement(String source, int groups, Map<String, Integer> names) {
    this.source = source;
    this.groups = groups;
    this.names = names;
  }

  /**
   * @param groups how many capture, the whole being one
   * @throws InvalidReplacement
   */
  static Replacement read(String source, int groups, Map<String, Integer> names) {
    var replacement = new Replacement(source, groups, names);
    replacement.read();
    return replacement;
  }

  void append(StringBuilder to, Execution match, Budget budget) {
    for (var part : parts) {
      switch (part) {
        case Literal(var text) -> {
          budget.spend(1 + text.length());
          to.append(text);
        }
        case Reference(var group) -> {
          var start = match.start(group);
          budget.spend(1 + match.end(group) - start);
          if (start >= 0) {
            to.append(match.text(), start, match.end(group));
          }
        }
      }
    }
  }

  private void read() {
    var text = new StringBuilder();
    for (int i = 0; i < source.length(); ) {
      var c = source.charAt(i);
      if (c == '\\') {
        if (i + 1 == source.length()) {
          throw new InvalidReplacement("a replacement ends in a backslash");
        }
        text.append(source.charAt(i + 1));
        i += 2;
      } else if (c == '$') {
        flush(text);
        i = reference(i + 1);
      } else {
        text.append(c);
        i++;
      }
    }
    flush(text);
  }

  private void flush(StringBuilder text) {
    if (!text.isEmpty()) {
      parts.add(new Literal(text.toString()));
      text.setLength(0);
    }
  }

  private int reference(int at) {
    if (at < source.length() && source.charAt(at) == '{') {
      return named(at + 1);
    }
    if (at == source.length() || !isDigit(source.charAt(at))) {
      throw new InvalidReplacement("a $ in a replacement is followed by no group");
    }
    var number = source.charAt(at) - '0';
    if (number >= groups) {
      throw new InvalidReplacement("the pattern has no group " + number);
    }
    var i = at + 1;
    while (i < source.length() && isDigit(source.charAt(i))) {
      var longer = number * 10 + source.charAt(i) - '0';
      if (longer >= groups) {
        break;
      }
      number = longer;
      i++;
    }
    parts.add(new Reference(number));
    return i;
  }

  private int named(int at) {
    var close = source.indexOf('}', at);
    var number = close < 0 ? null : names.get(source.substring(at, close));
    if (number == null) {
      throw new InvalidReplacement("the pattern has no group of the name a ${ asks for");
    }
    parts.add(new Reference(number));
    return close + 1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
