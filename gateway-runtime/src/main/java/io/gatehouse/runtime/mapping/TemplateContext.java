package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
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
    Context.Fact fact = Context.fact(prefix.isEmpty() ? name : prefix + name);
    return fact == null ? null : fact.of(x);
  }

  @Override
  public Collection<String> names() {
    if (!prefix.isEmpty()) {
      return prefix.equals("identity.") ? Context.IDENTITY_NAMES : List.of();
    }
    if (x.stage().isCanaryRequest() == null) {
      return Context.NAMES;
    }
    // Known only on stages that have a canary (recorded: canary.json).
    List<String> names = new ArrayList<>(Context.NAMES);
    names.add("isCanaryRequest");
    return names;
  }
}
