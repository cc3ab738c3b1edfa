package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Span;

/** An id, address or secret in the monospace face with a button to copy it. */
public class Copyable extends Span {

  /**
   * @param what names the thing for the button: "API id"
   */
  public Copyable(String text, String what) {
    addClassName("gh-copyable");
    Code value = new Code(text);
    value.getElement().setAttribute("title", text);
    add(value, new CopyButton(text, what));
  }
}
