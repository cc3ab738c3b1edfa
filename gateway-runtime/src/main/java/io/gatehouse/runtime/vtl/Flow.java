package io.gatehouse.runtime.vtl;

/** How rendering goes on after a node. */
enum Flow {
  NEXT,
  /** Out of the innermost #foreach. */
  BREAK,
  /** Out of the template. */
  STOP
}
