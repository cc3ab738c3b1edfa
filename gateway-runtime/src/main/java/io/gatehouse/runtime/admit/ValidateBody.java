package io.gatehouse.runtime.admit;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.RequestCheck;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;

/** Checks the body against the model that the method has for its content type. */
public final class ValidateBody implements Step {

  @Override
  public boolean concerns(Exchange x) {
    return x.method().check() != RequestCheck.NONE;
  }

  @Override
  public void apply(Exchange x) {
    x.method().check().body(x);
  }

  @Override
  public GatewayException tooCostly() {
    return GatewayException.of(ResponseType.BAD_REQUEST_BODY, Reason.SCHEMA_BUDGET);
  }
}
