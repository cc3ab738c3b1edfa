package io.gatehouse.runtime.door;

import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The ids that every request gets. They name a request and guard nothing, so they need be unique,
 * not secret.
 */
public final class RequestIds {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final HexFormat HEX = HexFormat.of();

  private final Supplier<? extends RandomGenerator> random;

  /**
   * @param random gives a generator that the asking thread may use
   */
  public RequestIds(Supplier<? extends RandomGenerator> random) {
    this.random = random;
  }

  /** A random UUID, version 4. */
  public String requestId() {
    RandomGenerator r = random.get();
    long high = (r.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (r.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new java.util.UUID(high, low).toString();
  }

  /** As the vendor's: 15 characters of base64 and an equals sign. */
  public String extendedId() {
    long bits = random.get().nextLong();
    long more = random.get().nextLong();
    char[] out = new char[16];
    for (int i = 0; i < 10; i++) {
      out[i] = ALPHABET.charAt((int) (bits >>> (6 * i)) & 63);
    }
    for (int i = 10; i < 15; i++) {
      out[i] = ALPHABET.charAt((int) (more >>> (6 * i - 60)) & 63);
    }
    out[15] = '=';
    return new String(out);
  }

  /** A new trace: {@code Root=1-SECONDS-24 HEX DIGITS}. */
  public String traceId(long epochMillis) {
    RandomGenerator r = random.get();
    return "Root=1-"
        + HEX.toHexDigits((int) (epochMillis / 1000))
        + "-"
        + HEX.toHexDigits(r.nextLong())
        + HEX.toHexDigits(r.nextInt());
  }
}
