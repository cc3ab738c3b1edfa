package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/** An HTTP verb as a badge of equal width; the word is always there, the colour only helps. */
public class Verb extends Span {

  public Verb(String verb) {
    super(verb);
    addClassNames("gh-verb", verb.toLowerCase(Locale.ROOT));
  }
}
