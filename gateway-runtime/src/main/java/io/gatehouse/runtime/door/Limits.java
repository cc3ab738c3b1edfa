package io.gatehouse.runtime.door;

/**
 * What a caller may use up at the door; the operator sets it, the defaults are the vendor's where
 * the vendor has any.
 *
 * @param bodyBytes of a request's body
 * @param headerBytes of request line and headers together
 * @param headerTimeoutMillis from the first byte of a request, or from the connection's start, to
 *     the end of its headers
 * @param bodyTimeoutMillis the span in which a body must have brought {@link #BODY_BYTES_A_SECOND}
 * @param writeTimeoutMillis how long a caller may take nothing of an answer that waits for it
 * @param idleMillis how long a connection may lie still
 * @param connectionsPerAddress that may be open at a time, 0 for any number
 * @param http2 whether HTTP/2 is spoken
 */
public record Limits(
    long bodyBytes,
    int headerBytes,
    long headerTimeoutMillis,
    long bodyTimeoutMillis,
    long writeTimeoutMillis,
    long idleMillis,
    int connectionsPerAddress,
    boolean http2) {

  public static final long BODY_BYTES_A_SECOND = 500;

  public static final int DEFAULT_BODY_BYTES = 10 << 20;
  public static final int DEFAULT_HEADER_BYTES = 10_240;
  public static final int DEFAULT_HEADER_TIMEOUT_MILLIS = 10_000;
  public static final int DEFAULT_BODY_TIMEOUT_MILLIS = 10_000;
  public static final int DEFAULT_CONNECTIONS_PER_ADDRESS = 1_000;

  private static final long WRITE_TIMEOUT_MILLIS = 30_000;
  private static final long LEAST_IDLE_MILLIS = 65_000;

  /** A slow backend is no idle connection: one stays open for longer than any backend may take. */
  public static Limits of(
      long bodyBytes,
      int headerBytes,
      long headerTimeoutMillis,
      long bodyTimeoutMillis,
      long longestBackendMillis,
      int connectionsPerAddress,
      boolean http2) {
    return new Limits(
        bodyBytes,
        headerBytes,
        headerTimeoutMillis,
        bodyTimeoutMillis,
        WRITE_TIMEOUT_MILLIS,
        Math.max(LEAST_IDLE_MILLIS, longestBackendMillis + WRITE_TIMEOUT_MILLIS),
        connectionsPerAddress,
        http2);
  }

  /** How often the door looks at its clock: a deadline is missed by no more than a tenth. */
  long glanceMillis() {
    long shortest =
        Math.min(Math.min(headerTimeoutMillis, bodyTimeoutMillis), writeTimeoutMillis) / 10;
    return Math.max(10, Math.min(1_000, shortest));
  }
}
