package io.gatehouse.runtime.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What becomes of a body on its way through, by the vendor's table (aws-behaviour 12.2, recorded:
 * s3-integration.json).
 */
public enum ContentHandling {
  /** No {@code contentHandling} is set. */
  PASSTHROUGH,
  CONVERT_TO_TEXT,
  CONVERT_TO_BINARY;

  /** What to do with the bytes. */
  enum Conversion {
    /** As they are. */
    NONE,
    /** They are UTF-8; what is not becomes U+FFFD. */
    TEXT,
    ENCODE_BASE64,
    DECODE_BASE64;

    /** The converted bytes; empty when they should be base64 and are not. */
    Optional<byte[]> apply(byte[] bytes) {
      return switch (this) {
        case NONE -> Optional.of(bytes);
        case TEXT -> Optional.of(repaired(bytes));
        case ENCODE_BASE64 -> Optional.of(Base64.getEncoder().encode(bytes));
        case DECODE_BASE64 -> base64(bytes);
      };
    }

    private static byte[] repaired(byte[] bytes) {
      for (byte b : bytes) {
        if (b < 0) {
          return new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        }
      }
      return bytes;
    }

    private static Optional<byte[]> base64(byte[] bytes) {
      try {
        return Optional.of(Base64.getDecoder().decode(bytes));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * @param payloadBinary whether the API lists the body's media type as binary
   */
  Conversion ofRequest(boolean payloadBinary) {
    return switch (this) {
      case PASSTHROUGH -> payloadBinary ? Conversion.NONE : Conversion.TEXT;
      case CONVERT_TO_TEXT -> payloadBinary ? Conversion.ENCODE_BASE64 : Conversion.TEXT;
      case CONVERT_TO_BINARY -> payloadBinary ? Conversion.NONE : Conversion.DECODE_BASE64;
    };
  }

  /**
   * @param payloadBinary whether the API lists the media type of the integration's answer as binary
   * @param acceptBinary whether it lists the first one that the caller accepts
   */
  Conversion ofResponse(boolean payloadBinary, boolean acceptBinary) {
    return switch (this) {
      case PASSTHROUGH ->
          payloadBinary == acceptBinary
              ? payloadBinary ? Conversion.NONE : Conversion.TEXT
              : payloadBinary ? Conversion.ENCODE_BASE64 : Conversion.DECODE_BASE64;
      case CONVERT_TO_TEXT -> payloadBinary ? Conversion.ENCODE_BASE64 : Conversion.TEXT;
      case CONVERT_TO_BINARY -> payloadBinary ? Conversion.NONE : Conversion.DECODE_BASE64;
    };
  }
}
