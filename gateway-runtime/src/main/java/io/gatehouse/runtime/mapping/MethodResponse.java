package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Step;

/** Adds what every answer carries: the ids under which its story can be found. */
public final class MethodResponse implements Step {

  @Override
  public void apply(Exchange x) {
    identify(x, x.response().headers());
  }

  /** The gateway's own ids; a backend's headers of these names have been remapped before. */
  public static void identify(Exchange x, HeaderList headers) {
    headers.add("x-amzn-RequestId", x.id());
    headers.add("x-amz-apigw-id", x.extendedId());
  }
}
