package io.gatehouse.admin.openapi;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Bytes to a tree: JSON when the first character is a brace, YAML otherwise. Every refusal is the
 * vendor's only sentence for all of them; its detail tells what is wrong and where.
 */
final class DocumentParser {

  static final int MOST_BYTES = 6 << 20;
  private static final int LONGEST_NUMBER = 100;
  private static final int LARGEST_EXPONENT = 400;

  private DocumentParser() {}

  static JsonObject parse(byte[] bytes) {
    String text = text(bytes);
    JsonValue root = text.stripLeading().startsWith("{") ? json(text) : YamlParser.parse(text);
    if (root instanceof JsonObject object) {
      return object;
    }
    throw invalid("The document is not an object");
  }

  static ApiError invalid(String what) {
    return ApiError.badRequest("Invalid OpenAPI input.").withDetail(what);
  }

  /**
   * @param line counted from 1
   * @param column counted from 1
   */
  static ApiError invalidAt(long line, long column, String what) {
    return invalid("Line " + line + ", column " + column + ": " + what);
  }

  /** Numbers are kept as written: a version 1.0 is not 1. */
  static JsonValue number(String text) {
    if (text.length() > LONGEST_NUMBER) {
      throw new TreeBuilder.Refused("a number of more than " + LONGEST_NUMBER + " digits");
    }
    BigDecimal number = new BigDecimal(text);
    if (Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
      throw new TreeBuilder.Refused("the number " + text + " is out of range");
    }
    return JSON.createValue(number);
  }

  private static String text(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw ApiError.of(
          ApiError.Kind.REQUEST_TOO_LARGE,
          "The document has " + bytes.length + " bytes, at most " + MOST_BYTES + " are allowed");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      throw invalid("The document is not UTF-8 text: see the byte at offset " + in.position());
    }
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw invalid("The document has a NUL character at offset " + nul);
    }
    if (text.isBlank()) {
      throw invalid("The document is empty");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static JsonValue json(String text) {
    try (JsonParser parser = JSON.createParser(new StringReader(text))) {
      TreeBuilder tree = new TreeBuilder();
      try {
        while (parser.hasNext()) {
          feed(tree, parser, parser.next());
        }
      } catch (TreeBuilder.Refused e) {
        throw invalidAt(
            parser.getLocation().getLineNumber(),
            parser.getLocation().getColumnNumber(),
            e.getMessage());
      } catch (JsonParsingException e) {
        throw invalidAt(
            Optional.ofNullable(e.getLocation()).map(JsonLocation::getLineNumber).orElse(1L),
            Optional.ofNullable(e.getLocation()).map(JsonLocation::getColumnNumber).orElse(1L),
            "this is not JSON");
      } catch (JsonException | NoSuchElementException e) {
        throw invalid("The document ends too early or is not JSON");
      }
      if (tree.root() == null) {
        throw invalid("The document ends too early: an object or a list is not closed");
      }
      return tree.root();
    }
  }

  private static void feed(TreeBuilder tree, JsonParser parser, JsonParser.Event event) {
    switch (event) {
      case START_OBJECT -> tree.start(true);
      case START_ARRAY -> tree.start(false);
      case END_OBJECT, END_ARRAY -> tree.end();
      case KEY_NAME -> tree.key(parser.getString());
      case VALUE_STRING -> tree.scalar(JSON.createValue(parser.getString()));
      case VALUE_NUMBER -> tree.scalar(number(parser.getString()));
      case VALUE_TRUE -> tree.scalar(JsonValue.TRUE);
      case VALUE_FALSE -> tree.scalar(JsonValue.FALSE);
      case VALUE_NULL -> tree.scalar(JsonValue.NULL);
    }
  }
}
