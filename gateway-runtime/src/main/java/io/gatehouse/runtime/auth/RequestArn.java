package io.gatehouse.runtime.auth;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;

/**
 * The ARN of what a request calls, as policies are asked about it: with the request's own verb and
 * path. A path has one spelling here, however the caller has written it, so that nobody calls by
 * another spelling what a policy denies: what may stand for itself does, everything else is
 * percent-encoded, a star as well, which would be a wildcard in a policy made of this ARN.
 */
final class RequestArn {

  private static final String AS_IT_IS = "-._~!$&'()+,;=:@/";
  private static final String HEX = "0123456789ABCDEF";

  private RequestArn() {}

  static String of(Exchange x) {
    CompiledStage stage = x.stage();
    return Arn.executeApi(
            stage.region(),
            stage.account(),
            stage.apiId(),
            stage.stageName(),
            x.request().method(),
            path(x.path()))
        .toString();
  }

  /** Without the trailing slash that routes ignore. */
  static String path(String raw) {
    int end = raw.length() > 1 && raw.endsWith("/") ? raw.length() - 1 : raw.length();
    int at = 0;
    while (at < end && isAsItIs(raw.charAt(at))) {
      at++;
    }
    if (at == end) {
      return raw.substring(0, end);
    }
    StringBuilder out = new StringBuilder(end + 16).append(raw, 0, at);
    while (at < end) {
      int coded = raw.charAt(at) == '%' ? octet(raw, at, end) : -1;
      append(out, coded < 0 ? raw.charAt(at) : (char) coded, coded >= 0);
      at += coded < 0 ? 1 : 3;
    }
    return out.toString();
  }

  /** A slash that was encoded is part of a name, and does not part two. */
  private static void append(StringBuilder out, char c, boolean wasCoded) {
    if (isAsItIs(c) && !(wasCoded && c == '/')) {
      out.append(c);
    } else {
      out.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
    }
  }

  private static boolean isAsItIs(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || AS_IT_IS.indexOf(c) >= 0;
  }

  /** Of a percent sign with two digits, else -1. */
  private static int octet(String raw, int at, int end) {
    int high = at + 2 < end ? digit(raw.charAt(at + 1)) : -1;
    int low = high < 0 ? -1 : digit(raw.charAt(at + 2));
    return low < 0 ? -1 : high << 4 | low;
  }

  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
