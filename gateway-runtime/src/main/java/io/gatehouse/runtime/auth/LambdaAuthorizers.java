package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.StageAccess;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What all Lambda authorizers of a node share. */
public final class LambdaAuthorizers {

  private final Backends backends;
  private final Supplier<Executor> loops;
  private final LongSupplier nanos;
  private final AuthorizerCache cache =
      new AuthorizerCache(AuthorizerCache.USUAL_OF_ACCOUNT, AuthorizerCache.USUAL_OF_ALL);

  /**
   * @param loops the event loop that asks
   */
  public LambdaAuthorizers(Backends backends, Supplier<Executor> loops, LongSupplier nanos) {
    this.backends = backends;
    this.loops = loops;
    this.nanos = nanos;
  }

  Authorizer authorizer(StageAccess stage, AuthorizerTarget.Function target) {
    AuthorizerFunction function =
        new AuthorizerFunction(stage, target, backends.lambda(target.function()), nanos);
    return new LambdaAuthorizer(stage, target, function, this);
  }

  AuthorizerCache cache() {
    return cache;
  }

  Executor loop() {
    return loops.get();
  }

  /** By the node's monotonic clock: nobody prolongs an answer by setting a clock. */
  long nanos() {
    return nanos.getAsLong();
  }
}
