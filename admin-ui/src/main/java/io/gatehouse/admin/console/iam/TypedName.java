package io.gatehouse.admin.console.iam;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.parts.FormDialog;
import java.util.function.Consumer;

/** Asks for the name of what is to be deleted. */
final class TypedName {

  private TypedName() {}

  /**
   * @param word for the thing: "user"
   * @param delete told what was typed; throws when it is refused
   */
  static void ask(String word, String name, String consequence, Consumer<String> delete) {
    TextField typed = new TextField("Name of the " + word);
    typed.setPlaceholder(name);
    typed.setRequiredIndicatorVisible(true);
    new FormDialog(
            "Delete " + word + " " + name + "?",
            "Delete " + word,
            () -> delete.accept(typed.getValue()),
            new Paragraph(consequence),
            typed)
        .open();
    typed.focus();
  }
}
