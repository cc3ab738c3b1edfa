package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import io.gatehouse.runtime.vtl.TemplateFailure.Kind;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The functions of {@code $util}. Of nothing each makes nothing (recorded: data-plane-misc.json).
 */
final class VendorFunctions {

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private VendorFunctions() {}

  static Object call(String name, Object[] arguments, Rendering r) {
    if (arguments.length != 1) {
      return null;
    }
    Object given = arguments[0];
    return switch (name) {
      case "escapeJavaScript" -> given == null ? "" : escapeJavaScript(read(given, r), r);
      case "parseJson" -> parseJson(given, r);
      case "urlEncode" ->
          given == null ? "" : r.made(URLEncoder.encode(read(given, r), StandardCharsets.UTF_8));
      case "urlDecode" -> given == null ? "" : urlDecode(read(given, r), r);
      case "base64Encode" -> given == null ? "" : r.made(base64(read(given, r)));
      case "base64Decode" -> given == null ? "" : base64Decode(read(given, r), r);
      default -> null;
    };
  }

  private static String read(Object given, Rendering r) {
    String text = Printer.text(given, r);
    if (text.length() > Limits.TEXT) {
      throw r.failure(Kind.VALUE_TOO_LARGE, "A string has at most " + Limits.TEXT + " characters");
    }
    r.budget.spend(text.length());
    return text;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64Decode(String text, Rendering r) {
    try {
      return r.made(new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw r.failure(Kind.BAD_ARGUMENT, "$util.base64Decode was given what is no base64");
    }
  }

  private static String urlDecode(String text, Rendering r) {
    try {
      return r.made(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw r.failure(Kind.BAD_ARGUMENT, "$util.urlDecode was given a broken percent sequence");
    }
  }

  private static Object parseJson(Object given, Rendering r) {
    if (given == null || given == Nothing.NOTHING) {
      return Nothing.NOTHING;
    }
    try {
      Object value = Json.parse(Printer.text(given, r), r.budget);
      return value == null ? Nothing.NOTHING : value;
    } catch (InvalidJson e) {
      throw r.failure(Kind.NOT_JSON, "$util.parseJson was given no JSON: " + e.getMessage());
    }
  }

  /** By the rules for JavaScript strings: quotes, slashes, controls, and all beyond ASCII. */
  private static String escapeJavaScript(String text, Rendering r) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      escape(text.charAt(i), out);
    }
    return r.made(out.toString());
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '\'', '"', '\\', '/' -> out.append('\\').append(c);
      case '\b' -> out.append("\\b");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\f' -> out.append("\\f");
      case '\r' -> out.append("\\r");
      default -> {
        if (c >= ' ' && c < 127) {
          out.append(c);
        } else {
          out.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[c >> shift & 15]);
          }
        }
      }
    }
  }
}
