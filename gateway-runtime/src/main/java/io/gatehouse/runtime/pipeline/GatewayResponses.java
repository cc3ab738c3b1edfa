package io.gatehouse.runtime.pipeline;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.mapping.MethodResponse;
import java.nio.charset.StandardCharsets;

/**
 * Turns a refusal or failure into the vendor's gateway response, and is the only place that does.
 */
public final class GatewayResponses {

  public void answer(Exchange x, GatewayException refusal) {
    x.refusal(refusal);
    x.response(response(x, refusal));
  }

  /** The gateway's response in the place of another that was made before. */
  public void answerInstead(Exchange x, GatewayException refusal) {
    x.refusal(refusal);
    x.replaceResponse(response(x, refusal));
  }

  private static Response response(Exchange x, GatewayException refusal) {
    HeaderList headers = new HeaderList();
    headers.add("Content-Type", "application/json");
    headers.add("x-amzn-ErrorType", refusal.type().errorType());
    MethodResponse.identify(x, headers);
    return new Response(refusal.status(), headers, body(refusal));
  }

  private static Body body(GatewayException refusal) {
    // The one default body of the vendor's that is spelt with a capital.
    String key = refusal.type() == ResponseType.ACCESS_DENIED ? "Message" : "message";
    String message =
        refusal.answer() == null ? "null" : JSON.createValue(refusal.answer()).toString();
    return new Body.Bytes(("{\"" + key + "\":" + message + "}").getBytes(StandardCharsets.UTF_8));
  }
}
