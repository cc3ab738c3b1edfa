package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import java.util.Collection;
import java.util.List;

/** Which of several templates a caller gets, by their content types. */
final class Accepted {

  private Accepted() {}

  /**
   * The one that the request's last Accept header names, else JSON, else the first.
   *
   * @param types not empty
   */
  static String of(Exchange x, Collection<String> types) {
    List<String> accepted = x.request().headers().all("Accept");
    if (!accepted.isEmpty() && types.contains(accepted.getLast())) {
      return accepted.getLast();
    }
    return types.contains("application/json") ? "application/json" : types.iterator().next();
  }
}
