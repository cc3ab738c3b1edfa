package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The right-hand side of a parameter mapping, as {@code method.request.header.X} or {@code
 * 'static'} (aws-behaviour 10.1 and 12.1).
 */
public interface ParameterSource {

  /**
   * The value for this exchange, or null when there is none, which skips the mapping.
   *
   * @param content of the side that the mapping takes from
   */
  String value(Exchange x, Content content);

  /** All the values, of a source that has several; none skips the mapping. */
  default List<String> values(Exchange x, Content content) {
    String value = value(x, content);
    return value == null ? List.of() : List.of(value);
  }

  /** Whether it takes from the body. */
  default boolean wantsBody() {
    return false;
  }

  /**
   * The source that an expression of a request mapping names.
   *
   * @return empty when the expression names nothing that there is
   */
  static Optional<ParameterSource> ofRequest(
      String expression, Map<String, String> stageVariables) {
    String header = after("method.request.header.", expression);
    if (header != null) {
      return single(x -> last(x.request().headers(), header));
    }
    String parameter = after("method.request.querystring.", expression);
    if (parameter != null) {
      return single(x -> QueryString.last(x.request().query(), parameter));
    }
    String variable = after("method.request.path.", expression);
    if (variable != null) {
      return single(x -> QueryString.decodedPath(x.pathParameter(variable)));
    }
    String headers = after("method.request.multivalueheader.", expression);
    if (headers != null) {
      return Optional.of(new AllOf(x -> x.request().headers().all(headers)));
    }
    String parameters = after("method.request.multivaluequerystring.", expression);
    if (parameters != null) {
      return Optional.of(new AllOf(x -> QueryString.all(x.request().query(), parameters)));
    }
    return ofBody("method.request.body", expression)
        .or(() -> ofAnySide(expression, stageVariables));
  }

  /** The source that an expression of a response mapping names; empty as for {@link #ofRequest}. */
  static Optional<ParameterSource> ofResponse(
      String expression, Map<String, String> stageVariables) {
    String header = after("integration.response.header.", expression);
    if (header != null) {
      return single(x -> last(x.backendResponse().headers(), header));
    }
    String headers = after("integration.response.multivalueheader.", expression);
    if (headers != null) {
      return Optional.of(new AllOf(x -> x.backendResponse().headers().all(headers)));
    }
    return ofBody("integration.response.body", expression)
        .or(() -> ofAnySide(expression, stageVariables));
  }

  /** A static text, a stage variable or a fact of the context. */
  private static Optional<ParameterSource> ofAnySide(
      String expression, Map<String, String> stageVariables) {
    if (expression.length() >= 2 && expression.startsWith("'") && expression.endsWith("'")) {
      String text = expression.substring(1, expression.length() - 1);
      return single(x -> text);
    }
    String variable = after("stageVariables.", expression);
    if (variable != null) {
      String value = stageVariables.get(variable);
      return single(x -> value);
    }
    String name = after("context.", expression);
    if (name != null) {
      // A name that stands for nothing here is never there, as on the vendor's.
      Context.Fact fact = Context.fact(name);
      return single(x -> fact == null ? null : fact.of(x));
    }
    return Optional.empty();
  }

  private static Optional<ParameterSource> ofBody(String place, String expression) {
    if (expression.equals(place)) {
      return Optional.of(new WholeBody());
    }
    String path = after(place + ".", expression);
    return path == null ? Optional.empty() : BodyPath.compile(path);
  }

  private static Optional<ParameterSource> single(Function<Exchange, String> of) {
    return Optional.of((x, content) -> of.apply(x));
  }

  private static String after(String prefix, String expression) {
    return expression.startsWith(prefix) ? expression.substring(prefix.length()) : null;
  }

  private static String last(Headers headers, String name) {
    List<String> values = headers.all(name);
    return values.isEmpty() ? null : values.getLast();
  }

  /** Every value, in order; as one value they are joined. */
  record AllOf(Function<Exchange, List<String>> of) implements ParameterSource {
    @Override
    public String value(Exchange x, Content content) {
      List<String> values = of.apply(x);
      return values.isEmpty() ? null : String.join(",", values);
    }

    @Override
    public List<String> values(Exchange x, Content content) {
      return of.apply(x);
    }
  }

  /** The body's text. */
  record WholeBody() implements ParameterSource {
    @Override
    public String value(Exchange x, Content content) {
      return content.text();
    }

    @Override
    public boolean wantsBody() {
      return true;
    }
  }
}
