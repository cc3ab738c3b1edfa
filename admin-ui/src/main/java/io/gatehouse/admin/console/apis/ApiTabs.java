package io.gatehouse.admin.console.apis;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import io.gatehouse.admin.console.parts.Links;

/** The sections of one API, as links so that each has its address. */
public class ApiTabs extends Nav {

  /** Which section is shown. */
  public enum Section {
    OVERVIEW,
    RESOURCES,
    DEPLOYMENTS
  }

  public ApiTabs(String apiId, Section current) {
    addClassName("gh-tabs");
    setAriaLabel("Sections of the API");
    add(tab("Overview", Section.OVERVIEW, current, "apis", apiId));
    add(tab("Resources", Section.RESOURCES, current, "apis", apiId, "resources"));
    add(tab("Deployments", Section.DEPLOYMENTS, current, "apis", apiId, "deployments"));
  }

  private static Anchor tab(String label, Section section, Section current, String... path) {
    Anchor link = Links.to(label, path);
    if (section == current) {
      link.getElement().setAttribute("aria-current", "page");
    }
    return link;
  }
}
