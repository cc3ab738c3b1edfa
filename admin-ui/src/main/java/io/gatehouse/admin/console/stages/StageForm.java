package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.SameByTools;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.stages.StageEditor.Outcome;
import io.gatehouse.model.wire.ApiError;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** A form over values of a stage: what tools would do, and what to do when two edit at once. */
final class StageForm {

  private final StageEditor editor;
  private final StageSnippets snippets;
  private final Supplier<List<StageWrite>> writes;
  private final Supplier<String> terraform;
  private final Runnable saved;
  private final SameByTools tools = new SameByTools();
  private final FormDialog dialog;

  /**
   * @param verb as on the button: "Change variables"
   * @param writes what the fields are about to change
   * @param terraform the same in its language
   * @param saved shows the stage anew
   */
  StageForm(
      StageEditor editor,
      StageSnippets snippets,
      Stage opened,
      String title,
      String verb,
      Supplier<List<StageWrite>> writes,
      Supplier<String> terraform,
      Runnable saved,
      Component... fields) {
    this.editor = editor;
    this.snippets = snippets;
    this.writes = writes;
    this.terraform = terraform;
    this.saved = saved;
    Component[] content = Arrays.copyOf(fields, fields.length + 1);
    content[fields.length] = tools;
    dialog = new FormDialog(title, verb, () -> save(opened, writes.get()), content);
  }

  /** Keeps the lines for tools at what the fields have. */
  StageForm following(HasValue<?, ?>... fields) {
    for (HasValue<?, ?> field : fields) {
      field.addValueChangeListener(change -> showTools());
    }
    return this;
  }

  StageForm withLines() {
    dialog.withLines();
    return this;
  }

  FormDialog open() {
    showTools();
    dialog.open();
    return dialog;
  }

  void showTools() {
    try {
      tools.show(snippets.cli(writes.get()), terraform.get());
    } catch (ApiError incomplete) {
      tools.show("# " + incomplete.getMessage(), "# " + incomplete.getMessage());
    }
  }

  private void save(Stage opened, List<StageWrite> wanted) {
    Outcome outcome = editor.save(opened, wanted);
    if (outcome.isWritten()) {
      saved.run();
      Toast.done("Changed stage " + editor.stageName());
      return;
    }
    new ConflictDialog(
            editor.stageName(),
            outcome.conflicts(),
            dialog::open,
            mine -> save(outcome.seen(), StageEditor.kept(wanted, outcome.conflicts(), mine)))
        .open();
  }
}
