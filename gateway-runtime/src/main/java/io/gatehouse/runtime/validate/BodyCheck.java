package io.gatehouse.runtime.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The models that a method's bodies must fit, by the request's content type. Whatever the type, a
 * body with a model has to be JSON. No body at all counts as the empty object.
 */
public final class BodyCheck {

  private static final String DEFAULT_TYPE = "application/json";
  private static final String ANY_OTHER = "$default";
  private static final String NO_BODY = "{}";

  private final Map<String, SchemaCheck> byContentType = new HashMap<>();
  private final SchemaCheck anyOther;
  private final Documents documents;

  /**
   * @param byContentType the models by content type, {@code $default} for any other
   */
  public BodyCheck(Map<String, SchemaCheck> byContentType, Documents documents) {
    byContentType.forEach(
        (type, check) -> this.byContentType.put(type.toLowerCase(Locale.ROOT), check));
    this.anyOther = byContentType.get(ANY_OTHER);
    this.documents = documents;
  }

  /** Whether the method has a model at all. */
  public boolean wantsBody() {
    return !byContentType.isEmpty();
  }

  /**
   * @param body as the caller sent it
   * @throws GatewayException when it is not what the model asks for
   * @throws io.gatehouse.runtime.budget.BudgetExhausted when telling costs too much
   */
  public void check(Exchange x, byte[] body, Budget budget) {
    SchemaCheck model =
        byContentType.getOrDefault(
            contentType(x.request().headers().first("Content-Type")), anyOther);
    if (model != null) {
      model
          .violations(value(body, budget), budget)
          .ifPresent(
              detail -> {
                throw GatewayException.of(ResponseType.BAD_REQUEST_BODY, Reason.BODY_INVALID)
                    .with(detail);
              });
    }
  }

  private static String contentType(String header) {
    if (header == null || header.equals(DEFAULT_TYPE)) {
      return DEFAULT_TYPE;
    }
    int semicolon = header.indexOf(';');
    String type = semicolon < 0 ? header : header.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private Object value(byte[] body, Budget budget) {
    try {
      String text =
          body.length == 0 ? NO_BODY : UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return documents.read(text, budget);
    } catch (CharacterCodingException | Documents.NotJson e) {
      throw GatewayException.of(ResponseType.BAD_REQUEST_BODY, Reason.BODY_NOT_JSON);
    }
  }
}
