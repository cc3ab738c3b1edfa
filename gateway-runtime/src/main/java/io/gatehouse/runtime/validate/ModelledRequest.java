package io.gatehouse.runtime.validate;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.RequestCheck;

/**
 * What a request validator checks of a method: that its required parameters are there and that its
 * body fits its model.
 */
public record ModelledRequest(ParameterCheck parameterCheck, BodyCheck bodyCheck)
    implements RequestCheck {

  private static final byte[] NO_BODY = new byte[0];

  @Override
  public void parameters(Exchange x) {
    parameterCheck.check(x);
  }

  @Override
  public boolean wantsBody() {
    return bodyCheck.wantsBody();
  }

  @Override
  public void body(Exchange x) {
    if (wantsBody()) {
      byte[] bytes = x.request().body() instanceof Body.Bytes(byte[] given) ? given : NO_BODY;
      bodyCheck.check(x, bytes, x.budget());
    }
  }
}
