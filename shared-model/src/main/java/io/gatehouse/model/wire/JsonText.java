package io.gatehouse.model.wire;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * JSON of strangers: strict about encoding, repeated members and depth, so that nothing behind it
 * has to be.
 */
public final class JsonText {

  /** Deeper documents than any operation needs only serve to exhaust a stack. */
  static final int DEEPEST = 64;

  private static final String BODY = "The request body";

  private static final JsonReaderFactory READERS =
      JSON.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  private static final JsonWriterFactory PRETTY =
      JSON.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

  private JsonText() {}

  /**
   * The object that the bytes spell; no bytes, or only white space, are the empty object.
   *
   * @throws ApiError of kind SERIALIZATION when they spell none
   */
  public static JsonObject object(byte[] utf8) {
    String text = text(utf8);
    return text.isBlank() ? JsonValue.EMPTY_JSON_OBJECT : object(text, BODY);
  }

  /** The object that a member's text spells; empty when it spells none. */
  public static Optional<JsonObject> spelled(String text) {
    try {
      return Optional.of(object(text, "The text"));
    } catch (ApiError notAnObject) {
      return Optional.empty();
    }
  }

  /** With line breaks and blanks, for texts that people read. */
  public static String pretty(JsonObject object) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = PRETTY.createWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString().strip();
  }

  /**
   * The object that the text spells.
   *
   * @param what names the text in messages, as {@code The policy}
   * @throws ApiError of kind SERIALIZATION when it spells none
   */
  public static JsonObject object(String text, String what) {
    requireOneShallowValue(text, what);
    JsonValue value;
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      value = reader.read();
    } catch (JsonException
        | IllegalStateException
        | ArithmeticException
        | NumberFormatException
        | UnsupportedOperationException e) {
      throw ApiError.serialization(what + " is not valid JSON: " + firstLine(e));
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw ApiError.serialization(
        what + " must be a JSON object, not of type " + value.getValueType());
  }

  private static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw ApiError.serialization(BODY + " is not valid UTF-8");
    }
  }

  /** The parser behind us stops at the end of the first value, and would recurse without bound. */
  private static void requireOneShallowValue(String text, String what) {
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        if (++depth > DEEPEST) {
          throw ApiError.serialization(
              "%s is nested deeper than %d levels".formatted(what, DEEPEST));
        }
      } else if ((c == '}' || c == ']') && --depth == 0 && !text.substring(i + 1).isBlank()) {
        throw ApiError.serialization(what + " goes on after the end of its JSON");
      }
    }
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    return message.length() > 200 ? message.substring(0, 200) + "..." : message;
  }
}
