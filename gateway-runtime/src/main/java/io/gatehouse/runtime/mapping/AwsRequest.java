package io.gatehouse.runtime.mapping;

import io.gatehouse.model.aws.AwsService.Protocol;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.RequestMapping;
import java.nio.charset.StandardCharsets;

/**
 * The requests of AWS integrations, before they are signed: as those of HTTP, nothing is sent but
 * what is mapped; an action is called in the protocol of its service (aws-behaviour 11.3).
 */
public final class AwsRequest implements RequestMapping {

  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);

  private final String verb;
  private final UriTemplate uri;
  private final AwsAction action;
  private final MappedParameters parameters;
  private final RequestTemplates templates;

  /**
   * @param verb of the integration; {@code ANY} takes the client's
   * @param uri path and query; its host is not looked at
   * @param action null where the URI says what is called
   */
  public AwsRequest(
      String verb,
      UriTemplate uri,
      AwsAction action,
      MappedParameters parameters,
      RequestTemplates templates) {
    this.verb = verb;
    this.uri = uri;
    this.action = action;
    this.parameters = parameters;
    this.templates = templates;
  }

  @Override
  public boolean wantsBody(Exchange x) {
    // Signed requests go out whole, so whatever passes must be in hand.
    return templates.wantsBody(x)
        || parameters.wantBody()
        || uri.wantsBody()
        || action != null && action.name().wantsBody();
  }

  @Override
  public BackendRequest map(Exchange x) {
    Content content = templates.content(x);
    // Before all else: what the template overrides goes before what is mapped.
    Body body = templates.body(x, content);
    RequestOverrides overrides = new RequestOverrides(x.overrides());
    HeaderList headers = headers(x, content, body, overrides);
    String query =
        overrides.addQuery(
            parameters.addQuery(x, content, uri.query(x, content), overrides.queryNames()));
    if (action != null) {
      String name = action.name(x, content);
      if (action.protocol(headers.first("Content-Type")) == Protocol.QUERY) {
        query = call(name, query, body);
      } else {
        headers.set("X-Amz-Target", action.target(name));
        body = body.length() == 0 ? new Body.Bytes(NOTHING) : body;
      }
    }
    String path = uri.path(x, content);
    return new BackendRequest(
        verb.equals("ANY") ? x.request().method() : verb,
        query.isEmpty() ? path : path + "?" + query,
        headers,
        body,
        null);
  }

  /** The query with the action in front, and its API's version where nobody names one. */
  private String call(String name, String query, Body body) {
    String version = action.service().queryVersion().orElse(null);
    boolean named =
        version == null
            || QueryString.hasValue(query, "Version")
            || body instanceof Body.Bytes(byte[] form)
                && QueryString.hasValue(new String(form, StandardCharsets.UTF_8), "Version");
    return "Action="
        + name
        + (named ? "" : "&Version=" + version)
        + (query.isEmpty() ? "" : "&" + query);
  }

  private HeaderList headers(Exchange x, Content content, Body body, RequestOverrides overrides) {
    HeaderList out = new HeaderList();
    out.add("Accept", "application/json");
    out.add("User-Agent", "AmazonAPIGateway_" + x.stage().apiId());
    String ofAction = action == null ? null : action.contentType();
    if (ofAction != null) {
      out.add("Content-Type", ofAction);
    } else if (body.length() != 0) {
      String type = x.request().headers().first("Content-Type");
      out.add("Content-Type", type == null ? "application/json" : type);
    }
    parameters.setHeaders(x, content, out);
    overrides.setHeadersOfAws(out);
    HeaderRules.identify(x, out);
    return out;
  }
}
