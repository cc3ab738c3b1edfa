package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** A message within a page: what happened, where, and what to do. */
public class Note extends Div {

  private final Span word = new Span();
  private final Span text = new Span();

  /** A note that says nothing yet and takes no room. */
  public Note() {
    addClassName("gh-note");
    word.addClassName("word");
    add(word, text);
    setVisible(false);
  }

  public Note(Tone tone, String message) {
    this();
    say(tone, message);
  }

  /** Says that a list is longer than what is shown of it. */
  public static Note onlyTheFirst(int shown, String things) {
    return new Note(
        Tone.INFO,
        "These are the first "
            + shown
            + " "
            + things
            + "; there are more. The filter looks through these only; the management API lists all.");
  }

  public void say(Tone tone, String message) {
    for (Tone other : Tone.values()) {
      removeClassName(other.className());
    }
    addClassName(tone.className());
    word.setText(
        switch (tone) {
          case OK -> "Done";
          case WARNING -> "Note";
          case ERROR -> "Refused";
          case INFO, PLAIN -> "Info";
        });
    text.setText(message);
    getElement().setAttribute("role", tone == Tone.ERROR ? "alert" : "status");
    setVisible(true);
  }

  public void hush() {
    text.setText("");
    setVisible(false);
  }
}
