package io.gatehouse.runtime.exchange;

import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * An exchange as a part of a trace that goes through several systems: whose part it is, and what
 * the backend is told, in the header that the vendor's tracing uses.
 *
 * @param id of the whole trace, 32 hexadecimal digits
 * @param parent the caller's span, 16 hexadecimal digits; empty where the trace begins here
 * @param span of the exchange
 * @param backendSpan of the call of the backend, which is the parent of what happens there
 * @param sampled whether it is recorded
 */
public record Trace(String id, String parent, String span, String backendSpan, boolean sampled) {

  private static final HexFormat HEX = HexFormat.of();
  private static final int VERSION = 2;
  private static final int SECONDS = 8;
  private static final int RANDOM = 24;
  private static final int SPAN = 16;

  /** What a header says that came with a request. */
  private record Header(String root, String parent, String sampled) {}

  /**
   * @param header {@code Root=1-SECONDS-24 HEX DIGITS}, perhaps with {@code Parent} and {@code
   *     Sampled}
   * @param decides whether to record a trace of which nobody has decided yet
   * @return null where the header names no trace of that form, which is passed on as it is
   */
  public static Trace of(String header, RandomGenerator random, BooleanSupplier decides) {
    Header read = read(header);
    if (!isRoot(read.root())) {
      return null;
    }
    String id =
        read.root().substring(VERSION, VERSION + SECONDS)
            + read.root().substring(VERSION + SECONDS + 1);
    boolean sampled =
        switch (read.sampled()) {
          case "1" -> true;
          case "0" -> false;
          default -> decides.getAsBoolean();
        };
    return new Trace(
        id,
        isHex(read.parent(), 0, SPAN) && read.parent().length() == SPAN ? read.parent() : "",
        HEX.toHexDigits(nonZero(random)),
        HEX.toHexDigits(nonZero(random)),
        sampled);
  }

  private static long nonZero(RandomGenerator random) {
    return random.nextLong() | 1;
  }

  private static Header read(String header) {
    String root = "";
    String parent = "";
    String sampled = "";
    for (int from = 0; from < header.length(); ) {
      int end = header.indexOf(';', from);
      end = end < 0 ? header.length() : end;
      String part = header.substring(from, end).strip();
      if (part.startsWith("Root=")) {
        root = part.substring("Root=".length());
      } else if (part.startsWith("Parent=")) {
        parent = part.substring("Parent=".length());
      } else if (part.startsWith("Sampled=")) {
        sampled = part.substring("Sampled=".length());
      }
      from = end + 1;
    }
    return new Header(root, parent, sampled);
  }

  private static boolean isRoot(String root) {
    return root.length() == VERSION + SECONDS + 1 + RANDOM
        && root.startsWith("1-")
        && isHex(root, VERSION, VERSION + SECONDS)
        && root.charAt(VERSION + SECONDS) == '-'
        && isHex(root, VERSION + SECONDS + 1, root.length());
  }

  private static boolean isHex(String text, int from, int to) {
    if (text.length() < to) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  /** The header for the backend. */
  public String header() {
    return "Root=1-"
        + id.substring(0, SECONDS)
        + "-"
        + id.substring(SECONDS)
        + ";Parent="
        + backendSpan
        + ";Sampled="
        + (sampled ? "1" : "0");
  }
}
