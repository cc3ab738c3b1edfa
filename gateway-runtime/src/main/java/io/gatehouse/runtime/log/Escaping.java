package io.gatehouse.runtime.log;

/**
 * How a variable's value is written where its format has it, so that it neither ends the line nor
 * the field that it stands in.
 */
enum Escaping {
  /** Where no quotation marks are around: what would end a line. */
  PLAIN,
  /** Between quotation marks, as in CLF. */
  QUOTED,
  /** In JSON. */
  JSON,
  /** What is JSON already. */
  JSON_VALUE,
  XML,
  /** A field of CSV without quotation marks around it: gets them where it needs them. */
  CSV,
  /** A field of CSV within quotation marks. */
  CSV_QUOTED;

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** What formats are, by how they look. */
  enum Kind {
    JSON,
    XML,
    CSV,
    /** Common log format, and all that is like it. */
    CLF;

    static Kind of(String format) {
      if (format.startsWith("{")) {
        return JSON;
      }
      if (format.startsWith("<")) {
        return XML;
      }
      return format.contains(",$context.") || format.contains(",\"$context.") ? CSV : CLF;
    }
  }

  /**
   * @param quoted whether the variable stands between quotation marks
   */
  static Escaping of(Kind kind, boolean quoted, String name) {
    return switch (kind) {
      case JSON -> !quoted && name.equals("error.messageString") ? JSON_VALUE : JSON;
      case XML -> XML;
      case CSV -> quoted ? CSV_QUOTED : CSV;
      case CLF -> quoted ? QUOTED : PLAIN;
    };
  }

  void append(StringBuilder out, String value) {
    boolean needsQuotes = this == CSV && needsQuotes(value);
    if (needsQuotes) {
      out.append('"');
    }
    for (int i = 0; i < value.length(); i++) {
      append(out, value.charAt(i));
    }
    if (needsQuotes) {
      out.append('"');
    }
  }

  private static boolean needsQuotes(String value) {
    return value.indexOf(',') >= 0 || value.indexOf('"') >= 0;
  }

  private void append(StringBuilder out, char c) {
    if (breaks(c)) {
      if (this == XML) {
        out.append(' '); // few of them can be written in XML at all
      } else {
        out.append("\\u")
            .append(HEX[c >> 12])
            .append(HEX[c >> 8 & 15])
            .append(HEX[c >> 4 & 15])
            .append(HEX[c & 15]);
      }
      return;
    }
    switch (this) {
      case PLAIN, JSON_VALUE -> out.append(c);
      case QUOTED, JSON -> {
        if (c == '"' || c == '\\') {
          out.append('\\');
        }
        out.append(c);
      }
      case XML -> xml(out, c);
      case CSV, CSV_QUOTED -> {
        if (c == '"') {
          out.append('"');
        }
        out.append(c);
      }
    }
  }

  private static void xml(StringBuilder out, char c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&apos;");
      default -> out.append(c);
    }
  }

  /** Whether somebody takes it for the end of a line, or a terminal for a command. */
  private static boolean breaks(char c) {
    return c < ' ' || c >= 0x7f && c <= 0x9f || c == '\u2028' || c == '\u2029';
  }
}
