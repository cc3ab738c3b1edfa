package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.mapping.ContentHandling.Conversion;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The body of an integration's request: by the request template for the request's content type, or
 * the caller's own where none fits and it may pass (aws-behaviour 10.2).
 */
public final class RequestTemplates {

  /** When the body may pass unchanged. */
  public enum Passthrough {
    WHEN_NO_MATCH,
    WHEN_NO_TEMPLATES,
    NEVER
  }

  private final Map<String, MappingTemplate> byContentType = new HashMap<>();
  private final Passthrough passthrough;
  private final ContentHandling handling;
  private final BinaryTypes binaryTypes;

  public RequestTemplates(
      Map<String, MappingTemplate> templates,
      Passthrough passthrough,
      ContentHandling handling,
      BinaryTypes binaryTypes) {
    templates.forEach(
        (type, template) -> byContentType.put(type.toLowerCase(Locale.ROOT), template));
    this.passthrough = passthrough;
    this.handling = handling;
    this.binaryTypes = binaryTypes;
  }

  /** Whether the body that comes out depends on the one that goes in. */
  boolean wantsBody(Exchange x) {
    MappingTemplate template = fitting(x);
    return template == null ? mayPass() : template.readsBody();
  }

  /** The caller's body as templates and mappings see it. */
  Content content(Exchange x) {
    if (x.request().body().length() == 0) {
      return new Content(x.request().body(), x.budget());
    }
    return new Content(RequestContent.converted(x, conversion(x)), x.budget());
  }

  /** The body for the integration. */
  Body body(Exchange x, Content content) {
    MappingTemplate template = template(x);
    if (template == null) {
      return new Body.Bytes(content.bytes());
    }
    if (template.readsBody() && isBytes(x) && !content.isText()) {
      throw GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.BODY_NOT_TEXT);
    }
    return new Body.Bytes(
        template.requestBody(x, content).strip().getBytes(StandardCharsets.UTF_8));
  }

  private boolean isBytes(Exchange x) {
    Conversion conversion = conversion(x);
    return conversion == Conversion.NONE || conversion == Conversion.DECODE_BASE64;
  }

  private Conversion conversion(Exchange x) {
    return handling.ofRequest(binaryTypes.contains(x.request().headers().first("Content-Type")));
  }

  /** The template that fits, or null when the body passes. */
  private MappingTemplate template(Exchange x) {
    MappingTemplate template = fitting(x);
    if (template == null && !mayPass()) {
      throw GatewayException.of(ResponseType.UNSUPPORTED_MEDIA_TYPE, Reason.UNSUPPORTED_MEDIA_TYPE);
    }
    return template;
  }

  private MappingTemplate fitting(Exchange x) {
    MappingTemplate template =
        byContentType.get(MediaType.orJson(x.request().headers().first("Content-Type")));
    return template == null ? byContentType.get("$default") : template;
  }

  private boolean mayPass() {
    return switch (passthrough) {
      case WHEN_NO_MATCH -> true;
      case WHEN_NO_TEMPLATES -> byContentType.isEmpty();
      case NEVER -> false;
    };
  }
}
