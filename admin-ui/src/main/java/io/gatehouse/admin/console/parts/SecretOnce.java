package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;

/** Shows a secret the one time that it is shown; closing takes a decision, not a stray click. */
public class SecretOnce extends Dialog {

  public SecretOnce(String title, String sentence, Facts secrets) {
    setHeaderTitle(title);
    setCloseOnEsc(false);
    setCloseOnOutsideClick(false);
    Div content = new Div(new Note(Tone.WARNING, sentence), secrets);
    content.addClassNames("gh-dialog", "gh-form");
    add(content);
    Button done = new Button("I have copied it", click -> close());
    done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(done);
  }
}
