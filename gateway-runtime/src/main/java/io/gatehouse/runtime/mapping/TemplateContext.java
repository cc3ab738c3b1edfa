package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.vtl.Facts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * {@code $context} as templates see it, or a part of it.
 *
 * @param prefix of the part's names, with its dot; empty for the whole
 */
record TemplateContext(Exchange x, String prefix) implements Facts {

  @Override
  public Object fact(String name) {
    if (prefix.isEmpty()
        && (name.equals("identity") || name.equals("authorizer") || name.equals("error"))) {
      return new TemplateContext(x, name + ".");
    }
    if (prefix.equals(AuthorizerFacts.PREFIX) && name.equals("claims")) {
      return x.identity() instanceof Identity.Bearer
          ? new TemplateContext(x, prefix + AuthorizerFacts.CLAIMS)
          : AuthorizerFacts.fact(name).of(x);
    }
    Context.Fact fact = Context.fact(prefix.isEmpty() ? name : prefix + name);
    return fact == null ? null : fact.of(x);
  }

  @Override
  public Collection<String> names() {
    if (!prefix.isEmpty()) {
      return switch (prefix) {
        case "identity." -> Context.IDENTITY_NAMES;
        case AuthorizerFacts.PREFIX -> AuthorizerFacts.names(x);
        case AuthorizerFacts.PREFIX + AuthorizerFacts.CLAIMS -> AuthorizerFacts.claims(x);
        default -> List.of();
      };
    }
    boolean authorizer = !AuthorizerFacts.names(x).isEmpty();
    if (x.stage().isCanaryRequest() == null && !authorizer) {
      return Context.NAMES;
    }
    List<String> names = new ArrayList<>(Context.NAMES);
    if (authorizer) {
      names.add("authorizer");
    }
    if (x.stage().isCanaryRequest() != null) {
      // Known only on stages that have a canary (recorded: canary.json).
      names.add("isCanaryRequest");
    }
    return names;
  }
}
