package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.compile.Authorizers;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.pipeline.Workers;

/** The authorizers of one node: what they share is made here, once. */
public final class NodeAuthorizers implements Authorizers {

  private final KeyHolders keyHolders;
  private final UserPoolTokens tokens;
  private final LambdaAuthorizers functions;
  private final Workers workers;

  /**
   * @param keyHolders finds who has signed
   * @param tokens checks those of user pools
   * @param functions what Lambda authorizers share
   * @param workers for what would hold up an event loop
   */
  public NodeAuthorizers(
      KeyHolders keyHolders, UserPoolTokens tokens, LambdaAuthorizers functions, Workers workers) {
    this.keyHolders = keyHolders;
    this.tokens = tokens;
    this.functions = functions;
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
    return PolicyFirst.before(stage, functions.authorizer(stage, target));
  }

  @Override
  public Authorizer userPools(StageAccess stage, AuthorizerTarget.UserPools target) {
    Authorizer bearer = new TokenAuthorizer(tokens, workers, stage.account(), target);
    return PolicyFirst.after(stage, bearer);
  }
}
