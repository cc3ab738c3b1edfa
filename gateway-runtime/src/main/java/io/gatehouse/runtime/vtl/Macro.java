package io.gatehouse.runtime.vtl;

/** A macro: the variables that stand for its arguments, and its body. */
final class Macro {

  int[] parameters;
  Block body;
}
