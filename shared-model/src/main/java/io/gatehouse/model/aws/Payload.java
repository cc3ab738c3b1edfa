package io.gatehouse.model.aws;

/** What of a request's body its signature covers, as {@code x-amz-content-sha256} tells. */
public enum Payload {

  /** All of it, by its hash. */
  HASHED(""),

  /** Nothing. */
  UNSIGNED("UNSIGNED-PAYLOAD"),

  /** Chunks that are signed one after the other. */
  SIGNED_CHUNKS("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),

  /** The same, and headers after the last one. */
  SIGNED_CHUNKS_AND_TRAILER("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"),

  /** Chunks that are not signed, and headers after the last one. */
  UNSIGNED_CHUNKS_AND_TRAILER("STREAMING-UNSIGNED-PAYLOAD-TRAILER");

  private final String text;

  Payload(String text) {
    this.text = text;
  }

  /**
   * What a header or parameter says; whatever is none of the words is a hash, right or wrong.
   *
   * @param claim null when nothing is said
   */
  static Payload of(String claim) {
    if (claim != null) {
      for (Payload payload : values()) {
        if (payload != HASHED && payload.text.equals(claim)) {
          return payload;
        }
      }
    }
    return HASHED;
  }

  /** Whether the body comes in the coding {@code aws-chunked}. */
  public boolean isChunked() {
    return this != HASHED && this != UNSIGNED;
  }

  boolean hasTrailer() {
    return this == SIGNED_CHUNKS_AND_TRAILER || this == UNSIGNED_CHUNKS_AND_TRAILER;
  }

  boolean hasSignedChunks() {
    return this == SIGNED_CHUNKS || this == SIGNED_CHUNKS_AND_TRAILER;
  }
}
