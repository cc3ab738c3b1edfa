package io.gatehouse.runtime.auth;

import io.gatehouse.model.policy.Decision;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;

/** The API's resource policy where it is asked without knowing who calls. */
final class ResourcePolicyCheck {

  private final StageAccess stage;

  ResourcePolicyCheck(StageAccess stage) {
    this.stage = stage;
  }

  /** A statement has to allow the call. */
  void requireAllowed(Exchange x) {
    Invocation invocation = Invocation.of(x, stage);
    Decision decision = invocation.decideAlone();
    if (!decision.allows()) {
      throw refusal(invocation, decision);
    }
    x.permissions(invocation.permissionsAlone());
  }

  /** No statement may deny the call. */
  void requireNotDenied(Exchange x) {
    Invocation invocation = Invocation.of(x, stage);
    Decision decision = invocation.decideAlone();
    if (decision.deniesExplicitly()) {
      throw refusal(invocation, decision);
    }
  }

  /** In the vendor's words (aws-behaviour 7.4). */
  static GatewayException refusal(Invocation invocation, Decision decision) {
    boolean denied = decision.deniesExplicitly();
    String answer =
        "User: anonymous is not authorized to perform: "
            + Invocation.ACTION
            + " on resource: "
            + invocation.maskedArn()
            + (denied ? " with an explicit deny" : "");
    GatewayException refusal =
        GatewayException.of(
            ResponseType.ACCESS_DENIED,
            ResponseType.ACCESS_DENIED.status(),
            answer,
            denied ? Reason.RESOURCE_POLICY_DENIES : Reason.RESOURCE_POLICY_SILENT);
    return decision.statement().map(refusal::with).orElse(refusal);
  }
}
