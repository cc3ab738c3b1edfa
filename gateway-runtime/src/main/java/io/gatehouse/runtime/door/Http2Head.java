package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.Reason;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rules that {@link HeadScan} has for HTTP/1, as far as the decoder of HTTP/2 does not keep to
 * them by resetting the stream: what is let in here may be written down as HTTP/1 towards a
 * backend.
 */
final class Http2Head {

  /** Fields about one connection have no place where connections are shared (RFC 9113, 8.2.2). */
  static final Set<String> OF_CONNECTION =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  private Http2Head() {}

  /** The first thing that is wrong, or null. */
  static Reason wrong(HttpServerRequest request) {
    MultiMap headers = request.headers();
    for (Map.Entry<String, String> field : headers) {
      if (!isField(field.getKey(), field.getValue())) {
        return Reason.HEADER_INVALID;
      }
    }
    if (headers.getAll(HttpHeaders.HOST).size() > 1) {
      return Reason.HOST_DOUBLED;
    }
    return host(request.authority());
  }

  private static Reason host(HostAndPort authority) {
    if (authority == null) {
      return Reason.HOST_MISSING;
    }
    byte[] text = text(authority).getBytes(StandardCharsets.UTF_8);
    return Syntax.isHost(text, 0, text.length) ? null : Reason.HOST_INVALID;
  }

  /** As it was sent: a name, and a port if there was one. */
  static String text(HostAndPort authority) {
    return authority == null
        ? null
        : authority.port() < 0 ? authority.host() : authority.host() + ":" + authority.port();
  }

  /**
   * Adds a field of an answer, if it is one that HTTP/2 has.
   *
   * @throws IllegalArgumentException when it is no field at all
   */
  static void add(MultiMap headers, String name, String value) {
    if (name.startsWith(":") || !isField(name, value)) {
      throw new IllegalArgumentException("no header: " + name);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (!OF_CONNECTION.contains(lower)) {
      headers.add(lower, value);
    }
  }

  private static boolean isField(String name, String value) {
    if (name.startsWith(":")) {
      return true; // the protocol's own, which have been taken apart already
    }
    if (!isToken(name)) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > 0xff || !Syntax.isValue((byte) c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f || !Syntax.isToken((byte) text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
