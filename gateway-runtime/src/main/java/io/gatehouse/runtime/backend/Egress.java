package io.gatehouse.runtime.backend;

/** By whose word an address may be connected to. */
enum Egress {
  /** The operator has named this very address, so that the guard is not asked. */
  NAMED,
  /** A tenant has: it must be public, or one that the operator lists. */
  GUARDED,
  /** A tenant has, and what is said there must not pass a public network unencrypted. */
  LISTED
}
