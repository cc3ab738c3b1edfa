package io.gatehouse.model.aws;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** When requests were signed, in ISO 8601's basic form. */
final class Timestamps {

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String SHAPE = "00000000T000000Z";

  private Timestamps() {}

  static String format(Instant instant) {
    return BASIC.format(instant);
  }

  /** What the headers say, in the basic form where it is a date at all. */
  static String of(HttpHead head) {
    List<String> amzDate = head.values("X-Amz-Date");
    List<String> date = amzDate.isEmpty() ? head.values("Date") : amzDate;
    if (date.size() > 1) {
      throw SigV4.invalid("The request carries more than one date");
    }
    if (date.isEmpty()) {
      throw ApiError.of(
          Kind.INCOMPLETE_SIGNATURE,
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    String text = date.getFirst().strip();
    if (!amzDate.isEmpty()) {
      return text;
    }
    try {
      return BASIC.format(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    } catch (DateTimeException e) {
      return text;
    }
  }

  /**
   * @throws ApiError of kind INCOMPLETE_SIGNATURE when it is no such date
   */
  static Instant parse(String text) {
    if (hasShape(text)) {
      try {
        return LocalDateTime.of(
                number(text, 0, 4),
                number(text, 4, 6),
                number(text, 6, 8),
                number(text, 9, 11),
                number(text, 11, 13),
                number(text, 13, 15))
            .toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        // the thirteenth month and the like
      }
    }
    throw ApiError.of(
        Kind.INCOMPLETE_SIGNATURE,
        "Date must be in ISO-8601 'basic format'. Got '%s'. See"
                .formatted(SignatureText.shortened(text))
            + " http://en.wikipedia.org/wiki/ISO_8601");
  }

  private static boolean hasShape(String text) {
    if (text.length() != SHAPE.length()) {
      return false;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char shape = SHAPE.charAt(i);
      char c = text.charAt(i);
      if (shape == '0' ? c < '0' || c > '9' : c != shape) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
