package io.gatehouse.runtime.vtl;

import java.util.Collection;

/**
 * What {@code $context}, or a part of it such as {@code identity}, {@code authorizer} or {@code
 * error}, knows about the exchange.
 */
public interface Facts {

  /** A string, number, boolean, further Facts, or null for what is not known. */
  Object fact(String name);

  /** The names that {@code keySet()} gives, in this order. */
  Collection<String> names();
}
