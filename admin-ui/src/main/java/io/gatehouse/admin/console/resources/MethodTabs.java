package io.gatehouse.admin.console.resources;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.Location;
import io.gatehouse.admin.console.parts.Links;

/** The two sides of a method, as links so that each has its address. */
final class MethodTabs extends Nav {

  private static final String PARAMETER = "tab";
  private static final String TEST = "test";

  /**
   * @param path of the method's screen
   */
  MethodTabs(String path, boolean testing) {
    addClassName("gh-tabs");
    setAriaLabel("Views of the method");
    add(tab("Diagram", path, !testing), tab("Test", path + "?" + PARAMETER + "=" + TEST, testing));
  }

  /** Whether an address is that of the test. */
  static boolean isTest(Location location) {
    return location
        .getQueryParameters()
        .getSingleParameter(PARAMETER)
        .filter(TEST::equals)
        .isPresent();
  }

  private static Anchor tab(String label, String path, boolean current) {
    Anchor link = new Anchor(Links.ROOT + path, label);
    if (current) {
      link.getElement().setAttribute("aria-current", "page");
    }
    return link;
  }
}
