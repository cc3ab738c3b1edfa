package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;

/** A piece of text to copy whole: commands, configuration, code. */
public class Snippet extends Div {

  /**
   * @param what names the snippet for the button: "command"
   */
  public Snippet(String text, String what) {
    addClassName("gh-snippet");
    Pre pre = new Pre(text);
    // a wide snippet scrolls, and what scrolls must be reachable by keyboard
    pre.getElement().setAttribute("tabindex", "0");
    add(pre, new CopyButton(text, what));
  }
}
