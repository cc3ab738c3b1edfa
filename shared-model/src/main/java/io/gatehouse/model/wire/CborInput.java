package io.gatehouse.model.wire;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * CBOR (RFC 8949) of strangers as JSON: the body of a request of the vendor's RPC protocol. Times,
 * which are tagged numbers there, become numbers.
 */
public final class CborInput {

  private static final int INDEFINITE = 31;
  private static final int BREAK = 0xFF;

  private final ByteBuffer in;

  private CborInput(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  /**
   * The object that the bytes hold; no bytes are the empty object.
   *
   * @throws ApiError of kind SERIALIZATION when they hold none
   */
  public static JsonObject object(byte[] bytes) {
    if (bytes.length == 0) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    CborInput input = new CborInput(bytes);
    try {
      if (input.value(0) instanceof JsonObject object && !input.in.hasRemaining()) {
        return object;
      }
    } catch (BufferUnderflowException e) {
      throw broken("it ends too early");
    }
    throw broken("it is not one map");
  }

  private static ApiError broken(String why) {
    return ApiError.serialization("The request body is not the CBOR that was expected: " + why);
  }

  private JsonValue value(int depth) {
    if (depth > JsonText.DEEPEST) {
      throw broken("it is too deep");
    }
    int head = in.get() & 0xFF;
    int kind = head >> 5;
    int more = head & 31;
    return switch (kind) {
      case 0 -> JSON.createValue(length(more));
      case 1 -> JSON.createValue(-1 - length(more));
      case 3 -> JSON.createValue(text(more));
      case 4 -> array(more, depth);
      case 5 -> map(more, depth);
      case 6 -> tagged(more, depth);
      case 7 -> simple(more);
      default -> throw broken("it holds bytes");
    };
  }

  private JsonValue tagged(int more, int depth) {
    length(more);
    return value(depth + 1);
  }

  private long length(int more) {
    long length =
        switch (more) {
          case 24 -> in.get() & 0xFF;
          case 25 -> in.getShort() & 0xFFFF;
          case 26 -> in.getInt() & 0xFFFF_FFFFL;
          case 27 -> in.getLong();
          default -> more;
        };
    if (more > 27 || length < 0) {
      throw broken("it holds a number that is too large");
    }
    return length;
  }

  private String text(int more) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (more == INDEFINITE) {
      while (!ends()) {
        int head = in.get() & 0xFF;
        if (head >> 5 != 3 || (head & 31) == INDEFINITE) {
          throw broken("a piece of a text is none");
        }
        piece(length(head & 31), bytes);
      }
    } else {
      piece(length(more), bytes);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw broken("a text is not UTF-8");
    }
  }

  private void piece(long length, ByteArrayOutputStream bytes) {
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] piece = new byte[(int) length];
    in.get(piece);
    bytes.writeBytes(piece);
  }

  private JsonValue array(int more, int depth) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    if (more == INDEFINITE) {
      while (!ends()) {
        array.add(value(depth + 1));
      }
    } else {
      for (long left = length(more); left > 0; left--) {
        array.add(value(depth + 1));
      }
    }
    return array.build();
  }

  private JsonValue map(int more, int depth) {
    JsonObjectBuilder map = JSON.createObjectBuilder();
    Set<String> names = new HashSet<>();
    if (more == INDEFINITE) {
      while (!ends()) {
        entry(map, names, depth);
      }
    } else {
      for (long left = length(more); left > 0; left--) {
        entry(map, names, depth);
      }
    }
    return map.build();
  }

  private void entry(JsonObjectBuilder map, Set<String> names, int depth) {
    int head = in.get() & 0xFF;
    if (head >> 5 != 3) {
      throw broken("the name of a member is no text");
    }
    String name = text(head & 31);
    if (!names.add(name)) {
      throw broken("a member is there twice");
    }
    map.add(name, value(depth + 1));
  }

  /** Takes the end of something whose length was not told. */
  private boolean ends() {
    boolean ends = (in.get() & 0xFF) == BREAK;
    if (!ends) {
      in.position(in.position() - 1);
    }
    return ends;
  }

  private JsonValue simple(int more) {
    return switch (more) {
      case 20 -> JsonValue.FALSE;
      case 21 -> JsonValue.TRUE;
      case 22, 23 -> JsonValue.NULL;
      case 25 -> number(Float.float16ToFloat(in.getShort()));
      case 26 -> number(in.getFloat());
      case 27 -> number(in.getDouble());
      default -> throw broken("it holds something unknown");
    };
  }

  private static JsonValue number(double number) {
    if (!Double.isFinite(number)) {
      throw broken("a number is infinite or none");
    }
    return JSON.createValue(number);
  }
}
