package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;
import java.util.ArrayList;
import java.util.List;

/** A screen within the shell: its trail, its title, and everything below. */
public class Page extends Main implements HasDynamicTitle {

  /** The id of what is on the screen, within its frame. */
  public static final String CONTENT = "content";

  private static final String PRODUCT = "Gatehouse";

  private List<Crumb> trail = List.of();

  public Page(Crumb... trail) {
    addClassName("gh-page");
    // where the link leads that jumps over the navigation
    setId(CONTENT);
    getElement().setAttribute("tabindex", "-1");
    trail(trail);
  }

  /** Where the screen is, from the section to the thing shown. */
  protected final void trail(Crumb... crumbs) {
    trail = List.of(crumbs);
  }

  public List<Crumb> trail() {
    return trail;
  }

  /** Empties the screen, to be filled anew. */
  protected final void clear() {
    removeAll();
  }

  /** The title line with what can be done, then one sentence. */
  protected final void head(Component title, String lead, Component... actions) {
    Div text = new Div(title);
    text.addClassName("text");
    if (!lead.isEmpty()) {
      Paragraph sentence = new Paragraph(lead);
      sentence.addClassName("gh-lead");
      text.add(sentence);
    }
    Div line = new Div(text);
    line.addClassName("gh-title");
    if (actions.length > 0) {
      Div buttons = new Div(actions);
      buttons.addClassName("actions");
      line.add(buttons);
    }
    add(line);
  }

  protected final void head(String title, String lead, Component... actions) {
    head(new H1(title), lead, actions);
  }

  /** Object, section, product: what matters first in a narrow tab. */
  @Override
  public String getPageTitle() {
    List<String> words = new ArrayList<>();
    trail.reversed().forEach(crumb -> words.add(crumb.label()));
    words.add(PRODUCT);
    return String.join(" · ", words);
  }
}
