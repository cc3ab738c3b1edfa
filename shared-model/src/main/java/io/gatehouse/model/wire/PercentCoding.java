package io.gatehouse.model.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Percent-encoded text of request lines, read exactly once and strictly. */
public final class PercentCoding {

  private static final int MOST_PARAMETERS = 1000;

  private PercentCoding() {}

  /** One path segment; a plus sign is a plus sign. */
  public static String decodeSegment(String raw) {
    return decode(raw, false);
  }

  /**
   * The parameters of a raw query string, in order, each with its values in order; a plus sign is a
   * blank.
   */
  public static Map<String, List<String>> decodeQuery(String rawQuery) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (rawQuery.isEmpty()) {
      return parameters;
    }
    String[] pairs = rawQuery.split("&", MOST_PARAMETERS + 1);
    if (pairs.length > MOST_PARAMETERS) {
      throw ApiError.badRequest(
          "The query string holds more than %d parameters".formatted(MOST_PARAMETERS));
    }
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
        parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
      }
    }
    return parameters;
  }

  private static String decode(String raw, boolean plusIsBlank) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw malformed(raw);
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c == '+' && plusIsBlank) {
        bytes.write(' ');
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        throw malformed(raw);
      }
    }
    try {
      ByteBuffer encoded = ByteBuffer.wrap(bytes.toByteArray());
      String text = StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
      if (text.indexOf('\0') >= 0) {
        throw malformed(raw);
      }
      return text;
    } catch (CharacterCodingException e) {
      throw malformed(raw);
    }
  }

  private static ApiError malformed(String raw) {
    String shown = raw.length() > 80 ? raw.substring(0, 80) + "..." : raw;
    return ApiError.badRequest("The request URI has a malformed percent-encoding in: " + shown);
  }
}
