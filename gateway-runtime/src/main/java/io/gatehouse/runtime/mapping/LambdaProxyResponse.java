package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseMapping;
import io.gatehouse.runtime.mapping.ContentHandling.Conversion;
import java.nio.charset.StandardCharsets;

/**
 * The answers of a Lambda proxy integration: the function says status, headers and body, and what
 * is none of that is answered 502 (aws-behaviour 11.5).
 */
public final class LambdaProxyResponse implements ResponseMapping {

  private static final byte[] NOTHING = new byte[0];

  private final BinaryTypes binaryTypes;

  public LambdaProxyResponse(BinaryTypes binaryTypes) {
    this.binaryTypes = binaryTypes;
  }

  @Override
  public boolean wantsBody(Exchange x, BackendResponse answer) {
    return true;
  }

  @Override
  public Response map(Exchange x, BackendResponse answer) {
    InvokeAnswer invoked = InvokeAnswer.of(answer, x.budget());
    if (invoked.functionFailed()) {
      throw invoked.failure(x.budget());
    }
    ProxyAnswer told = ProxyAnswer.read(invoked.text(), x.budget());
    return new Response(told.status(), headers(x, told), new Body.Bytes(body(x, told)));
  }

  private static HeaderList headers(Exchange x, ProxyAnswer told) {
    HeaderList out = new HeaderList();
    told.headers()
        .forEach(
            (name, value) -> {
              if (!HeaderRules.NOT_ANSWERED.contains(name)) {
                out.add(HeaderRules.answered(name), value);
              }
            });
    if (out.first("Content-Type") == null) {
      out.add("Content-Type", "application/json");
    }
    return out.set("X-Amzn-Trace-Id", x.traceId());
  }

  /** Bytes only for a caller that accepts them; to others the text is what it is (recorded). */
  private byte[] body(Exchange x, ProxyAnswer told) {
    if (told.body() == null) {
      return NOTHING;
    }
    x.budget().spend(told.body().length() / 16);
    byte[] text = told.body().getBytes(StandardCharsets.UTF_8);
    return told.isBase64Encoded() && binaryTypes.accepted(x.request().headers().all("Accept"))
        ? Conversion.DECODE_BASE64
            .apply(text)
            .orElseThrow(() -> ProxyAnswer.malformed("/body", "is not base64"))
        : text;
  }
}
