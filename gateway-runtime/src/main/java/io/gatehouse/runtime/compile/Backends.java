package io.gatehouse.runtime.compile;

import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.HttpTarget;

/**
 * Where compiled methods get their backends from; the control plane, which calls none, has its own.
 */
public interface Backends {

  Backend http(HttpTarget target);

  Backend mock();
}
