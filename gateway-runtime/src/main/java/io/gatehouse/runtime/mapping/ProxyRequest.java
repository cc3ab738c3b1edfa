package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.RequestMapping;
import io.gatehouse.runtime.mapping.ContentHandling.Conversion;

/**
 * The requests of HTTP_PROXY: the client's headers and query pass on, and the mapped ones are
 * merged into them (aws-behaviour 11.2). The body streams unless it has to be converted.
 */
public final class ProxyRequest implements RequestMapping {

  private final String verb;
  private final UriTemplate uri;
  private final MappedParameters parameters;
  private final ContentHandling handling;
  private final BinaryTypes binaryTypes;

  /**
   * @param verb of the integration; {@code ANY} takes the client's
   */
  public ProxyRequest(
      String verb,
      UriTemplate uri,
      MappedParameters parameters,
      ContentHandling handling,
      BinaryTypes binaryTypes) {
    this.verb = verb;
    this.uri = uri;
    this.parameters = parameters;
    this.handling = handling;
    this.binaryTypes = binaryTypes;
  }

  @Override
  public boolean wantsBody(Exchange x) {
    return parameters.wantBody() || uri.wantsBody() || converts(x);
  }

  private boolean converts(Exchange x) {
    return handling != ContentHandling.PASSTHROUGH && conversion(x) != Conversion.NONE;
  }

  private Conversion conversion(Exchange x) {
    return handling.ofRequest(binaryTypes.contains(x.request().headers().first("Content-Type")));
  }

  @Override
  public BackendRequest map(Exchange x) {
    Body body = x.request().body();
    if (body.length() != 0 && converts(x)) {
      body = new Body.Bytes(RequestContent.converted(x, conversion(x)));
    }
    Content content = new Content(body, x.budget());
    String method = verb.equals("ANY") ? x.request().method() : verb;
    return new BackendRequest(
        method, uri(x, content), headers(x, content), body, uri.authority(x, content));
  }

  private String uri(Exchange x, Content content) {
    String path = uri.path(x, content);
    String whole = uri.query(x, content);
    String client = x.request().query();
    if (!client.isEmpty()) {
      whole = whole.isEmpty() ? client : whole + "&" + client;
    }
    whole = parameters.addQuery(x, content, whole);
    return whole.isEmpty() ? path : path + "?" + whole;
  }

  private HeaderList headers(Exchange x, Content content) {
    HeaderList out = new HeaderList();
    boolean body = x.request().body().length() != 0;
    x.request()
        .headers()
        .forEach(
            (name, value) -> {
              // Without its body the recorded service drops Content-Encoding; with one it says
              // what the bytes are.
              if (!HeaderRules.NOT_SENT_ON.contains(name)
                  && (body || !name.equalsIgnoreCase("Content-Encoding"))) {
                out.add(name, value);
              }
            });
    parameters.setHeaders(x, content, out);
    HeaderRules.identify(x, out);
    return out;
  }
}
