package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.RequestMapping;

/**
 * The requests of HTTP: nothing is sent but what is mapped and what the template overrides
 * (aws-behaviour 10 and 11.2).
 */
public final class HttpRequest implements RequestMapping {

  private final String verb;
  private final UriTemplate uri;
  private final MappedParameters parameters;
  private final RequestTemplates templates;

  /**
   * @param verb of the integration; {@code ANY} takes the client's
   */
  public HttpRequest(
      String verb, UriTemplate uri, MappedParameters parameters, RequestTemplates templates) {
    this.verb = verb;
    this.uri = uri;
    this.parameters = parameters;
    this.templates = templates;
  }

  @Override
  public boolean wantsBody(Exchange x) {
    return templates.wantsBody(x) || parameters.wantBody() || uri.wantsBody();
  }

  @Override
  public BackendRequest map(Exchange x) {
    Content content = templates.content(x);
    // Before all else: what the template overrides goes before what is mapped.
    Body body = templates.body(x, content);
    RequestOverrides overrides = new RequestOverrides(x.overrides());
    String method = verb.equals("ANY") ? x.request().method() : verb;
    return new BackendRequest(
        method,
        uri(x, content, overrides),
        headers(x, content, body, overrides),
        body,
        uri.authority(x, content));
  }

  private String uri(Exchange x, Content content, RequestOverrides overrides) {
    String path = uri.path(x, content);
    String whole =
        overrides.addQuery(
            parameters.addQuery(x, content, uri.query(x, content), overrides.queryNames()));
    return whole.isEmpty() ? path : path + "?" + whole;
  }

  private HeaderList headers(Exchange x, Content content, Body body, RequestOverrides overrides) {
    HeaderList out = new HeaderList();
    out.add("Accept", "application/json");
    out.add("User-Agent", "AmazonAPIGateway_" + x.stage().apiId());
    if (body.length() != 0) {
      String type = x.request().headers().first("Content-Type");
      out.add("Content-Type", type == null ? "application/json" : type);
    }
    parameters.setHeaders(x, content, out);
    overrides.setHeaders(out);
    HeaderRules.identify(x, out);
    return out;
  }
}
