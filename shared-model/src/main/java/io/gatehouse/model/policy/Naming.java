package io.gatehouse.model.policy;

/**
 * How closely a statement's Principal names who calls, from not at all to most closely. Within an
 * account that decides how much a resource-based policy allows by itself: naming the account hands
 * the question on to its identity-based policies, naming a role stays within the boundary and the
 * session's policy, naming the caller or everybody asks for no other policy. Imitates the page
 * "Policy evaluation for requests within a single account".
 */
enum Naming {
  NOBODY,
  ACCOUNT,
  ROLE,
  CALLER
}
