package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Step;

/** Keeps the answer as its mapping has made it, or has it kept while it is delivered. */
public final class KeepResponse implements Step {

  @Override
  public boolean concerns(Exchange x) {
    return x.filling() != null;
  }

  @Override
  public void apply(Exchange x) {
    x.filling().answered(x);
  }
}
