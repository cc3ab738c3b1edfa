package io.gatehouse.runtime.vtl;

/**
 * {@code $a.b(c)[d]}. Without a value it prints as it is written, unless it is quiet or what it
 * asks for is the vendor's.
 */
final class Reference implements Node, Expression {

  private final int variable;
  private final Root root;
  private final Step[] steps;
  private final String source;
  private final boolean quiet;
  private final boolean formal;
  private final int at;

  /**
   * @param source as written, without backslashes before it
   * @param quiet written {@code $!}
   * @param formal written in braces
   */
  Reference(
      int variable, Root root, Step[] steps, String source, boolean quiet, boolean formal, int at) {
    this.variable = variable;
    this.root = root;
    this.steps = steps;
    this.source = source;
    this.quiet = quiet;
    this.formal = formal;
    this.at = at;
  }

  @Override
  public Flow render(Rendering r, Output out) {
    Object value = value(r);
    if (value != null) {
      r.at = at;
      Printer.print(value, r, out);
    } else if (!quiet) {
      out.append(undefined(r));
    }
    return Flow.NEXT;
  }

  /** An argument of a macro prints as the macro's caller wrote it (Velocity 1.7). */
  private String undefined(Rendering r) {
    if (r.frame != null && steps.length == 0 && !formal) {
      String argument = r.argumentSource(variable);
      return argument == null ? source : argument;
    }
    return source;
  }

  @Override
  public Object value(Rendering r) {
    r.budget.spend(1);
    r.at = at;
    Object value = variable(r);
    if (steps.length == 0 || value == null) {
      return value;
    }
    Object first = value;
    r.enter();
    for (int i = 0; i < steps.length && value != null; i++) {
      r.budget.spend(1);
      value = steps[i].of(value, r);
      r.at = at;
      if (value == null && i > 0 && first instanceof Root) {
        value = Nothing.NOTHING;
      }
    }
    r.leave();
    return value;
  }

  private Object variable(Rendering r) {
    Object value = r.get(variable);
    return value == null ? root : value;
  }

  @Override
  public boolean holds(Rendering r) {
    return Values.isTrue(value(r));
  }

  @Override
  public String source() {
    return source;
  }

  /** Whether #set can write to it: a variable, a property or an index. */
  boolean isAssignable() {
    return steps.length == 0
        || steps[steps.length - 1] instanceof Step.Property
        || steps[steps.length - 1] instanceof Step.Index;
  }

  /** Sets what the reference speaks of; where nothing can be set, nothing is. */
  void assign(Object value, Rendering r) {
    if (steps.length == 0) {
      r.set(variable, value);
      return;
    }
    Object target = variable(r);
    for (int i = 0; i < steps.length - 1 && target != null; i++) {
      r.budget.spend(1);
      target = steps[i].of(target, r);
    }
    r.at = at;
    switch (steps[steps.length - 1]) {
      case Step.Property(String name) -> Members.assign(target, name, value, r);
      case Step.Index(Expression key) -> Members.assign(target, key.value(r), value, r);
      default -> throw new IllegalStateException("the parser lets no call be assigned to");
    }
  }
}
