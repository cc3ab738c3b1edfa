package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Arrays;

/** What a list shows before it has anything: one sentence that teaches, and what to do. */
public class EmptyState extends Div {

  /**
   * @param title empty where the screen's own says it
   * @param actions buttons and links stand in a row, anything else below
   */
  public EmptyState(String title, String sentence, Component... actions) {
    addClassName("gh-empty");
    if (!title.isEmpty()) {
      add(new H2(title));
    }
    add(new Paragraph(sentence));
    Div row = new Div();
    row.addClassName("gh-toolbar");
    for (Component action : actions) {
      if (action instanceof Button || action instanceof Anchor) {
        row.add(action);
      }
    }
    if (row.getComponentCount() > 0) {
      add(row);
    }
    add(Arrays.stream(actions).filter(action -> action.getParent().isEmpty()).toList());
  }
}
