package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;

/** Names and values, one pair a line. */
public class Facts extends DescriptionList {

  public Facts() {
    addClassName("gh-facts");
  }

  public Facts add(String name, String value) {
    return add(name, new Span(value));
  }

  public Facts add(String name, Component value) {
    add(new Term(name), new Description(value));
    return this;
  }
}
