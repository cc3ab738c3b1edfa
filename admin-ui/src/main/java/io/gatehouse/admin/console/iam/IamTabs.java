package io.gatehouse.admin.console.iam;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import io.gatehouse.admin.console.parts.Links;
import java.util.Optional;

/** The lists of users, groups, roles and policies, side by side. */
class IamTabs extends Nav {

  /**
   * @param current empty for the policies
   */
  IamTabs(Optional<Holder.Kind> current) {
    addClassName("gh-tabs");
    setAriaLabel("Kinds");
    for (Holder.Kind kind : Holder.Kind.values()) {
      add(tab(kind.title(), current.filter(kind::equals).isPresent(), IamPaths.list(kind)));
    }
    add(tab("Policies", current.isEmpty(), IamPaths.policies()));
  }

  private static Anchor tab(String label, boolean current, String... path) {
    Anchor link = Links.to(label, path);
    if (current) {
      link.getElement().setAttribute("aria-current", "page");
    }
    return link;
  }
}
