package io.gatehouse.runtime.auth;

import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.JsonText;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.mapping.InvokeAnswer;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the function of a Lambda authorizer has answered: a policy, and what it tells of the caller.
 * An answer that is not one to the letter lets nobody in.
 */
public final class AuthorizerAnswer {

  /** Longer numbers are texts that lost their quotes. */
  private static final int LONGEST_NUMBER = 64;

  private static final int BASIC_BYTES = 512;

  /** A policy that is read is larger than its text. */
  private static final int BYTES_OF_A_CHARACTER = 8;

  private final String principalId;
  private final Grants grants;
  private final String policyText;
  private final Map<String, Object> context;
  private final String usageIdentifierKey;
  private final int bytes;

  private AuthorizerAnswer(JsonObject in, int length) {
    this.principalId = principalId(in);
    JsonObject document = document(in);
    this.policyText = document.toString();
    this.grants = Grants.of(policy(policyText));
    this.context = context(in);
    this.usageIdentifierKey = usageIdentifierKey(in);
    this.bytes = BASIC_BYTES + BYTES_OF_A_CHARACTER * length;
  }

  /**
   * @param utf8 what the function returned
   * @throws GatewayException when that is no answer of an authorizer
   */
  static AuthorizerAnswer read(byte[] utf8) {
    if (!new String(utf8, StandardCharsets.UTF_8).stripLeading().startsWith("{")) {
      throw malformed("", "the answer is not a JSON object");
    }
    JsonObject object;
    try {
      object = JsonText.object(utf8);
    } catch (ApiError e) {
      throw malformed("", e.getMessage().replace("The request body", "the answer"));
    }
    return new AuthorizerAnswer(object, utf8.length);
  }

  private static String principalId(JsonObject in) {
    String principalId = string(in, "principalId");
    if (principalId.isEmpty()) {
      throw malformed("/principalId", "is empty");
    }
    return principalId;
  }

  private static JsonObject document(JsonObject in) {
    if (in.get("policyDocument") instanceof JsonObject document) {
      return document;
    }
    throw malformed("/policyDocument", isNot(in.get("policyDocument"), "an object"));
  }

  private static Policy policy(String text) {
    try {
      return Policy.parse(text, Policy.Kind.AUTHORIZER);
    } catch (InvalidPolicy e) {
      throw malformed("/policyDocument", e.getMessage());
    }
  }

  private static Map<String, Object> context(JsonObject in) {
    JsonValue value = in.get("context");
    if (value == null || value == JsonValue.NULL) {
      return Map.of();
    }
    if (!(value instanceof JsonObject given)) {
      throw malformed("/context", isNot(value, "an object"));
    }
    Map<String, Object> context = new LinkedHashMap<>();
    given.forEach((name, member) -> context.put(name, plain(name, member)));
    return Collections.unmodifiableMap(context);
  }

  private static Object plain(String name, JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> ((JsonString) value).getString();
      case TRUE -> Boolean.TRUE;
      case FALSE -> Boolean.FALSE;
      case NUMBER -> number(name, (JsonNumber) value);
      default -> throw malformed(pointer(name), isNot(value, "a string, number or boolean"));
    };
  }

  private static String pointer(String ofContext) {
    return "/context/" + ofContext.replace("~", "~0").replace("/", "~1");
  }

  private static BigDecimal number(String name, JsonNumber value) {
    try {
      BigDecimal number = value.bigDecimalValue();
      if (number.toString().length() <= LONGEST_NUMBER) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException | UnsupportedOperationException e) {
      // neither is one with more digits, or a larger exponent, than is read
    }
    throw malformed(pointer(name), "is a number of more than 64 characters");
  }

  /** Null for none. */
  private static String usageIdentifierKey(JsonObject in) {
    JsonValue value = in.get("usageIdentifierKey");
    return value == null || value == JsonValue.NULL ? null : string(in, "usageIdentifierKey");
  }

  private static String string(JsonObject in, String name) {
    if (in.get(name) instanceof JsonString string) {
      return string.getString();
    }
    throw malformed("/" + name, isNot(in.get(name), "a string"));
  }

  private static String isNot(JsonValue value, String wanted) {
    return value == null ? "is missing" : "is not " + wanted + ", but " + value.getValueType();
  }

  private static GatewayException malformed(String pointer, String what) {
    return GatewayException.of(
            ResponseType.AUTHORIZER_CONFIGURATION_ERROR, Reason.AUTHORIZER_ANSWER_MALFORMED)
        .with(InvokeAnswer.shown(pointer.isEmpty() ? what : pointer + ": " + what));
  }

  /** What it allows, as an identity-based policy would. */
  Grants grants() {
    return grants;
  }

  public String principalId() {
    return principalId;
  }

  /** Compact JSON. */
  public String policyText() {
    return policyText;
  }

  /** Texts, numbers and booleans, in the function's order. */
  Map<String, Object> context() {
    return context;
  }

  /** Null for none. */
  String usageIdentifierKey() {
    return usageIdentifierKey;
  }

  /** About what it takes of the memory. */
  int bytes() {
    return bytes;
  }
}
