package io.gatehouse.model.wire;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * JSON that carries files: the long base64 texts of a body become bytes straight from where they
 * lie, and only what is left is read as JSON. So a file is in memory twice, as it came and as what
 * it is, and not once more as text, as a token and as a value.
 */
final class Blobs {

  /** Shorter texts are read with the rest. */
  private static final int LONG = 16 * 1024;

  private static final int LONGEST_REST = 1024 * 1024;

  private final byte[] body;
  private final List<Blob> blobs = new ArrayList<>();
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
  private int copied;

  private Blobs(byte[] body) {
    this.body = body;
  }

  /** A text of base64 that has become what it stands for. */
  record Blob(byte[] bytes) implements JsonString {

    @Override
    public ValueType getValueType() {
      return ValueType.STRING;
    }

    @Override
    public String getString() {
      throw ApiError.serialization("A text of more than " + LONG + " characters where none may be");
    }

    @Override
    public CharSequence getChars() {
      return getString();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Blob blob && Arrays.equals(bytes, blob.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "(" + bytes.length + " bytes)";
    }
  }

  /**
   * The object that the bytes spell.
   *
   * @throws ApiError of kind SERIALIZATION when they spell none, or hold long texts that are not
   *     base64
   */
  static JsonObject object(byte[] body) {
    return new Blobs(body).object();
  }

  private JsonObject object() {
    takeOut();
    if (rest.size() > LONGEST_REST) {
      throw ApiError.serialization(
          "The request body holds more than %d bytes besides files in plain base64"
              .formatted(LONGEST_REST));
    }
    JsonObject object = JsonText.object(rest.toByteArray());
    return blobs.isEmpty() ? object : filled(object);
  }

  private void takeOut() {
    int at = 0;
    while (at < body.length) {
      if (body[at] != '"') {
        at++;
        continue;
      }
      int end = at + 1;
      boolean plain = true;
      while (end < body.length && body[end] != '"') {
        plain &= isBase64(body[end]);
        end += body[end] == '\\' ? 2 : 1;
      }
      if (plain && end < body.length && end - at > LONG) {
        replace(at, end);
      }
      at = end + 1;
    }
    rest.write(body, copied, body.length - copied);
  }

  /**
   * @param from of the opening quotation mark
   * @param to of the closing one
   */
  private void replace(int from, int to) {
    rest.write(body, copied, from - copied);
    rest.writeBytes(("\"\\u0000" + blobs.size() + "\"").getBytes());
    copied = to + 1;
    try {
      ByteBuffer bytes = Base64.getDecoder().decode(ByteBuffer.wrap(body, from + 1, to - from - 1));
      blobs.add(
          new Blob(
              bytes.remaining() == bytes.array().length
                  ? bytes.array()
                  : Arrays.copyOf(bytes.array(), bytes.remaining())));
    } catch (IllegalArgumentException e) {
      throw ApiError.serialization("A file in the request body is not valid base64");
    }
  }

  private static boolean isBase64(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b == '+'
        || b == '/'
        || b == '=';
  }

  /** No text of a caller's own can stand for a blob: nothing that is read may hold a NUL. */
  private JsonObject filled(JsonObject object) {
    JsonObjectBuilder filled = JSON.createObjectBuilder();
    object.forEach((name, value) -> filled.add(name, filled(value)));
    return filled.build();
  }

  private JsonValue filled(JsonValue value) {
    if (value instanceof JsonObject object) {
      return filled(object);
    }
    if (value instanceof JsonString text && text.getString().startsWith("\0")) {
      String index = text.getString().substring(1);
      for (int i = 0; i < blobs.size(); i++) {
        if (index.equals(Integer.toString(i))) {
          return blobs.get(i);
        }
      }
    }
    return value;
  }
}
