package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.stages.StageEditor.Conflict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Shows what two people have changed at the same time, and asks whose values stay. */
final class ConflictDialog extends Dialog {

  private static final String MINE = "Yours";
  private static final String THEIRS = "Theirs";
  private static final int LONGEST = 300;

  private final Map<Conflict, RadioButtonGroup<String>> choices = new LinkedHashMap<>();

  /**
   * @param back to the form, with all that was typed
   * @param save is told those conflicts in which one's own value stays
   */
  ConflictDialog(
      String stageName, List<Conflict> conflicts, Runnable back, Consumer<Set<Conflict>> save) {
    setHeaderTitle("Stage " + stageName + " was changed meanwhile");
    setCloseOnOutsideClick(false);
    // Escape decides nothing, and loses nothing
    addDialogCloseActionListener(
        escape -> {
          close();
          back.run();
        });
    Div content =
        new Div(
            new Note(
                Tone.WARNING,
                "Somebody has changed the same values since you opened the form. Nothing of yours"
                    + " is written yet. Choose what each is to be."));
    content.addClassNames("gh-dialog", "gh-form");
    conflicts.forEach(conflict -> content.add(choice(conflict)));
    add(content);
    Button write =
        new Button(
            "Save my choice",
            click -> {
              close();
              Asking.orShow(() -> save.accept(mine()));
            });
    write.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter()
        .add(
            new Button(
                "Back to the form",
                click -> {
                  close();
                  back.run();
                }),
            write);
  }

  private Div choice(Conflict conflict) {
    RadioButtonGroup<String> choice = new RadioButtonGroup<>();
    choice.setLabel(conflict.mine().label());
    choice.setItems(THEIRS, MINE);
    choice.setItemLabelGenerator(
        whose ->
            whose + ": " + words(whose.equals(MINE) ? conflict.mine().value() : conflict.theirs()));
    choice.setValue(THEIRS);
    choices.put(conflict, choice);
    Paragraph before = new Paragraph("When you opened the form: " + words(conflict.opened()));
    before.addClassName("gh-caption");
    return new Div(choice, before);
  }

  private Set<Conflict> mine() {
    return choices.entrySet().stream()
        .filter(entry -> MINE.equals(entry.getValue().getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static String words(Optional<String> value) {
    return value
        .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
        .orElse("not set");
  }
}
