package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.compile.Authorizers;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The authorizers of one node: what they share is made here, once. */
public final class NodeAuthorizers implements Authorizers {

  private final LambdaAuthorizers functions;

  /**
   * @param backends where authorizers' functions are called
   * @param loops the event loop that asks
   * @param nanos by the node's monotonic clock
   */
  public NodeAuthorizers(Backends backends, Supplier<Executor> loops, LongSupplier nanos) {
    this.functions = new LambdaAuthorizers(backends, loops, nanos);
  }

  @Override
  public Authorizer policyAlone(StageAccess stage) {
    return NodeAuthorizers::notBuilt;
  }

  @Override
  public Authorizer iam(StageAccess stage) {
    return NodeAuthorizers::notBuilt;
  }

  @Override
  public Authorizer function(StageAccess stage, AuthorizerTarget.Function target) {
    return functions.authorizer(stage, target);
  }

  @Override
  public Authorizer userPools(StageAccess stage, AuthorizerTarget.UserPools target) {
    return NodeAuthorizers::notBuilt;
  }

  private static boolean notBuilt(Exchange x) {
    throw GatewayException.of(
        ResponseType.API_CONFIGURATION_ERROR,
        501,
        "This method uses what this version of Gatehouse cannot serve yet",
        Reason.NOT_BUILT);
  }
}
