package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.MethodCaching;
import java.util.concurrent.Executor;

/**
 * An exchange for which the cache has no answer at once.
 *
 * @param stale what may stand in for a backend that fails; null for nothing
 * @param anew whether the caller wants an answer that is made now, and may have one
 * @param loop the exchange's own event loop
 */
record Waiting(
    Exchange x,
    ResponseCache.Reply reply,
    MethodEntries method,
    Asked asked,
    Answer stale,
    boolean anew,
    Executor loop) {

  MethodCaching caching() {
    return x.method().caching();
  }

  CacheKey key() {
    return asked.key();
  }

  SharedResponses.Address address() {
    var stage = caching().stage();
    return new SharedResponses.Address(
        stage.account(), stage.apiId(), stage.stageName(), key().space(), key().rest());
  }

  /** The same as it is read now that more headers are known to matter. */
  Waiting readAgain() {
    Asked again = Asked.of(x, caching(), method.kinds());
    return new Waiting(x, reply, method, again, stale, anew, loop);
  }
}
