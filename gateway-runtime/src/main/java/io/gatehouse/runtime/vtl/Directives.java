package io.gatehouse.runtime.vtl;

import java.util.List;

/** The directives, and the text between them. */
final class Directives {

  private Directives() {}

  /** Text that stays as it is. */
  record Text(String text) implements Node {
    @Override
    public Flow render(Rendering r, Output out) {
      out.append(text);
      return Flow.NEXT;
    }
  }

  /** {@code #break}, {@code #stop}. */
  record Jump(Flow flow) implements Node {
    @Override
    public Flow render(Rendering r, Output out) {
      return flow;
    }
  }

  /** {@code #set}: a null on the right leaves the left as it is, as Velocity 1.7 does. */
  record Set(Reference target, Expression value, int at) implements Node {
    @Override
    public Flow render(Rendering r, Output out) {
      r.at = at;
      Object v = value.value(r);
      if (v != null) {
        target.assign(v, r);
      }
      return Flow.NEXT;
    }
  }

  /** One {@code #if}, {@code #elseif} or {@code #else}, whose condition is null. */
  record Branch(Expression condition, Block body, int at) {}

  /** {@code #if} with all that belongs to it. */
  record If(List<Branch> branches) implements Node {
    @Override
    public Flow render(Rendering r, Output out) {
      for (int i = 0; i < branches.size(); i++) {
        Branch branch = branches.get(i);
        r.budget.spend(1);
        r.at = branch.at;
        if (branch.condition == null || branch.condition.holds(r)) {
          return branch.body.render(r, out);
        }
      }
      return Flow.NEXT;
    }
  }

  /** A macro called: its arguments are evaluated where its body reads them. */
  record Call(Macro macro, Expression[] arguments, String source, int at) implements Node {
    @Override
    public Flow render(Rendering r, Output out) {
      if (macro.body == null) {
        out.append(source);
        return Flow.NEXT;
      }
      r.at = at;
      r.recur();
      r.frame = new Frame(r.frame, macro.parameters, arguments);
      Flow flow = macro.body.render(r, out);
      r.frame = r.frame.caller;
      r.returned();
      return flow == Flow.BREAK ? Flow.NEXT : flow;
    }
  }

  /** {@code #define}: the block is rendered wherever the variable is printed. */
  record Define(int variable, Definition definition) implements Node {
    @Override
    public Flow render(Rendering r, Output out) {
      r.set(variable, definition);
      return Flow.NEXT;
    }
  }

  /** A defined block as a value. */
  record Definition(Block body) {
    void print(Rendering r, Output out) {
      r.recur();
      body.render(r, out);
      r.returned();
    }

    @Override
    public String toString() {
      return "";
    }
  }
}
