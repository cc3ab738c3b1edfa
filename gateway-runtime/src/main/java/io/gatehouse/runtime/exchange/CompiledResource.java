package io.gatehouse.runtime.exchange;

import java.util.Map;

/**
 * The methods of one resource by verb; {@code ANY} stands in for the verbs that are not defined.
 */
public record CompiledResource(Map<String, CompiledMethod> methods) {

  public CompiledResource {
    methods = Map.copyOf(methods);
  }

  /** The method that serves this verb, or null. */
  public CompiledMethod method(String verb) {
    CompiledMethod exact = methods.get(verb);
    return exact != null ? exact : methods.get("ANY");
  }
}
