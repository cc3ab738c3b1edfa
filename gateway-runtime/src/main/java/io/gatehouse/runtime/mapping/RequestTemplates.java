package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The choice of a request template by the request's content type, and what passes when none fits
 * (aws-behaviour 10.2). Templates here are static text; those with references are refused when the
 * stage is compiled.
 */
public final class RequestTemplates {

  /** When the body may pass unchanged. */
  public enum Passthrough {
    WHEN_NO_MATCH,
    WHEN_NO_TEMPLATES,
    NEVER
  }

  private final Map<String, byte[]> byContentType = new HashMap<>();
  private final Passthrough passthrough;

  public RequestTemplates(Map<String, String> templates, Passthrough passthrough) {
    templates.forEach(
        (type, text) ->
            byContentType.put(
                type.toLowerCase(Locale.ROOT), text.strip().getBytes(StandardCharsets.UTF_8)));
    this.passthrough = passthrough;
  }

  /** The body for the integration. */
  Body body(Exchange x) {
    byte[] template = template(x);
    return template == null ? x.request().body() : new Body.Bytes(template);
  }

  /** The template that fits, or null when the body passes. */
  private byte[] template(Exchange x) {
    byte[] template = byContentType.get(contentType(x));
    if (template == null) {
      template = byContentType.get("$default");
    }
    boolean mayPass =
        switch (passthrough) {
          case WHEN_NO_MATCH -> true;
          case WHEN_NO_TEMPLATES -> byContentType.isEmpty();
          case NEVER -> false;
        };
    if (template == null && !mayPass) {
      throw GatewayException.of(ResponseType.UNSUPPORTED_MEDIA_TYPE, Reason.UNSUPPORTED_MEDIA_TYPE);
    }
    return template;
  }

  private static String contentType(Exchange x) {
    String type = x.request().headers().first("Content-Type");
    if (type == null) {
      return "application/json";
    }
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
