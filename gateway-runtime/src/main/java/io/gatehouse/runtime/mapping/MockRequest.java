package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.RequestMapping;

/**
 * The request of a MOCK integration: nothing but the document that its template gives.
 *
 * @param answersShowBody whether the answer may show something of the caller's body
 */
public record MockRequest(RequestTemplates templates, boolean answersShowBody)
    implements RequestMapping {

  @Override
  public boolean wantsBody(Exchange x) {
    return answersShowBody || templates.wantsBody(x);
  }

  @Override
  public BackendRequest map(Exchange x) {
    return new BackendRequest(
        "POST", "/", new HeaderList(), templates.body(x, templates.content(x)), null);
  }
}
