package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.Literals.Constant;
import io.gatehouse.runtime.vtl.Operators.Comparator;
import io.gatehouse.runtime.vtl.Operators.Comparison;
import io.gatehouse.runtime.vtl.Operators.Term;
import java.util.ArrayList;
import java.util.List;

/** Reads expressions, by precedence. */
final class ExpressionParser {

  private final Cursor cursor;
  private final int blockDepth;
  private final LiteralParser literals;

  /** How deep in expressions we are. */
  private int depth;

  ExpressionParser(Cursor cursor, int blockDepth, int depth) {
    this.cursor = cursor;
    this.blockDepth = blockDepth;
    this.depth = depth;
    this.literals = new LiteralParser(cursor, this);
  }

  ReferenceParser references() {
    return new ReferenceParser(cursor, this);
  }

  /** A string rendered itself, as deep as we are here. */
  TemplateParser within(Cursor string) {
    return new TemplateParser(string, blockDepth, depth + 1);
  }

  Expression expression() throws InvalidTemplate {
    deeper();
    List<Expression> any = new ArrayList<>(1);
    do {
      any.add(conjunction());
    } while (operator("||", "or"));
    depth--;
    return any.size() == 1 ? any.getFirst() : new Operators.Or(List.copyOf(any));
  }

  private void deeper() throws InvalidTemplate {
    if (++depth > Limits.EXPRESSIONS) {
      throw cursor.invalid("Expressions are nested at most " + Limits.EXPRESSIONS + " deep");
    }
  }

  private Expression conjunction() throws InvalidTemplate {
    List<Expression> all = new ArrayList<>(1);
    do {
      all.add(equality());
    } while (operator("&&", "and"));
    return all.size() == 1 ? all.getFirst() : new Operators.And(List.copyOf(all));
  }

  private Expression equality() throws InvalidTemplate {
    Expression first = relation();
    List<Comparison> rest = new ArrayList<>(1);
    while (true) {
      Comparator operator =
          operator("==", "eq")
              ? Comparator.EQUAL
              : operator("!=", "ne") ? Comparator.UNEQUAL : null;
      if (operator == null) {
        return rest.isEmpty() ? first : new Operators.Comparisons(first, List.copyOf(rest));
      }
      rest.add(new Comparison(operator, relation()));
    }
  }

  private Expression relation() throws InvalidTemplate {
    Expression first = sum();
    List<Comparison> rest = new ArrayList<>(1);
    while (true) {
      Comparator operator =
          operator("<=", "le")
              ? Comparator.AT_MOST
              : operator(">=", "ge")
                  ? Comparator.AT_LEAST
                  : operator("<", "lt")
                      ? Comparator.LESS
                      : operator(">", "gt") ? Comparator.MORE : null;
      if (operator == null) {
        return rest.isEmpty() ? first : new Operators.Comparisons(first, List.copyOf(rest));
      }
      rest.add(new Comparison(operator, sum()));
    }
  }

  private Expression sum() throws InvalidTemplate {
    Expression first = product();
    List<Term> rest = new ArrayList<>(1);
    cursor.space();
    while (cursor.peek() == '+' || cursor.peek() == '-') {
      char operator = cursor.peek();
      cursor.at++;
      rest.add(new Term(operator, product()));
      cursor.space();
    }
    return rest.isEmpty() ? first : new Operators.Calculation(first, List.copyOf(rest));
  }

  private Expression product() throws InvalidTemplate {
    Expression first = operand();
    List<Term> rest = new ArrayList<>(1);
    cursor.space();
    while (cursor.peek() == '*' || cursor.peek() == '/' || cursor.peek() == '%') {
      char operator = cursor.peek();
      cursor.at++;
      rest.add(new Term(operator, operand()));
      cursor.space();
    }
    return rest.isEmpty() ? first : new Operators.Calculation(first, List.copyOf(rest));
  }

  /** What stands between two operators, or is an argument of a macro. */
  Expression operand() throws InvalidTemplate {
    cursor.space();
    char c = cursor.peek();
    if (c == '$') {
      return references().inExpression();
    }
    if (c == '!' || isWord("not")) {
      cursor.at += c == '!' ? 1 : 3;
      deeper();
      Expression operand = operand();
      depth--;
      return new Operators.Not(operand);
    }
    if (cursor.took("(")) {
      Expression inner = expression();
      cursor.space();
      cursor.expect(')', "in an expression");
      return inner;
    }
    return Cursor.isLetter(c) ? word() : literals.literal();
  }

  private Expression word() throws InvalidTemplate {
    int from = cursor.at;
    String word = cursor.word();
    switch (word) {
      case "true", "false" -> {
        return new Constant(Boolean.valueOf(word), word);
      }
      case "null" -> {
        return new Constant(null, word);
      }
      default -> {
        cursor.at = from;
        throw cursor.invalid("Expected a value, but there is the word " + word);
      }
    }
  }

  private boolean operator(String sign, String word) {
    cursor.space();
    if (cursor.startsWith(sign)) {
      cursor.at += sign.length();
      return true;
    }
    if (isWord(word)) {
      cursor.at += word.length();
      return true;
    }
    return false;
  }

  private boolean isWord(String word) {
    if (!cursor.startsWith(word)) {
      return false;
    }
    int from = cursor.at;
    boolean is = cursor.word().equals(word);
    cursor.at = from;
    return is;
  }
}
