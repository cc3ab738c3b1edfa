package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.ShortcutRegistration;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import io.gatehouse.model.wire.ApiError;

/** A small form; a refusal is shown in it, and what was typed stays. */
public class FormDialog extends Dialog {

  private final Note refusal = new Note();
  private final ShortcutRegistration enter;
  private boolean saved;

  /**
   * @param verb what the button says will happen: "Create key"
   * @param save does it, and throws when the operation refuses
   */
  public FormDialog(String title, String verb, Runnable save, Component... fields) {
    setHeaderTitle(title);
    // a stray click must not lose what was typed
    setCloseOnOutsideClick(false);
    Div content = new Div(fields);
    content.add(refusal);
    content.addClassNames("gh-dialog", "gh-form");
    add(content);
    Button ok = new Button(verb, click -> attempt(save));
    ok.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    enter = ok.addClickShortcut(Key.ENTER).listenOn(this);
    getFooter().add(new Button("Cancel", click -> close()), ok);
  }

  /** For texts of several lines, in which Enter begins the next one. */
  public FormDialog withLines() {
    enter.remove();
    return this;
  }

  /** What follows once it is saved and off the screen, and may take the focus. */
  public FormDialog andThen(Runnable next) {
    addDetachListener(
        detach -> {
          if (saved) {
            detach.getUI().beforeClientResponse(detach.getUI(), response -> next.run());
          }
        });
    return this;
  }

  private void attempt(Runnable save) {
    refusal.hush();
    try {
      save.run();
      saved = true;
      close();
    } catch (ApiError refused) {
      refusal.say(Tone.ERROR, refused.getMessage());
      // a long form may have it below the fold
      refusal.scrollIntoView();
    }
  }
}
