package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.compile.Authorizers;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.pipeline.Workers;

/** The authorizers of one node: what they share is made here, once. */
public final class NodeAuthorizers implements Authorizers {

  private final UserPoolTokens tokens;
  private final Workers workers;

  /**
   * @param tokens checks those of user pools
   * @param workers for what would hold up an event loop
   */
  public NodeAuthorizers(UserPoolTokens tokens, Workers workers) {
    this.tokens = tokens;
    this.workers = workers;
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
    return NodeAuthorizers::notBuilt;
  }

  @Override
  public Authorizer userPools(StageAccess stage, AuthorizerTarget.UserPools target) {
    Authorizer bearer = new TokenAuthorizer(tokens, workers, stage.account(), target);
    // The token first, then the policy, which nothing looks at here yet.
    return stage.policy() == null && !stage.closed() ? bearer : NodeAuthorizers::notBuilt;
  }

  private static boolean notBuilt(Exchange x) {
    throw GatewayException.of(
        ResponseType.API_CONFIGURATION_ERROR,
        501,
        "This method uses what this version of Gatehouse cannot serve yet",
        Reason.NOT_BUILT);
  }
}
