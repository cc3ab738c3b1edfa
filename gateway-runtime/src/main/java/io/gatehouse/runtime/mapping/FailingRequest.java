package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.RequestMapping;
import io.gatehouse.runtime.exchange.ResponseType;

/**
 * A request that PutIntegration accepts and that fails each time, as recorded
 * (header-remapping.json, test-invoke.json).
 *
 * @param detail what exactly is wrong, for the API's author
 */
public record FailingRequest(Reason reason, String detail) implements RequestMapping {

  @Override
  public BackendRequest map(Exchange x) {
    throw failure().with(detail);
  }

  private GatewayException failure() {
    return reason == Reason.LAMBDA_VERB
        ? LambdaInvocation.wrongVerb()
        : GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, reason);
  }
}
