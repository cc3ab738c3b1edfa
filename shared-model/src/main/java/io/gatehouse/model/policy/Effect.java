package io.gatehouse.model.policy;

/** What a statement does with the requests that it matches. */
enum Effect {
  ALLOW,
  DENY
}
