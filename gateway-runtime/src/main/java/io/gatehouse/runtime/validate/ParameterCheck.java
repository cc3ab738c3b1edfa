package io.gatehouse.runtime.validate;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.mapping.QueryString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The parameters that a method requires. Costs no memory when all of them are there. */
public final class ParameterCheck {

  private static final String HEADER = "method.request.header.";
  private static final String PATH = "method.request.path.";
  private static final String QUERY = "method.request.querystring.";

  private final String[] headers;
  private final String[] pathVariables;
  private final String[] queryParameters;

  /**
   * @param required as {@code method.request.header.X}
   */
  public ParameterCheck(Collection<String> required) {
    this.headers = names(required, HEADER);
    this.pathVariables = names(required, PATH);
    this.queryParameters = names(required, QUERY);
  }

  /**
   * @throws GatewayException that names all that is missing, headers first, then path, then query
   */
  public void check(Exchange x) {
    if (missing(x, null)) {
      List<String> names = new ArrayList<>();
      missing(x, names);
      throw GatewayException.of(
          ResponseType.BAD_REQUEST_PARAMETERS,
          ResponseType.BAD_REQUEST_PARAMETERS.status(),
          ResponseType.BAD_REQUEST_PARAMETERS.message() + ": " + names,
          Reason.REQUIRED_PARAMETERS_MISSING);
    }
  }

  private static String[] names(Collection<String> required, String prefix) {
    return required.stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .sorted()
        .toArray(String[]::new);
  }

  /**
   * Whether anything is missing.
   *
   * @param names takes what is; null when the first is enough to know
   */
  private boolean missing(Exchange x, List<String> names) {
    boolean missing = false;
    for (int i = 0; i < headers.length && (names != null || !missing); i++) {
      missing |= !hasValue(x.request().headers(), headers[i]) && noted(headers[i], names);
    }
    for (int i = 0; i < pathVariables.length && (names != null || !missing); i++) {
      missing |= x.pathParameter(pathVariables[i]) == null && noted(pathVariables[i], names);
    }
    for (int i = 0; i < queryParameters.length && (names != null || !missing); i++) {
      missing |=
          !QueryString.hasValue(x.request().query(), queryParameters[i])
              && noted(queryParameters[i], names);
    }
    return missing;
  }

  private static boolean noted(String name, List<String> names) {
    return names == null || names.add(name);
  }

  private static boolean hasValue(Headers headers, String name) {
    String first = headers.first(name);
    return first != null
        && (!first.isEmpty() || headers.all(name).stream().anyMatch(value -> !value.isEmpty()));
  }
}
