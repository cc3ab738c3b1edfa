package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Facts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;

/** The addresses under which nodes serve a stage, to copy. */
@ApplicationScoped
public class InvokeUrls {

  private final Addresses addresses;

  /** For the container's proxies. */
  protected InvokeUrls() {
    this(new Addresses("", "", java.util.List.of(), ""));
  }

  @Inject
  public InvokeUrls(Addresses addresses) {
    this.addresses = addresses;
  }

  /** By path: works everywhere. */
  public Component byPath(String apiId, String stage) {
    return list(url -> Addresses.byPath(url, apiId, stage));
  }

  /** By host name: the vendor's own form, where names lead to the nodes. */
  public Component byHost(String apiId, String stage) {
    return list(url -> Addresses.byHost(url, apiId, stage));
  }

  private Component list(java.util.function.UnaryOperator<String> form) {
    if (addresses.gatewayUrls().isEmpty()) {
      Span none = new Span("No gateway address is configured.");
      none.addClassName("gh-caption");
      return new Div(none);
    }
    Facts facts = new Facts();
    for (String url : addresses.gatewayUrls()) {
      URI node = URI.create(url);
      facts.add(node.getHost() + ":" + node.getPort(), new Copyable(form.apply(url), "invoke URL"));
    }
    return facts;
  }
}
