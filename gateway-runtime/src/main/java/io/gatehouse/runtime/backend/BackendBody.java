package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Body;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;

/** The body of a backend's answer. */
final class BackendBody {

  private BackendBody() {}

  /**
   * @param in paused
   * @param patience for all of it, where it is wanted whole
   */
  static Body of(HttpClientResponse in, String method, StreamedBody.Patience patience) {
    int status = in.statusCode();
    if (method.equals("HEAD") || status == 204 || status == 304 || status < 200) {
      in.resume();
      return Body.EMPTY;
    }
    String length = in.headers().get(HttpHeaders.CONTENT_LENGTH);
    // Netty has refused a length that is no number before it comes here.
    long announced = length == null ? -1 : Long.parseLong(length.strip());
    if (announced == 0) {
      in.resume();
      return Body.EMPTY;
    }
    return new StreamedBody(in, announced, 0, () -> {}, () -> in.request().reset(), patience);
  }
}
