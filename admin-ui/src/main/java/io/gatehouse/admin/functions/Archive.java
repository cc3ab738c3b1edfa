package io.gatehouse.admin.functions;

import io.gatehouse.model.wire.ApiError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a zip archive says of itself. Only its directory is read and nothing unpacked; nodes count
 * again while they unpack, for a directory may lie.
 */
record Archive(long unpackedSize, int entries) {

  static final long LARGEST = 50L * 1024 * 1024;
  static final long LARGEST_UNPACKED = 250L * 1024 * 1024;

  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final int FILE = 0x04034b50;
  private static final int FILE_SIZE = 30;

  /** In the place of a number that only the extended form of the format has room for. */
  private static final int ELSEWHERE = 0xFFFF;

  /**
   * @throws ApiError when the bytes are no archive that can be unpacked, or it is too large
   */
  static Archive read(byte[] bytes) {
    if (bytes.length > LARGEST) {
      throw ApiError.badRequest(
          "Zipped size must be smaller than %d bytes, not %d".formatted(LARGEST, bytes.length));
    }
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = end(zip);
    int entries = Short.toUnsignedInt(zip.getShort(end + 10));
    long at = Integer.toUnsignedLong(zip.getInt(end + 16));
    if (entries == 0) {
      throw ApiError.badRequest("Uploaded file must be a non-empty zip");
    }
    if (entries == ELSEWHERE || zip.getInt(end + 4) != 0) {
      throw unreadable();
    }
    long unpacked = 0;
    for (int i = 0; i < entries; i++) {
      if (at > end - ENTRY_SIZE || zip.getInt((int) at) != ENTRY) {
        throw unreadable();
      }
      int entry = (int) at;
      requireFile(zip, Integer.toUnsignedLong(zip.getInt(entry + 42)));
      unpacked += Integer.toUnsignedLong(zip.getInt(entry + 24));
      at +=
          ENTRY_SIZE
              + Short.toUnsignedInt(zip.getShort(entry + 28))
              + Short.toUnsignedInt(zip.getShort(entry + 30))
              + Short.toUnsignedInt(zip.getShort(entry + 32));
    }
    if (unpacked > LARGEST_UNPACKED) {
      throw ApiError.badRequest(
          "Unzipped size must be smaller than %d bytes".formatted(LARGEST_UNPACKED));
    }
    return new Archive(unpacked, entries);
  }

  /** The end of the directory is found from the back, for a comment may follow it. */
  private static int end(ByteBuffer zip) {
    int last = zip.limit() - END_SIZE;
    for (int at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
      if (zip.getInt(at) == END
          && at + END_SIZE + Short.toUnsignedInt(zip.getShort(at + 20)) == zip.limit()) {
        return at;
      }
    }
    throw unreadable();
  }

  private static void requireFile(ByteBuffer zip, long at) {
    if (at > zip.limit() - FILE_SIZE || zip.getInt((int) at) != FILE) {
      throw unreadable();
    }
  }

  private static ApiError unreadable() {
    return ApiError.badRequest(
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
}
