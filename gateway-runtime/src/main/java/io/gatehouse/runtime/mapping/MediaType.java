package io.gatehouse.runtime.mapping;

import java.util.Locale;

/** The media type that a header names. */
public final class MediaType {

  private MediaType() {}

  /** Of a Content-Type header: type and subtype in lower case, without parameters. */
  public static String of(String field) {
    int semicolon = field.indexOf(';');
    return (semicolon < 0 ? field : field.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** The same where there may be no header: then it is JSON. */
  public static String orJson(String field) {
    return field == null ? "application/json" : of(field);
  }
}
