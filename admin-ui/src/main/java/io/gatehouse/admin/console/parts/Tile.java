package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** One figure, large, with what to compare it with. */
public class Tile extends Div {

  private final Span value = new Span("–");
  private final Span beside = new Span();

  /**
   * @param path of the screen that tells more; empty for none
   */
  public Tile(String label, String path) {
    addClassName("gh-tile");
    Span name = new Span(label);
    name.addClassName("label");
    value.addClassNames("value", "gh-number");
    beside.addClassNames("gh-caption", "gh-number");
    if (path.isEmpty()) {
      add(name);
    } else {
      Anchor link = new Anchor(Links.ROOT + path, label);
      link.addClassName("label");
      add(link);
    }
    add(value, beside);
  }

  /**
   * @param comparison as "12 the hour before"
   */
  public void show(String figure, Tone tone, String comparison) {
    value.setText(figure);
    for (Tone other : Tone.values()) {
      value.removeClassName(other.className());
    }
    value.addClassName(tone.className());
    beside.setText(comparison);
  }
}
