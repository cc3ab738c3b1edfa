package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.RequestMapping;

/** The request of a MOCK integration: nothing but the document that its template gives. */
public record MockRequestMapping(RequestTemplates templates) implements RequestMapping {

  @Override
  public BackendRequest map(Exchange x) {
    return new BackendRequest("POST", "/", new HeaderList(), templates.body(x));
  }
}
