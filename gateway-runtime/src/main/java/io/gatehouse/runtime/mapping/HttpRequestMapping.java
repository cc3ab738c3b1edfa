package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.RequestMapping;
import io.gatehouse.runtime.exchange.ResponseType;
import java.util.List;

/**
 * The requests of HTTP and HTTP_PROXY. A proxy passes the client's headers and query on and merges
 * the mapped ones into them; a plain HTTP integration sends nothing but what is mapped
 * (aws-behaviour 11.2).
 */
public final class HttpRequestMapping implements RequestMapping {

  private final boolean proxy;
  private final String verb;
  private final UriTemplate uri;
  private final List<ParameterMapping> headers;
  private final List<ParameterMapping> query;
  private final RequestTemplates templates;

  /**
   * @param verb of the integration; {@code ANY} takes the client's
   * @param templates ignored by a proxy
   */
  public HttpRequestMapping(
      boolean proxy,
      String verb,
      UriTemplate uri,
      List<ParameterMapping> headers,
      List<ParameterMapping> query,
      RequestTemplates templates) {
    this.proxy = proxy;
    this.verb = verb;
    this.uri = uri;
    this.headers = List.copyOf(headers);
    this.query = List.copyOf(query);
    this.templates = templates;
  }

  @Override
  public BackendRequest map(Exchange x) {
    String method = verb.equals("ANY") ? x.request().method() : verb;
    return new BackendRequest(
        method, uri(x), headers(x), proxy ? x.request().body() : templates.body(x));
  }

  private String uri(Exchange x) {
    String path = uri.path(x);
    String whole = uri.query(x);
    String client = x.request().query();
    if (proxy && !client.isEmpty()) {
      whole = whole.isEmpty() ? client : whole + "&" + client;
    }
    for (int i = 0; i < query.size(); i++) {
      String value = query.get(i).source().value(x);
      if (value != null) {
        whole = QueryString.plus(whole, query.get(i).name(), value);
      }
    }
    return whole.isEmpty() ? path : path + "?" + whole;
  }

  private HeaderList headers(Exchange x) {
    HeaderList out = new HeaderList();
    if (proxy) {
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
    } else {
      out.add("Accept", "application/json");
      out.add("User-Agent", "AmazonAPIGateway_" + x.stage().apiId());
      if (x.request().body().length() != 0) {
        String type = x.request().headers().first("Content-Type");
        out.add("Content-Type", type == null ? "application/json" : type);
      }
    }
    for (int i = 0; i < headers.size(); i++) {
      String value = headers.get(i).source().value(x);
      if (value != null) {
        out.set(headers.get(i).name(), FieldValue.checked(value));
      }
    }
    out.add("X-Amzn-Apigateway-Api-Id", x.stage().apiId());
    out.add("X-Amzn-Trace-Id", x.traceId());
    return out;
  }

  /** Whether a mapping to this header makes every request fail, see {@link #failing}. */
  public static boolean failsOn(String header) {
    return HeaderRules.NOT_MAPPABLE.contains(header);
  }

  /**
   * A request that PutIntegration accepts and that fails each time, as recorded
   * (header-remapping.json, test-invoke.json).
   */
  public static RequestMapping failing(Reason reason) {
    return x -> {
      throw GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, reason);
    };
  }
}
