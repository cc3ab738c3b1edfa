package io.gatehouse.runtime.json;

import io.gatehouse.runtime.json.Condition.Comparison;
import io.gatehouse.runtime.json.Condition.Operand;
import io.gatehouse.runtime.json.Condition.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what stands in the parentheses of a filter. */
final class ConditionParser {

  private static final int MAX_DEPTH = 24;

  private final PathText text;

  ConditionParser(PathText text) {
    this.text = text;
  }

  Condition condition(int depth) {
    if (depth > MAX_DEPTH) {
      throw new InvalidPath("A filter is nested at most " + MAX_DEPTH + " deep");
    }
    List<Condition> any = new ArrayList<>();
    do {
      any.add(conjunction(depth));
      text.space();
    } while (text.took("||"));
    return any.size() == 1 ? any.getFirst() : new Condition.Or(List.copyOf(any));
  }

  private Condition conjunction(int depth) {
    List<Condition> all = new ArrayList<>();
    do {
      all.add(single(depth));
      text.space();
    } while (text.took("&&"));
    return all.size() == 1 ? all.getFirst() : new Condition.And(List.copyOf(all));
  }

  private Condition single(int depth) {
    text.space();
    if (text.took('!')) {
      if (depth > MAX_DEPTH) {
        throw new InvalidPath("A filter is nested at most " + MAX_DEPTH + " deep");
      }
      return new Condition.Not(single(depth + 1));
    }
    if (text.took('(')) {
      Condition inner = condition(depth + 1);
      text.space();
      text.expect(')');
      return inner;
    }
    Operand left = operand(depth);
    Operator operator = operator();
    if (operator != null) {
      return new Comparison(left, operator, operand(depth));
    }
    if (left instanceof Operand.Path path) {
      return new Condition.Exists(path);
    }
    throw text.wrong("a comparison");
  }

  private Operator operator() {
    text.space();
    if (text.took("=~")) {
      throw new InvalidPath("The operator =~ is not supported in a filter");
    }
    if (text.took("==")) {
      text.took('=');
      return Operator.EQUAL;
    }
    if (text.took("!=")) {
      text.took('=');
      return Operator.UNEQUAL;
    }
    if (text.took("<=")) {
      return Operator.AT_MOST;
    }
    if (text.took(">=")) {
      return Operator.AT_LEAST;
    }
    if (text.took('<')) {
      return Operator.LESS;
    }
    if (text.took('>')) {
      return Operator.MORE;
    }
    return text.isLetter() ? named(text.word()) : null;
  }

  private Operator named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "in" -> Operator.IN;
      case "nin" -> Operator.NOT_IN;
      case "contains" -> Operator.CONTAINS;
      case "size" -> Operator.SIZE;
      case "empty" -> Operator.EMPTY;
      default -> throw new InvalidPath("The operator " + word + " is not supported in a filter");
    };
  }

  private Operand operand(int depth) {
    text.space();
    if (text.took('@')) {
      return new Operand.Path(PathParser.rest(text, new ArrayList<>(), depth), false);
    }
    if (text.took('$')) {
      return new Operand.Path(PathParser.rest(text, new ArrayList<>(), depth), true);
    }
    return new Operand.Literal(literal(depth));
  }

  private Object literal(int depth) {
    text.space();
    char c = text.peek();
    if (c == '\'' || c == '"') {
      return text.quoted();
    }
    if (c == '[') {
      return list(depth);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return text.number();
    }
    if (!text.isLetter()) {
      throw text.wrong("a value");
    }
    String word = text.word();
    return switch (word) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      case "null" -> null;
      default -> throw new InvalidPath("The word " + word + " is no value in a filter");
    };
  }

  private List<Object> list(int depth) {
    if (depth > MAX_DEPTH) {
      throw new InvalidPath("A filter is nested at most " + MAX_DEPTH + " deep");
    }
    List<Object> values = new ArrayList<>();
    text.expect('[');
    text.space();
    if (text.took(']')) {
      return values;
    }
    do {
      values.add(literal(depth + 1));
      text.space();
    } while (text.took(','));
    text.expect(']');
    return values;
  }
}
