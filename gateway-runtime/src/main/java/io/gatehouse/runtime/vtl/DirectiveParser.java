package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.Directives.Branch;
import java.util.ArrayList;
import java.util.List;

/** Reads the directives that make up a node. */
final class DirectiveParser {

  private final Cursor cursor;
  private final TemplateParser template;

  DirectiveParser(Cursor cursor, TemplateParser template) {
    this.cursor = cursor;
    this.template = template;
  }

  /** Whether a name after {@code #} is a directive's or a macro's. */
  boolean knows(String name) {
    return switch (name) {
      case "set", "if", "elseif", "else", "end", "foreach", "macro", "define", "break", "stop" ->
          true;
      case "parse", "include", "evaluate" -> true;
      default -> cursor.compilation.macro(name) != null;
    };
  }

  /**
   * The directive whose name has been passed; null when it is but text.
   *
   * @param hash where it begins
   */
  Node directive(String name, int hash) throws InvalidTemplate {
    return switch (name) {
      case "set" -> set(hash);
      case "if" -> conditional(hash);
      case "foreach" -> foreach(hash);
      case "macro" -> macro();
      case "define" -> define();
      case "break" -> new Directives.Jump(Flow.BREAK);
      case "stop" -> new Directives.Jump(Flow.STOP);
      case "parse", "include", "evaluate" -> {
        cursor.at = hash;
        throw cursor.invalid("#" + name + " is not available in mapping templates");
      }
      default -> call(name, hash);
    };
  }

  private Node set(int hash) throws InvalidTemplate {
    if (!cursor.tookOpening()) {
      return null;
    }
    Reference target = template.expressions().references().assignable();
    cursor.space();
    cursor.expect('=', "after what #set sets");
    Expression value = template.expressions().expression();
    close("#set");
    return new Directives.Set(target, value, cursor.place(hash));
  }

  private Node conditional(int hash) throws InvalidTemplate {
    List<Branch> branches = new ArrayList<>();
    branches.add(branch("#if", hash));
    while (!template.ending().equals("end")) {
      Branch last = branches.getLast();
      if (last.condition() == null) {
        throw cursor.invalid("#else is the last before #end");
      }
      if (branches.size() > Limits.VARIABLES) {
        throw cursor.invalid("An #if has too many #elseif");
      }
      int at = cursor.at;
      branches.add(
          template.ending().equals("elseif")
              ? branch("#elseif", at)
              : new Branch(null, body("#else", at), cursor.place(at)));
    }
    return new Directives.If(List.copyOf(branches));
  }

  private Branch branch(String name, int at) throws InvalidTemplate {
    open(name);
    Expression condition = template.expressions().expression();
    close(name);
    return new Branch(condition, body(name, at), cursor.place(at));
  }

  private Block body(String name, int at) throws InvalidTemplate {
    Block block = template.block();
    if (template.ending() == null) {
      cursor.at = at;
      throw cursor.invalid(name + " has no #end");
    }
    return block;
  }

  /** A block that only #end can end. */
  private Block whole(String name, int at) throws InvalidTemplate {
    Block block = body(name, at);
    if (!template.ending().equals("end")) {
      throw cursor.invalid("#" + template.ending() + " belongs to no #if");
    }
    return block;
  }

  private Node foreach(int hash) throws InvalidTemplate {
    open("#foreach");
    int variable = variable("#foreach");
    cursor.space();
    if (!cursor.word().equals("in")) {
      throw cursor.invalid("Expected in after the variable of #foreach");
    }
    Expression list = template.expressions().expression();
    close("#foreach");
    return new Foreach(variable, list, whole("#foreach", hash), cursor.place(hash));
  }

  /** Renders as nothing: the macro is there from the beginning. Of two the first counts. */
  private Node macro() throws InvalidTemplate {
    int at = cursor.at;
    open("#macro");
    String name = cursor.word();
    if (name.isEmpty()) {
      throw cursor.invalid("Expected the name of the macro");
    }
    List<Integer> parameters = new ArrayList<>();
    cursor.space();
    while (cursor.peek() == '$' || cursor.took(",")) {
      cursor.space();
      parameters.add(variable("#macro"));
      cursor.space();
    }
    close("#macro");
    Macro macro = cursor.compilation.defined(name);
    Block body = whole("#macro", at);
    if (macro.body == null) {
      macro.parameters = parameters.stream().mapToInt(Integer::intValue).toArray();
      macro.body = body;
    }
    return new Block(List.of());
  }

  private Node define() throws InvalidTemplate {
    int at = cursor.at;
    open("#define");
    int variable = variable("#define");
    close("#define");
    return new Directives.Define(variable, new Directives.Definition(whole("#define", at)));
  }

  private Node call(String name, int hash) throws InvalidTemplate {
    if (!cursor.tookOpening()) {
      return null;
    }
    List<Expression> arguments = new ArrayList<>();
    while (cursor.peek() != ')') {
      if (arguments.size() == 64) {
        throw cursor.invalid("A macro has at most 64 arguments");
      }
      arguments.add(template.expressions().operand());
      cursor.space();
      if (cursor.took(",")) {
        cursor.space();
      }
    }
    String source = cursor.text.substring(hash, cursor.at + 1);
    close("#" + name);
    return new Directives.Call(
        cursor.compilation.macro(name),
        arguments.toArray(new Expression[0]),
        source,
        cursor.place(hash));
  }

  private int variable(String directive) throws InvalidTemplate {
    cursor.expect('$', "before the variable of " + directive);
    cursor.took("!");
    boolean braces = cursor.took("{");
    String name = cursor.word();
    if (name.isEmpty()) {
      throw cursor.invalid("Expected the name of the variable of " + directive);
    }
    if (braces) {
      cursor.expect('}', "after the variable of " + directive);
    }
    return cursor.compilation.variable(name, cursor.place());
  }

  private void open(String directive) throws InvalidTemplate {
    if (!cursor.tookOpening()) {
      cursor.expect('(', "after " + directive);
    }
  }

  /** The closing parenthesis, and the rest of its line if nothing is on it. */
  private void close(String directive) throws InvalidTemplate {
    cursor.space();
    cursor.expect(')', "at the end of " + directive);
    cursor.endOfLine();
  }
}
