package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.KeySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code cacheKeyParameters} name. Everything of the request is taken as the caller has
 * written it, all values in order, so that two requests that a backend may read differently are
 * never one.
 */
public final class CacheKeySources {

  /** In the place of a query parameter's name: the whole query. */
  private static final String ALL = "*";

  private static final String HEADER = "method.request.header.";
  private static final String HEADERS = "method.request.multivalueheader.";
  private static final String QUERY = "method.request.querystring.";
  private static final String QUERIES = "method.request.multivaluequerystring.";
  private static final String PATH = "method.request.path.";

  private CacheKeySources() {}

  /**
   * @param parameter as {@code method.request.querystring.page} or {@code
   *     integration.request.header.Tenant}
   * @param mapped the integration's request parameters
   * @return empty where it names nothing that a key can be made of
   */
  public static Optional<KeySource> of(
      String parameter, Map<String, String> mapped, Map<String, String> stageVariables) {
    if (parameter.startsWith("integration.request.")) {
      String expression = mapped.get(parameter);
      return expression == null
          ? Optional.of(nothing())
          : ofRequest(expression).or(() -> computed(expression, stageVariables));
    }
    return ofRequest(parameter);
  }

  private static Optional<KeySource> ofRequest(String expression) {
    if (expression.startsWith(PATH)) {
      return Optional.of(pathVariable(expression.substring(PATH.length())));
    }
    for (String prefix : List.of(HEADER, HEADERS)) {
      if (expression.startsWith(prefix)) {
        return Optional.of(header(expression.substring(prefix.length())));
      }
    }
    for (String prefix : List.of(QUERY, QUERIES)) {
      if (expression.startsWith(prefix)) {
        return Optional.of(queryParameter(expression.substring(prefix.length())));
      }
    }
    return Optional.empty();
  }

  /** Of a fact that is no text of the request: a stage variable, the context, a static text. */
  private static Optional<KeySource> computed(
      String expression, Map<String, String> stageVariables) {
    return ParameterSource.ofRequest(expression, stageVariables)
        .filter(source -> !source.wantsBody())
        .map(
            source ->
                (key, x) -> {
                  for (String value : source.values(x, null)) {
                    KeySource.append(key, value);
                  }
                  key.append(';');
                });
  }

  private static KeySource nothing() {
    return (key, x) -> key.append(';');
  }

  private static KeySource pathVariable(String name) {
    return (key, x) -> {
      String raw = x.pathParameter(name);
      if (raw != null) {
        KeySource.append(key, raw);
      }
      key.append(';');
    };
  }

  private static KeySource header(String name) {
    return (key, x) -> {
      List<String> values = x.request().headers().all(name);
      for (int i = 0; i < values.size(); i++) {
        KeySource.append(key, values.get(i));
      }
      key.append(';');
    };
  }

  /** For who calls, besides the parameters that a method's author names. */
  public static KeySource queryParameter(String name) {
    return name.equals(ALL) ? wholeQuery() : (key, x) -> appendParameter(key, x, name);
  }

  private static KeySource wholeQuery() {
    return (key, x) -> {
      KeySource.append(key, x.request().query());
      key.append(';');
    };
  }

  /**
   * Each pair as it is written whose name may be taken for this one. A query that some servers part
   * at semicolons, too, is one whole.
   */
  private static void appendParameter(StringBuilder key, Exchange x, String name) {
    String query = x.request().query();
    if (query.indexOf(';') >= 0) {
      KeySource.append(key, query);
    } else if (!query.isEmpty()) {
      QueryString.forEachPair(
          query,
          (found, pair) -> {
            if (found.equalsIgnoreCase(name)) {
              KeySource.append(key, pair);
            }
          });
    }
    key.append(';');
  }
}
