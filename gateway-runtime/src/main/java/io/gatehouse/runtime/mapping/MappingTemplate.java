package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.vtl.Input;
import io.gatehouse.runtime.vtl.InvalidTemplate;
import io.gatehouse.runtime.vtl.Overrides;
import io.gatehouse.runtime.vtl.Scope;
import io.gatehouse.runtime.vtl.Template;
import io.gatehouse.runtime.vtl.TemplateFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/** A mapping template of an integration, rendered on an exchange (aws-behaviour 10.3). */
public final class MappingTemplate {

  private final Template template;
  private final String fixed;

  private MappingTemplate(Template template, String fixed) {
    this.template = template;
    this.fixed = fixed;
  }

  /**
   * @throws InvalidTemplate with a sentence for the API's author
   */
  public static MappingTemplate compile(String text) throws InvalidTemplate {
    Template template = Template.compile(text, new TemplatePatterns());
    return new MappingTemplate(template, template.isStatic() ? rendered(template) : null);
  }

  private static String rendered(Template template) {
    return template.render(null, io.gatehouse.runtime.budget.Budget.of(Long.MAX_VALUE));
  }

  /** Whether rendering may look at the body. */
  boolean readsBody() {
    return template.readsBody();
  }

  /** The body for the integration. */
  String requestBody(Exchange x, Content content) {
    try {
      return render(x, content);
    } catch (TemplateFailure e) {
      throw e.kind() == TemplateFailure.Kind.BODY_NOT_JSON
          ? GatewayException.of(
                  ResponseType.BAD_REQUEST_BODY,
                  400,
                  "Could not parse request body into json",
                  Reason.REQUEST_TEMPLATE_BODY_NOT_JSON)
              .with(e.getMessage())
          : failed(TemplateReasons.ofRequest(e.kind()), e);
    }
  }

  /** The body for the caller. */
  String responseBody(Exchange x, Content content) {
    try {
      return render(x, content);
    } catch (TemplateFailure e) {
      throw failed(TemplateReasons.ofResponse(e.kind()), e);
    }
  }

  private static GatewayException failed(Reason reason, TemplateFailure failure) {
    return GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, reason)
        .with(failure.getMessage());
  }

  private String render(Exchange x, Content content) {
    if (fixed != null) {
      return fixed;
    }
    if (x.overrides() == null) {
      x.overrides(new Overrides());
    }
    return template.render(scope(x, content), x.budget());
  }

  private static Scope scope(Exchange x, Content content) {
    Input input =
        new Input(content::text, () -> path(x), () -> query(x.request().query()), () -> headers(x));
    return new Scope(input, new TemplateContext(x, ""), x.stage().variables(), x.overrides());
  }

  private static Map<String, String> path(Exchange x) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : x.method().pathVariables()) {
      String raw = x.pathParameter(name);
      if (raw != null) {
        found.put(name, QueryString.decodedPath(raw));
      }
    }
    return found;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> found = new LinkedHashMap<>();
    QueryString.forEach(raw, found::put);
    return found;
  }

  private static Map<String, String> headers(Exchange x) {
    Map<String, String> found = new LinkedHashMap<>();
    x.request()
        .headers()
        .forEach(
            (name, value) -> {
              if (!HeaderRules.NOT_SHOWN.contains(name)) {
                found.put(name, value);
              }
            });
    return found;
  }
}
