package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;

/** A titled surface within a page. */
public class Card extends Div {

  private final Div head = new Div();

  public Card(String title, Component... content) {
    addClassName("gh-card");
    head.addClassName("gh-card-head");
    head.add(new H2(title));
    add(head);
    add(content);
  }

  /** Puts something beside the title. */
  public Card beside(Component... components) {
    head.add(components);
    return this;
  }
}
