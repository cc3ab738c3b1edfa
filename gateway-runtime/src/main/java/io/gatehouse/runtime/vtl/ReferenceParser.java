package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.json.InvalidPath;
import io.gatehouse.runtime.json.JsonPath;
import java.util.ArrayList;
import java.util.List;

/** Reads references. */
final class ReferenceParser {

  private static final int MAX_STEPS = 100;
  private static final int MAX_ARGUMENTS = 16;

  private final Cursor cursor;
  private final ExpressionParser expressions;

  ReferenceParser(Cursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  /** A reference, or null where the {@code $} is but text; then nothing is passed. */
  Reference inText() throws InvalidTemplate {
    int from = cursor.at++;
    boolean quiet = cursor.took("!");
    boolean formal = cursor.took("{");
    String name = cursor.word();
    if (name.isEmpty()) {
      cursor.at = from;
      return null;
    }
    Step[] steps = steps(name);
    if (formal) {
      cursor.expect('}', "at the end of ${" + name);
    }
    if (name.equals("input") && !isParameters(steps)) {
      cursor.compilation.readBody();
    }
    return new Reference(
        cursor.compilation.variable(name, cursor.place(from)),
        Root.of(name),
        steps,
        cursor.text.substring(from, cursor.at),
        quiet,
        formal,
        cursor.place(from));
  }

  Reference inExpression() throws InvalidTemplate {
    Reference reference = inText();
    if (reference == null) {
      throw cursor.invalid("Expected the name of a variable after $");
    }
    return reference;
  }

  /** What can stand on the left of a #set. */
  Reference assignable() throws InvalidTemplate {
    int from = cursor.at;
    if (cursor.peek() != '$') {
      cursor.expect('$', "before the variable of #set");
    }
    Reference reference = inExpression();
    if (!reference.isAssignable()) {
      cursor.at = from;
      throw cursor.invalid("#set cannot set what a method answers");
    }
    return reference;
  }

  private static boolean isParameters(Step[] steps) {
    return steps.length > 0 && steps[0] instanceof Step.Call call && call.name().equals("params");
  }

  private Step[] steps(String variable) throws InvalidTemplate {
    List<Step> steps = new ArrayList<>(4);
    while (true) {
      Step step;
      if (cursor.peek() == '.' && Cursor.isLetter(cursor.peek(1))) {
        cursor.at++;
        step = member();
      } else if (cursor.peek() == '[' && isIndex()) {
        step = index();
      } else {
        return steps.toArray(new Step[0]);
      }
      if (steps.size() == MAX_STEPS) {
        throw cursor.invalid("A reference has at most " + MAX_STEPS + " steps");
      }
      boolean first = steps.isEmpty() && variable.equals("input");
      steps.add(first && step instanceof Step.Call call ? withPath(call) : step);
    }
  }

  private Step member() throws InvalidTemplate {
    String name = cursor.word();
    if (!cursor.took("(")) {
      return new Step.Property(name);
    }
    List<Expression> arguments = new ArrayList<>(2);
    cursor.space();
    while (!cursor.took(")")) {
      if (!arguments.isEmpty()) {
        cursor.expect(',', "or ) after an argument of " + name);
      }
      if (arguments.size() == MAX_ARGUMENTS) {
        throw cursor.invalid("A method has at most " + MAX_ARGUMENTS + " arguments");
      }
      arguments.add(expressions.expression());
      cursor.space();
    }
    return new Step.Call(name, arguments.toArray(new Expression[0]));
  }

  /** Whether a bracket after a reference can be an index; otherwise it is text. */
  private boolean isIndex() {
    int i = 1;
    while (cursor.peek(i) == ' ') {
      i++;
    }
    char c = cursor.peek(i);
    return c == '$' || c == '"' || c == '\'' || c == '-' || (c >= '0' && c <= '9');
  }

  private Step index() throws InvalidTemplate {
    cursor.at++;
    Expression key = expressions.expression();
    cursor.space();
    cursor.expect(']', "after an index");
    return new Step.Index(key);
  }

  /** A path written as it is needs not be read for every request. */
  private Step withPath(Step.Call call) throws InvalidTemplate {
    boolean asJson = call.name().equals("json");
    if ((asJson || call.name().equals("path"))
        && call.arguments().length == 1
        && call.arguments()[0] instanceof Literals.Constant(Object value, String source)
        && value instanceof String path) {
      try {
        return new Step.ReadPath(asJson, JsonPath.compile(path), call);
      } catch (InvalidPath e) {
        throw cursor.invalid("$input." + call.name() + "(" + source + "): " + e.getMessage());
      }
    }
    return call;
  }
}
