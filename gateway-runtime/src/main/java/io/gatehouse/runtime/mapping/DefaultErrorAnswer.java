package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseType;
import java.nio.charset.StandardCharsets;

/** The vendor's own answer to a refusal, where nobody has customised it. */
public final class DefaultErrorAnswer {

  private DefaultErrorAnswer() {}

  public static Response of(GatewayException refusal) {
    HeaderList headers = new HeaderList();
    headers.add("Content-Type", "application/json");
    headers.add("x-amzn-ErrorType", refusal.errorType());
    return new Response(refusal.status(), headers, body(refusal));
  }

  private static Body body(GatewayException refusal) {
    // The one default body of the vendor's that is spelt with a capital.
    String key = refusal.type() == ResponseType.ACCESS_DENIED ? "Message" : "message";
    // Failures have a blank that refusals have not (recorded: header-remapping.json, by its
    // length).
    String colon = refusal.type().status() >= 500 ? "\": " : "\":";
    String json = "{\"" + key + colon + Context.quoted(refusal.answer()) + "}";
    return new Body.Bytes(json.getBytes(StandardCharsets.UTF_8));
  }
}
