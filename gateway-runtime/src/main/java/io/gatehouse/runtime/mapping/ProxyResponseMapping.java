package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseMapping;

/** The answers of HTTP_PROXY: status and body as they came, headers by the recorded table. */
public final class ProxyResponseMapping implements ResponseMapping {

  @Override
  public Response map(Exchange x, BackendResponse answer) {
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
    return new Response(answer.status(), out, answer.body());
  }
}
