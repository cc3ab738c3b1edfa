package io.gatehouse.runtime.auth;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.runtime.compile.Authorizers;
import io.gatehouse.runtime.compile.Identities;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.pipeline.Workers;
import java.util.Optional;

/** The authorizers of one node: what they share is made here, once. */
public final class NodeAuthorizers implements Authorizers {

  private final KeyHolders keyHolders;
  private final UserPoolTokens tokens;
  private final Workers workers;

  /**
   * @param nodeKey that secrets and session tokens are sealed under
   * @param tokens checks those of user pools
   * @param workers for what would hold up an event loop
   */
  public NodeAuthorizers(
      Identities identities, Optional<Seal> nodeKey, UserPoolTokens tokens, Workers workers) {
    this.keyHolders = new KeyHolders(identities, nodeKey);
    this.tokens = tokens;
    this.workers = workers;
  }

  @Override
  public Authorizer policyAlone(StageAccess stage) {
    return PolicyFirst.alone(stage);
  }

  @Override
  public Authorizer iam(StageAccess stage) {
    return new IamAuthorizer(stage, keyHolders, workers);
  }

  @Override
  public Authorizer function(StageAccess stage, AuthorizerTarget.Function target) {
    return NodeAuthorizers::notBuilt;
  }

  @Override
  public Authorizer userPools(StageAccess stage, AuthorizerTarget.UserPools target) {
    Authorizer bearer = new TokenAuthorizer(tokens, workers, stage.account(), target);
    return PolicyFirst.after(stage, bearer);
  }

  private static boolean notBuilt(Exchange x) {
    throw GatewayException.of(
        ResponseType.API_CONFIGURATION_ERROR,
        501,
        "This method uses what this version of Gatehouse cannot serve yet",
        Reason.NOT_BUILT);
  }
}
