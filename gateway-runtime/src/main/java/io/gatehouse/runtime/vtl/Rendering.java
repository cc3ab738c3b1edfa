package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.json.InvalidPath;
import io.gatehouse.runtime.json.JsonPath;
import io.gatehouse.runtime.vtl.TemplateFailure.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/** One rendering of a template: its variables, and what it has used up of its bounds. */
final class Rendering {

  final Scope scope;
  final Budget budget;
  final Patterns patterns;

  /** Where in the template we are, for what may have to be said about it. */
  int at;

  /** The innermost macro being rendered, or null. */
  Frame frame;

  /** The innermost #foreach, or null. */
  Loop loop;

  final int foreach;
  final int velocityCount;
  final int velocityHasNext;
  private final Compilation compilation;
  private final Object[] variables;
  private Map<String, Object> params;
  private int depth;
  private int recursion;
  private int characters;
  private int entries;

  Rendering(Compilation compilation, Scope scope, Budget budget) {
    this.compilation = compilation;
    this.scope = scope;
    this.budget = budget;
    this.patterns = compilation.patterns;
    this.variables = new Object[compilation.variables()];
    this.foreach = compilation.known("foreach");
    this.velocityCount = compilation.known("velocityCount");
    this.velocityHasNext = compilation.known("velocityHasNext");
  }

  /** What a variable holds, null for nothing. */
  Object get(int variable) {
    for (Frame f = frame; f != null; f = f.caller) {
      budget.spend(1);
      int argument = f.argument(variable);
      if (argument >= 0) {
        return f.value(argument, this);
      }
    }
    return variables[variable];
  }

  /** Sets a variable, here and in every macro on the way that has an argument of its name. */
  void set(int variable, Object value) {
    for (Frame f = frame; f != null; f = f.caller) {
      int argument = f.argument(variable);
      if (argument >= 0) {
        f.set(argument, value);
      }
    }
    variables[variable] = value;
  }

  /** As written by the caller of the macro whose argument the variable is, or null. */
  String argumentSource(int variable) {
    for (Frame f = frame; f != null; f = f.caller) {
      int argument = f.argument(variable);
      if (argument >= 0) {
        return f.source(argument);
      }
    }
    return null;
  }

  /** Goes one level deeper. */
  void enter() {
    if (++depth > Limits.DEPTH) {
      throw failure(Kind.TOO_DEEP, "The template is nested too deeply");
    }
  }

  void leave() {
    depth--;
  }

  /** Goes into a macro, a definition or a rendered string. */
  void recur() {
    enter();
    if (++recursion > Limits.RECURSION) {
      throw failure(
          Kind.TOO_DEEP,
          "Macros, definitions and strings call each other more than "
              + Limits.RECURSION
              + " deep");
    }
  }

  void returned() {
    leave();
    recursion--;
  }

  /** Pays for characters about to be made; copying is cheaper than looking. */
  void characters(int more) {
    budget.spend(1 + (more >> 4));
    characters += more;
    if (characters > Limits.ALL_TEXT) {
      throw failure(
          Kind.VALUE_TOO_LARGE, "The template makes more than " + Limits.ALL_TEXT + " characters");
    }
  }

  /** A string that a method made, paid for and within its bound. */
  String made(String text) {
    if (text.length() > Limits.TEXT) {
      throw failure(Kind.VALUE_TOO_LARGE, "A string has at most " + Limits.TEXT + " characters");
    }
    characters(text.length());
    return text;
  }

  /** Pays for elements about to be put into a list or a map. */
  void entries(int more) {
    budget.spend(1 + (long) more);
    entries += more;
    if (entries > Limits.ENTRIES || entries < 0) {
      throw failure(
          Kind.VALUE_TOO_LARGE,
          "The template puts more than " + Limits.ENTRIES + " elements into lists and maps");
    }
  }

  /** Pays for a list made of what is there already; what it holds costs no more memory. */
  void copied(int elements) {
    budget.spend(1 + 2L * elements);
    if (elements > Limits.ENTRIES) {
      throw failure(Kind.VALUE_TOO_LARGE, "A list has at most " + Limits.ENTRIES + " elements");
    }
  }

  /** The maps of {@code $input.params()}, the same each time. */
  Map<String, Object> params() {
    if (params == null) {
      Input input = scope.input();
      copied(input.path().size() + input.querystring().size() + input.header().size());
      params = new LinkedHashMap<>();
      params.put("path", new LinkedHashMap<Object, Object>(input.path()));
      params.put("querystring", new LinkedHashMap<Object, Object>(input.querystring()));
      params.put("header", new LinkedHashMap<Object, Object>(input.header()));
    }
    return params;
  }

  JsonPath path(String path) {
    budget.spend(path.length());
    try {
      return JsonPath.compile(path);
    } catch (InvalidPath e) {
      throw failure(Kind.INVALID_PATH, e.getMessage());
    }
  }

  TemplateFailure failure(Kind kind, String sentence) {
    return new TemplateFailure(kind, sentence, compilation.line(at), compilation.column(at));
  }
}
