package io.gatehouse.runtime.golden;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/** A body off the wire that was sent in chunks. */
final class Chunks {

  private Chunks() {}

  static byte[] joined(byte[] wire) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String text = new String(wire, ISO_8859_1);
    int at = 0;
    while (true) {
      int end = text.indexOf("\r\n", at);
      if (end < 0) {
        throw new AssertionError("a chunked body that does not end");
      }
      int size = Integer.parseInt(text.substring(at, end), 16);
      if (size == 0) {
        return out.toByteArray();
      }
      out.write(wire, end + 2, size);
      at = end + 2 + size + 2;
    }
  }
}
