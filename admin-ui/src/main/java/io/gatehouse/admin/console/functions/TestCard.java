package io.gatehouse.admin.console.functions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.model.wire.ApiError;
import java.util.Optional;

/** A try: a payload in, the answer and the log out. */
class TestCard extends Card {

  /** Invokes with a payload. */
  interface Attempt {
    void with(String payload) throws Exception;
  }

  private final Note note = new Note();
  private final Div outcome = new Div();

  TestCard(Attempt attempt) {
    super("Test");
    outcome.addClassName("gh-form");
    TextArea payload = new TextArea("Payload (JSON)");
    payload.setValue("{}");
    payload.addClassNames("gh-document", "short");
    payload.getElement().setAttribute("spellcheck", "false");
    Button invoke = new Button("Invoke");
    invoke.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    invoke.setDisableOnClick(true);
    invoke.addClickListener(
        click -> {
          note.hush();
          outcome.removeAll();
          attempt(attempt, payload.getValue());
          invoke.setEnabled(true);
        });
    add(payload, invoke, note, outcome);
  }

  private void attempt(Attempt attempt, String payload) {
    try {
      attempt.with(payload);
    } catch (ApiError refused) {
      note.say(Tone.ERROR, refused.getMessage());
    } catch (Exception e) {
      throw new IllegalStateException("an invocation throws nothing but refusals", e);
    }
  }

  void show(String payload, Optional<String> error, String log) {
    if (error.isPresent()) {
      note.say(Tone.WARNING, "The function failed (" + error.get() + "); what it said is below.");
    } else {
      note.say(Tone.OK, "The function returned.");
    }
    outcome.add(new Snippet(payload, "answer"));
    if (!log.isEmpty()) {
      outcome.add(new Snippet(log, "log"));
    }
  }
}
