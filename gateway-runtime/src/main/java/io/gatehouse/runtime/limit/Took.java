package io.gatehouse.runtime.limit;

/** What became of an attempt to take one from what a node holds. */
enum Took {
  /** There was one. */
  TAKEN,
  /** There was one, and so few are left that it is time to ask for more. */
  TAKEN_LOW,
  /** There is none, and the owner's word is needed. */
  UNKNOWN,
  /** There is none in the cluster. */
  NONE,
  /** The owner has no word. */
  UNREACHABLE
}
