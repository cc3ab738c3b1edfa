package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.MethodCaching;
import io.gatehouse.runtime.exchange.Response;
import java.util.List;
import java.util.Locale;

/** Which answers are kept: what succeeded, is for more than one caller, and is not too large. */
final class Keepable {

  /** Of a body: the vendor's limit. */
  static final int MOST_BYTES = 1 << 20;

  private static final int PARTIAL_CONTENT = 206;

  private Keepable() {}

  /** By the head of the backend's answer. */
  static boolean mayBe(BackendResponse answer, MethodCaching caching) {
    return succeeded(answer.status())
        && answer.body().length() <= MOST_BYTES
        && hasAnEnd(answer)
        && isForOthers(answer.headers(), caching);
  }

  /** By the caller's response, too, as the method's author has made it. */
  static boolean mayBe(BackendResponse answer, Response response, MethodCaching caching) {
    return mayBe(answer, caching)
        && succeeded(response.status())
        && response.body().length() <= MOST_BYTES
        && isForOthers(response.headers(), caching);
  }

  private static boolean succeeded(int status) {
    return status / 100 == 2 && status != PARTIAL_CONTENT;
  }

  /** Where only the end of a connection ends a body nobody knows whether it is whole. */
  private static boolean hasAnEnd(BackendResponse answer) {
    return answer.body().length() >= 0 || answer.headers().first("Transfer-Encoding") != null;
  }

  private static boolean isForOthers(Headers headers, MethodCaching caching) {
    return headers.first("Set-Cookie") == null
        && headers.first("Content-Range") == null
        && !headers.all("Vary").contains("*")
        && (caching.shared() || !isPrivate(headers.all("Cache-Control")));
  }

  private static boolean isPrivate(List<String> cacheControl) {
    for (String value : cacheControl) {
      for (String directive : value.toLowerCase(Locale.ROOT).split(",")) {
        String name = directive.strip();
        if (name.equals("no-store") || name.equals("private") || name.startsWith("private=")) {
          return true;
        }
      }
    }
    return false;
  }
}
