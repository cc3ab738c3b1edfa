package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseMapping;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.mapping.ContentHandling.Conversion;

/**
 * The answers of HTTP_PROXY: status and body as they came, headers by the recorded table. The body
 * streams unless the API's binary media types ask for another form of it.
 */
public final class ProxyResponse implements ResponseMapping {

  private final BinaryTypes binaryTypes;

  public ProxyResponse(BinaryTypes binaryTypes) {
    this.binaryTypes = binaryTypes;
  }

  @Override
  public boolean wantsBody(Exchange x, BackendResponse answer) {
    return !binaryTypes.isEmpty() && answer.body().length() != 0 && converts(x, answer);
  }

  /** Text that streams is not looked at: bytes that are no UTF-8 reach the caller as they are. */
  private boolean converts(Exchange x, BackendResponse answer) {
    Conversion conversion = conversion(x, answer);
    return conversion == Conversion.ENCODE_BASE64 || conversion == Conversion.DECODE_BASE64;
  }

  private Conversion conversion(Exchange x, BackendResponse answer) {
    return ContentHandling.PASSTHROUGH.ofResponse(
        binaryTypes.contains(answer.headers().first("Content-Type")),
        binaryTypes.accepted(x.request().headers().all("Accept")));
  }

  @Override
  public Response map(Exchange x, BackendResponse answer) {
    if (answer.status() < 200) {
      // It switches protocols, which nobody asked for.
      throw GatewayException.of(
          ResponseType.INTEGRATION_FAILURE,
          502,
          "Internal server error",
          Reason.BACKEND_INVALID_ANSWER);
    }
    HeaderList out = new HeaderList();
    answer
        .headers()
        .forEach(
            (name, value) -> {
              if (HeaderRules.REMAPPED.contains(name)) {
                out.add(HeaderRules.REMAPPED_PREFIX + name, value);
              } else if (!HeaderRules.NOT_ANSWERED.contains(name)) {
                out.add(name, value);
              }
            });
    return new Response(answer.status(), out, body(x, answer));
  }

  /** Text that should be base64 and is not passes as it is, so that errors can be read. */
  private Body body(Exchange x, BackendResponse answer) {
    if (answer.body() instanceof Body.Bytes(byte[] bytes) && wantsBody(x, answer)) {
      x.budget().spend(bytes.length / 16);
      return new Body.Bytes(conversion(x, answer).apply(bytes).orElse(bytes));
    }
    return answer.body();
  }
}
