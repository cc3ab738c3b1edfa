package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import io.gatehouse.admin.console.parts.Links;

/** The sections of one stage, as links so that each has its address. */
final class StageTabs extends Nav {

  /** Which section is shown. */
  enum Section {
    OVERVIEW,
    SETTINGS,
    HISTORY
  }

  StageTabs(String apiId, String stage, Section current) {
    addClassName("gh-tabs");
    setAriaLabel("Sections of the stage");
    add(tab("Overview", Section.OVERVIEW, current, "apis", apiId, "stages", stage));
    add(tab("Settings", Section.SETTINGS, current, "apis", apiId, "stages", stage, "settings"));
    add(tab("History", Section.HISTORY, current, "apis", apiId, "stages", stage, "history"));
  }

  private static Anchor tab(String label, Section section, Section current, String... path) {
    Anchor link = Links.to(label, path);
    if (section == current) {
      link.getElement().setAttribute("aria-current", "page");
    }
    return link;
  }
}
