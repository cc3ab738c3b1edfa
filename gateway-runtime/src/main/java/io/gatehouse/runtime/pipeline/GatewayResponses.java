package io.gatehouse.runtime.pipeline;

import io.gatehouse.runtime.exchange.ErrorAnswer;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.mapping.DefaultErrorAnswer;
import io.gatehouse.runtime.mapping.MethodResponse;

/**
 * Turns a refusal or failure into a gateway response, the author's where there is one, and is the
 * only place that does. Beyond the vendor's, a header tells the reason's code.
 */
public final class GatewayResponses {

  private final String reasonHeader;

  /**
   * @param reasonHeader its name; empty for none
   */
  public GatewayResponses(String reasonHeader) {
    this.reasonHeader = reasonHeader;
  }

  /** In the place of an answer that there may be already. */
  public void answer(Exchange x, GatewayException refusal) {
    x.refusal(refusal);
    x.replaceResponse(response(x, refusal));
  }

  private Response response(Exchange x, GatewayException refusal) {
    ErrorAnswer custom = x.hasStage() ? x.stage().errorAnswers().get(refusal.type()) : null;
    Response response = custom == null ? DefaultErrorAnswer.of(refusal) : custom.answer(x, refusal);
    if (!reasonHeader.isEmpty() && (!x.hasStage() || x.stage().reasonHeader())) {
      response.headers().set(reasonHeader, refusal.reason().name());
    }
    MethodResponse.identify(x, response.headers());
    return response;
  }
}
