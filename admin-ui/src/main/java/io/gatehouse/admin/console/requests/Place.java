package io.gatehouse.admin.console.requests;

/** Where in the console that is set which decided about a request. */
enum Place {
  APIS,
  /** The API as a whole: its resource policy, endpoint and name. */
  API,
  RESOURCES,
  METHOD,
  STAGE,
  DEPLOYMENTS,
  KEYS,
  PLANS,
  IDENTITIES,
  POOLS,
  FUNCTIONS,
  BACKENDS,
  BACKEND_ACCESS,
  VPC_LINKS,
  /** Nothing is set for it: who else is concerned. */
  ALIKE
}
