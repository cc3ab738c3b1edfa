package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Cors;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.RequestMapping;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseMapping;

/** The OPTIONS method that the CORS switch adds: asks nobody, and answers what may be sent. */
public record Preflight(Cors cors) implements ResponseMapping {

  public static final RequestMapping REQUEST =
      x -> new BackendRequest("OPTIONS", "/", new HeaderList(), Body.EMPTY, null);

  public static final Backend BACKEND =
      (x, request, reply) -> reply.answer(new BackendResponse(204, new HeaderList(), Body.EMPTY));

  @Override
  public Response map(Exchange x, BackendResponse answer) {
    HeaderList headers = new HeaderList();
    cors.preflight(x.request(), headers);
    return new Response(answer.status(), headers, Body.EMPTY);
  }
}
