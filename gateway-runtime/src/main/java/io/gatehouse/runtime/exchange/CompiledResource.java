package io.gatehouse.runtime.exchange;

import java.util.Map;
import java.util.Set;

/**
 * The methods of one resource by verb; {@code ANY} stands in for the verbs that are not defined.
 */
public record CompiledResource(Map<String, CompiledMethod> methods) {

  /** The verbs that the vendor knows; no other reaches any method. */
  private static final Set<String> VERBS =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

  public CompiledResource {
    methods = Map.copyOf(methods);
  }

  /** The method that serves this verb, or null. */
  public CompiledMethod method(String verb) {
    CompiledMethod exact = methods.get(verb);
    return exact != null || !VERBS.contains(verb) ? exact : methods.get("ANY");
  }
}
