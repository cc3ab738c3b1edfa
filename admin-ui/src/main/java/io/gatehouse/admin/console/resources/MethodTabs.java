package io.gatehouse.admin.console.resources;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import io.gatehouse.admin.console.parts.Links;

/** The two sides of a method, as links so that each has its address. */
final class MethodTabs extends Nav {

  static final String PARAMETER = "tab";
  static final String TEST = "test";

  /**
   * @param path of the method's screen
   */
  MethodTabs(String path, boolean testing) {
    addClassName("gh-tabs");
    setAriaLabel("Views of the method");
    add(tab("Diagram", path, !testing), tab("Test", path + "?" + PARAMETER + "=" + TEST, testing));
  }

  private static Anchor tab(String label, String path, boolean current) {
    Anchor link = new Anchor(Links.ROOT + path, label);
    if (current) {
      link.getElement().setAttribute("aria-current", "page");
    }
    return link;
  }
}
