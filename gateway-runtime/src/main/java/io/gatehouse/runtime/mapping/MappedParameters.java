package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The headers and query parameters that a request mapping sets, each with its source. */
public final class MappedParameters {

  /** Nothing is mapped. */
  public static final MappedParameters NONE = new MappedParameters(List.of(), List.of());

  private final List<ParameterMapping> headers;
  private final List<ParameterMapping> query;
  private final boolean wantBody;

  public MappedParameters(List<ParameterMapping> headers, List<ParameterMapping> query) {
    this.headers =
        headers.stream()
            .filter(mapping -> !HeaderRules.NOT_SENT_MAPPED.contains(mapping.name()))
            .toList();
    this.query = List.copyOf(query);
    this.wantBody =
        Stream.of(headers, query)
            .flatMap(List::stream)
            .anyMatch(mapping -> mapping.source().wantsBody());
  }

  /**
   * Whether integrations may set this header; a mapping to another fails each request.
   *
   * @param aws whether the requests are signed
   */
  public static boolean mayBeSet(String header, boolean aws) {
    return FieldValue.isName(header)
        && (aws ? HeaderRules.isMappableForAws(header) : HeaderRules.isMappable(header));
  }

  /** Whether one of them takes from the body. */
  boolean wantBody() {
    return wantBody;
  }

  /** Sets each header that has a value, in the place of the client's own. */
  void setHeaders(Exchange x, Content content, HeaderList out) {
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.get(i).name();
      List<String> values = headers.get(i).source().values(x, content);
      for (int v = 0; v < values.size(); v++) {
        String value = values.get(v);
        if (!FieldValue.isValid(value)) {
          throw GatewayException.of(ResponseType.DEFAULT_4XX, Reason.MAPPING_SOURCE_INVALID);
        }
        if (v == 0) {
          out.set(name, value);
        } else {
          out.add(name, value);
        }
      }
    }
  }

  /** The raw query with each parameter that has a value appended. */
  String addQuery(Exchange x, Content content, String query) {
    return addQuery(x, content, query, Set.of());
  }

  /**
   * @param without the names that something else sets
   */
  String addQuery(Exchange x, Content content, String query, Set<String> without) {
    String whole = query;
    for (int i = 0; i < this.query.size(); i++) {
      String name = this.query.get(i).name();
      if (!without.contains(name)) {
        List<String> values = this.query.get(i).source().values(x, content);
        for (int v = 0; v < values.size(); v++) {
          whole = QueryString.plus(whole, name, values.get(v));
        }
      }
    }
    return whole;
  }
}
