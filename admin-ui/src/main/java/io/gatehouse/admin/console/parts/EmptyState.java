package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** What a list shows before it has anything: one sentence that teaches, and what to do. */
public class EmptyState extends Div {

  public EmptyState(String title, String sentence, Component... actions) {
    addClassName("gh-empty");
    add(new H2(title), new Paragraph(sentence));
    add(actions);
  }
}
