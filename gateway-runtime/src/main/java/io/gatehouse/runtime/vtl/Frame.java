package io.gatehouse.runtime.vtl;

/**
 * The arguments of a macro being rendered, by name: an argument is evaluated where the macro was
 * called, each time its variable is read, until the variable is set.
 */
final class Frame {

  final Frame caller;
  private final int[] parameters;
  private final Expression[] arguments;
  private final Object[] set;

  Frame(Frame caller, int[] parameters, Expression[] arguments) {
    this.caller = caller;
    this.parameters = parameters;
    this.arguments = arguments;
    this.set = new Object[parameters.length];
  }

  /** The number of the argument that a variable stands for, or -1. */
  int argument(int variable) {
    for (int i = 0; i < parameters.length && i < arguments.length; i++) {
      if (parameters[i] == variable) {
        return i;
      }
    }
    return -1;
  }

  Object value(int argument, Rendering r) {
    if (set[argument] != null) {
      return set[argument];
    }
    Frame here = r.frame;
    r.enter();
    r.frame = caller;
    Object value = arguments[argument].value(r);
    r.frame = here;
    r.leave();
    return value;
  }

  void set(int argument, Object value) {
    set[argument] = value;
  }

  String source(int argument) {
    return arguments[argument].source();
  }
}
