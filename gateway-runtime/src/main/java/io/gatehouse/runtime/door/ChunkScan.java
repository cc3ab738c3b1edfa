package io.gatehouse.runtime.door;

/**
 * Follows a chunked body from byte to byte, skipping the content of its chunks. Extensions, which
 * nobody needs and readers disagree on, are no part of the form that it knows; the trailer section
 * is, and is bounded.
 */
final class ChunkScan {

  /** What the next byte is expected to be. */
  private enum Part {
    FIRST_DIGIT,
    DIGIT,
    SIZE_LF,
    CONTENT,
    CONTENT_CR,
    CONTENT_LF,
    TRAILER,
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_LF,
    LAST_LF,
    END,
    BROKEN
  }

  private static final int MOST_DIGITS = 8;

  private final int mostTrailerBytes;
  private Part part = Part.END;
  private int digits;
  private long size;
  private int trailerBytes;

  ChunkScan(int mostTrailerBytes) {
    this.mostTrailerBytes = mostTrailerBytes;
  }

  void begin() {
    part = Part.FIRST_DIGIT;
    trailerBytes = 0;
  }

  boolean ended() {
    return part == Part.END;
  }

  boolean broken() {
    return part == Part.BROKEN;
  }

  /** Inside a trailer field, which goes no further than here. */
  boolean inTrailer() {
    return part == Part.TRAILER_NAME || part == Part.TRAILER_VALUE || part == Part.TRAILER_LF;
  }

  /** How many of the coming bytes are content and need not be shown. */
  long content() {
    return part == Part.CONTENT ? size : 0;
  }

  void skip(long content) {
    size -= content;
    if (size == 0) {
      part = Part.CONTENT_CR;
    }
  }

  void next(byte b) {
    part =
        switch (part) {
          case FIRST_DIGIT -> firstDigit(b);
          case DIGIT -> b == '\r' ? Part.SIZE_LF : digit(b);
          case SIZE_LF -> b != '\n' ? Part.BROKEN : size == 0 ? Part.TRAILER : Part.CONTENT;
          case CONTENT_CR -> b == '\r' ? Part.CONTENT_LF : Part.BROKEN;
          case CONTENT_LF -> b == '\n' ? Part.FIRST_DIGIT : Part.BROKEN;
          case TRAILER, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF -> trailer(b);
          case LAST_LF -> b == '\n' ? Part.END : Part.BROKEN;
          case CONTENT, END, BROKEN -> Part.BROKEN;
        };
  }

  private Part firstDigit(byte b) {
    digits = 0;
    size = 0;
    return digit(b);
  }

  private Part digit(byte b) {
    int value = Character.digit(b, 16);
    size = size << 4 | value;
    return value < 0 || ++digits > MOST_DIGITS || size > Integer.MAX_VALUE
        ? Part.BROKEN
        : Part.DIGIT;
  }

  private Part trailer(byte b) {
    if (++trailerBytes > mostTrailerBytes) {
      return Part.BROKEN;
    }
    return switch (part) {
      case TRAILER ->
          b == '\r' ? Part.LAST_LF : Syntax.isToken(b) ? Part.TRAILER_NAME : Part.BROKEN;
      case TRAILER_NAME ->
          b == ':' ? Part.TRAILER_VALUE : Syntax.isToken(b) ? Part.TRAILER_NAME : Part.BROKEN;
      case TRAILER_VALUE ->
          b == '\r' ? Part.TRAILER_LF : Syntax.isValue(b) ? Part.TRAILER_VALUE : Part.BROKEN;
      default -> b == '\n' ? Part.TRAILER : Part.BROKEN;
    };
  }
}
