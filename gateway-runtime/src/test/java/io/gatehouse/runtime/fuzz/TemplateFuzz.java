package io.gatehouse.runtime.fuzz;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.mapping.TemplatePatterns;
import io.gatehouse.runtime.vtl.Facts;
import io.gatehouse.runtime.vtl.Input;
import io.gatehouse.runtime.vtl.InvalidTemplate;
import io.gatehouse.runtime.vtl.Limits;
import io.gatehouse.runtime.vtl.Overrides;
import io.gatehouse.runtime.vtl.Scope;
import io.gatehouse.runtime.vtl.Template;
import io.gatehouse.runtime.vtl.TemplateFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A template, then the body it is rendered with. */
public final class TemplateFuzz {

  private static final long STEPS = 200_000;

  private TemplateFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Parts parts = Parts.of(input);
    Template template;
    try {
      template = Template.compile(parts.part(0), new TemplatePatterns());
    } catch (InvalidTemplate e) {
      return;
    }
    String once = rendered(template, parts.part(1));
    String again = rendered(template, parts.part(1));
    if (!once.equals(again)) {
      throw new AssertionError("rendered as " + once + " and then as " + again);
    }
  }

  private static String rendered(Template template, String body) {
    Overrides overrides = new Overrides();
    try {
      String output = template.render(scope(body, overrides), Budget.of(STEPS));
      if (output.length() > Limits.TEXT) {
        throw new AssertionError("an output of " + output.length() + " characters");
      }
      return output + overridden(overrides);
    } catch (TemplateFailure e) {
      return e.getMessage();
    } catch (BudgetExhausted e) {
      return "!! STEPS";
    }
  }

  private static String overridden(Overrides overrides) {
    return List.of(
            overrides.requestHeader(),
            overrides.requestPath(),
            overrides.requestQuerystring(),
            overrides.responseHeader(),
            overrides.responseStatus())
        .toString();
  }

  private static Scope scope(String body, Overrides overrides) {
    Input fuzzed =
        new Input(
            () -> body,
            () -> Map.of("id", body),
            () -> Map.of("q", "a b", "body", body),
            () -> Map.of("Host", "example.com", "X-Body", body));
    return new Scope(fuzzed, new Context(body, true), Map.of("stage", "dev"), overrides);
  }

  /** With one part inside, as {@code identity} is. */
  private record Context(String body, boolean outer) implements Facts {

    @Override
    public Object fact(String name) {
      return switch (name) {
        case "requestId" -> "id";
        case "body" -> body;
        case "status" -> 200;
        case "identity" -> outer ? new Context(body, false) : null;
        default -> null;
      };
    }

    @Override
    public Collection<String> names() {
      return List.of("requestId", "body", "status", "identity");
    }
  }
}
