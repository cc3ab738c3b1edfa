package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.Span;

/** A state in a word. */
public class Badge extends Span {

  public Badge(String word, Tone tone) {
    super(word);
    addClassNames("gh-badge", tone.className());
  }
}
