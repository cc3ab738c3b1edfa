package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Web Token in its compact form, read to the letter: what could be read in two ways is
 * refused, and so is a header that wants more than to name algorithm and key. Nothing in it is
 * believed yet.
 *
 * @param text all of it
 * @param header its members, each given once
 * @param claims likewise
 */
record CompactToken(String text, Map<String, Object> header, Map<String, Object> claims) {

  static final int MOST_CHARACTERS = 16 << 10;

  /** Of header and claims. */
  private static final int MOST_DEPTH = 16;

  private static final int MOST_ID_CHARACTERS = 256;

  /**
   * All that a header may have. Whatever else there is would bring keys along ({@code jku jwk x5u
   * x5c}), change how the token is to be read ({@code crit b64 zip enc cty}), or be unknown.
   */
  private static final Set<String> HEADER_MEMBERS = Set.of("alg", "kid", "typ", "x5t", "x5t#S256");

  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  /**
   * @throws GatewayException the refusal of what is no such token
   */
  static CompactToken read(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
      throw malformed("it is not three parts with a point between them");
    }
    Map<String, Object> header = object(text, 0, first, "header");
    checkHeader(header);
    Map<String, Object> claims = object(text, first + 1, second, "payload");
    checkBase64(text, second + 1, text.length(), "signature");
    return new CompactToken(text, header, claims);
  }

  /** Of the key that it is said to be signed with. */
  String keyId() {
    return (String) header.get("kid");
  }

  String algorithm() {
    return (String) header.get("alg");
  }

  /** Whether the header says that it is an access token, as RFC 9068 has it. */
  boolean isTypedAccess() {
    return header.get("typ") instanceof String type
        && type.toLowerCase(Locale.ROOT).endsWith("at+jwt");
  }

  private static void checkHeader(Map<String, Object> header) {
    Optional<String> other =
        header.keySet().stream().filter(name -> !HEADER_MEMBERS.contains(name)).findFirst();
    if (other.isPresent()) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_HEADER_FORBIDDEN,
          "a token's header may have "
              + String.join(", ", HEADER_MEMBERS.stream().sorted().toList()));
    }
    if (!(header.get("alg") instanceof String)) {
      throw malformed("its header names no algorithm");
    }
    if (!(header.get("kid") instanceof String id)
        || id.isEmpty()
        || id.length() > MOST_ID_CHARACTERS) {
      throw malformed("its header names no key by a kid of at most 256 characters");
    }
    if (header.containsKey("typ")
        && !(header.get("typ") instanceof String type
            && TYPES.contains(type.toLowerCase(Locale.ROOT)))) {
      throw malformed("its header's typ is neither JWT nor at+jwt");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(String text, int from, int to, String part) {
    checkBase64(text, from, to, part);
    byte[] json = Base64.getUrlDecoder().decode(text.substring(from, to));
    try {
      Object value =
          Json.parseUnambiguous(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString(),
              Budget.of(MOST_CHARACTERS * 8L),
              MOST_DEPTH);
      if (value instanceof Map<?, ?> object) {
        return (Map<String, Object>) object;
      }
      throw malformed("its " + part + " is no JSON object");
    } catch (CharacterCodingException e) {
      throw malformed("its " + part + " is no UTF-8");
    } catch (InvalidJson e) {
      throw malformed("its " + part + " is no JSON that can be read in one way: " + e.getMessage());
    } catch (BudgetExhausted e) {
      throw malformed("its " + part + " is too much to read");
    }
  }

  /** Base64url without padding, in the one way in which these bytes are written. */
  private static void checkBase64(String text, int from, int to, String part) {
    int last = 0;
    for (int i = from; i < to; i++) {
      last = digit(text.charAt(i));
      if (last < 0) {
        throw malformed("its " + part + " is not in base64url without padding");
      }
    }
    int rest = (to - from) % 4;
    boolean canonical =
        switch (rest) {
          case 0 -> to > from;
          case 2 -> (last & 0xf) == 0;
          case 3 -> (last & 0x3) == 0;
          default -> false;
        };
    if (!canonical) {
      throw malformed("its " + part + " is empty, cut, or not written as its bytes are");
    }
  }

  private static int digit(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '-' ? 62 : c == '_' ? 63 : -1;
  }

  private static GatewayException malformed(String why) {
    return TokenRefusal.unauthorized(Reason.TOKEN_MALFORMED, "the token is refused: " + why);
  }
}
