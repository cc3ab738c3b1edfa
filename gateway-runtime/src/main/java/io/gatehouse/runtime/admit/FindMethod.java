package io.gatehouse.runtime.admit;

import io.gatehouse.model.path.PathTrie;
import io.gatehouse.runtime.exchange.CompiledResource;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;

/**
 * Finds the method by path and verb. An unknown path and a verb that is not defined both answer 403
 * Missing Authentication Token, never 404 or 405 (recorded: routing.json).
 */
public final class FindMethod implements Step {

  @Override
  public void apply(Exchange x) {
    String verb = x.request().method();
    PathTrie.Match<CompiledResource> match =
        x.stage().routes().find(x.path(), resource -> resource.method(verb) != null);
    if (match == null) {
      throw GatewayException.of(ResponseType.MISSING_AUTHENTICATION_TOKEN, Reason.ROUTE_NOT_FOUND);
    }
    x.method(match.value().method(verb), match.captures());
  }
}
