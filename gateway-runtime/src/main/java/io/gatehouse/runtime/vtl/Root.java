package io.gatehouse.runtime.vtl;

/** The objects that the vendor gives a template; none of them prints anything. */
enum Root {
  INPUT,
  UTIL,
  CONTEXT,
  STAGE_VARIABLES,
  REQUEST_OVERRIDE,
  RESPONSE_OVERRIDE;

  /** The one that a variable stands for until it is set, or null. */
  static Root of(String variable) {
    return switch (variable) {
      case "input" -> INPUT;
      case "util" -> UTIL;
      case "context" -> CONTEXT;
      case "stageVariables" -> STAGE_VARIABLES;
      default -> null;
    };
  }
}
