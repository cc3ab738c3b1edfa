package io.gatehouse.runtime.vtl;

/** A piece of a template that has a value. */
interface Expression {

  /** The value, null for none. */
  Object value(Rendering r);

  /** Whether the value counts as true in a condition. A literal other than true does not. */
  default boolean holds(Rendering r) {
    return false;
  }

  /** As it is written, which is what a macro prints for an argument without a value. */
  default String source() {
    return "";
  }
}
