package io.gatehouse.model.aws;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** A text that is put together as the bytes it is hashed as. */
final class ByteText {

  private byte[] bytes;
  private int length;

  ByteText(int capacity) {
    bytes = new byte[capacity];
  }

  ByteText add(char c) {
    room(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** Of characters that stand for a byte each; what is no byte becomes the bytes of UTF-8. */
  ByteText add(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0xff) {
        return addUtf8(text.substring(i));
      }
      bytes[length++] = (byte) c;
    }
    return this;
  }

  private ByteText addUtf8(String text) {
    byte[] more = text.getBytes(StandardCharsets.UTF_8);
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  /** Without blanks at its ends, and one space in the place of those within. */
  ByteText addFolded(String text) {
    boolean begun = false;
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c >= '\t' && c <= '\r') {
        gap = begun;
      } else {
        if (gap) {
          add(' ');
        }
        if (c > 0xff) {
          int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
          addUtf8(text.substring(i, end));
          i = end - 1;
        } else {
          add(c);
        }
        begun = true;
        gap = false;
      }
    }
    return this;
  }

  ByteText addHex(byte[] binary) {
    room(binary.length * 2);
    for (byte b : binary) {
      bytes[length++] = (byte) Character.forDigit(b >> 4 & 15, 16);
      bytes[length++] = (byte) Character.forDigit(b & 15, 16);
    }
    return this;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  byte[] sha256() {
    return SignatureText.sha256(bytes, 0, length);
  }

  byte[] hmac(SecretKey key) {
    return SignatureText.hmac(key, bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
