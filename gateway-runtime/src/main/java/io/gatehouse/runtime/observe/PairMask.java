package io.gatehouse.runtime.observe;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.runtime.exchange.Redaction;

/**
 * Hides values by name in what has {@code name=value} in it: queries, forms, cookies, lines of
 * logs.
 */
final class PairMask {

  private static final String BEFORE_A_NAME = "&?;,{([\"'\\<> \t\n\r";
  private static final String BEHIND_A_VALUE = "&;\"'\\<>{}()[] ,\t\n\r";
  private static final int LONGEST_NAME = 128;

  private PairMask() {}

  /** The text itself where there is nothing to hide. */
  static String mask(String text, Redaction redaction) {
    StringBuilder out = null;
    int copied = 0;
    int equals = text.indexOf('=');
    while (equals >= 0) {
      int next = equals + 1;
      if (redaction.hidesMember(name(text, equals))) {
        int end = next;
        while (end < text.length() && BEHIND_A_VALUE.indexOf(text.charAt(end)) < 0) {
          end++;
        }
        if (out == null) {
          out = new StringBuilder(text.length());
        }
        out.append(text, copied, next).append(Secrets.HIDDEN);
        copied = end;
        next = end;
      }
      equals = text.indexOf('=', next);
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  private static String name(String text, int end) {
    int from = end;
    while (from > 0
        && end - from < LONGEST_NAME
        && BEFORE_A_NAME.indexOf(text.charAt(from - 1)) < 0) {
      from--;
    }
    String raw = text.substring(from, end);
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    try {
      return PercentCoding.decodeSegment(raw);
    } catch (ApiError malformed) {
      return raw;
    }
  }
}
