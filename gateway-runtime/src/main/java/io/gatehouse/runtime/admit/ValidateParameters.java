package io.gatehouse.runtime.admit;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.RequestCheck;
import io.gatehouse.runtime.exchange.Step;

/** Requires the parameters that the method's request validator asks for. */
public final class ValidateParameters implements Step {

  @Override
  public boolean concerns(Exchange x) {
    return x.method().check() != RequestCheck.NONE;
  }

  @Override
  public void apply(Exchange x) {
    x.method().check().parameters(x);
  }
}
