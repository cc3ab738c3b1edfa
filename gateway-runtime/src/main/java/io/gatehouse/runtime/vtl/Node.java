package io.gatehouse.runtime.vtl;

/** A piece of a template that can be rendered. */
interface Node {

  /** Renders, and says how to go on. */
  Flow render(Rendering r, Output out);
}
