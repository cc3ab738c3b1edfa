package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.RequestMapping;

/**
 * The requests of a Lambda integration that is no proxy: the event is what the template makes, and
 * mapped headers are Invoke's own, as {@code X-Amz-Invocation-Type} (aws-behaviour 11.4).
 */
public final class LambdaRequest implements RequestMapping {

  private final LambdaInvocation invocation;
  private final MappedParameters parameters;
  private final RequestTemplates templates;

  public LambdaRequest(
      LambdaInvocation invocation, MappedParameters parameters, RequestTemplates templates) {
    this.invocation = invocation;
    this.parameters = parameters;
    this.templates = templates;
  }

  @Override
  public boolean wantsBody(Exchange x) {
    return templates.wantsBody(x) || parameters.wantBody();
  }

  @Override
  public BackendRequest map(Exchange x) {
    Content content = templates.content(x);
    // Before all else: what the template overrides goes before what is mapped.
    Body body = templates.body(x, content);
    RequestOverrides overrides = new RequestOverrides(x.overrides());
    String query = overrides.addQuery(parameters.addQuery(x, content, "", overrides.queryNames()));
    HeaderList headers = invocation.headers(x);
    parameters.setHeaders(x, content, headers);
    overrides.setHeadersOfAws(headers);
    return invocation.request(x, query, headers, body);
  }
}
