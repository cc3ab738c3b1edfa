package io.gatehouse.runtime.compile;

import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.StageAccess;

/**
 * Where compiled methods get their authorizers from; the control plane, which lets nobody in, has
 * its own. Each joins the stage's resource policy with what it finds out itself.
 */
public interface Authorizers {

  /** Of a method without authorization: the resource policy alone decides. */
  Authorizer policyAlone(StageAccess stage);

  /** Of AWS_IAM. */
  Authorizer iam(StageAccess stage);

  /** Of CUSTOM. */
  Authorizer function(StageAccess stage, AuthorizerTarget.Function target);

  /** Of COGNITO_USER_POOLS. */
  Authorizer userPools(StageAccess stage, AuthorizerTarget.UserPools target);
}
