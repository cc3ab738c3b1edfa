package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.stages.StageVariables.Row;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** The variables of a stage, and a form for all of them. */
final class VariablesCard extends Card {

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 512;

  /** The two fields of a variable. */
  private record Line(TextField name, TextField value) {
    Row row() {
      return new Row(name.getValue(), value.getValue());
    }
  }

  private final StageEditor editor;
  private final StageSnippets snippets;
  private final Stage stage;
  private final Runnable changed;

  VariablesCard(StageEditor editor, StageSnippets snippets, Stage stage, Runnable changed) {
    super("Stage variables");
    this.editor = editor;
    this.snippets = snippets;
    this.stage = stage;
    this.changed = changed;
    Button edit = new Button("Change variables…", click -> edit());
    edit.addThemeVariants(ButtonVariant.LUMO_SMALL);
    beside(edit);
    List<Row> rows = StageVariables.of(stage);
    if (rows.isEmpty()) {
      add(
          new Paragraph(
              "None. A variable stands for what differs between stages, such as the backend's host:"
                  + " write ${stageVariables.name} in an integration's URI."));
      return;
    }
    Facts facts = new Facts();
    rows.forEach(row -> facts.add(row.name(), new Copyable(row.value(), "value of " + row.name())));
    add(facts);
  }

  private void edit() {
    List<Line> lines = new ArrayList<>();
    Div list = new Div();
    list.addClassName("gh-fields");
    Button more = new Button("Add a variable");
    more.addThemeVariants(ButtonVariant.LUMO_SMALL);
    StageForm form =
        new StageForm(
            editor,
            snippets,
            stage,
            "Variables of stage " + stage.stageName(),
            "Change variables",
            () -> StageVariables.writes(stage, rows(lines)),
            () -> snippets.terraformVariables(StageVariables.map(rows(lines))),
            changed,
            list,
            more);
    StageVariables.of(stage).forEach(row -> add(row, lines, list, form));
    more.addClickListener(click -> add(new Row("", ""), lines, list, form).name().focus());
    if (lines.isEmpty()) {
      add(new Row("", ""), lines, list, form);
    }
    form.open();
    lines.getFirst().name().focus();
  }

  private static List<Row> rows(List<Line> lines) {
    return lines.stream().map(Line::row).toList();
  }

  private static Line add(Row row, List<Line> lines, Div list, StageForm form) {
    TextField name = new TextField("Name");
    name.setMaxLength(LONGEST_NAME);
    name.setValue(row.name());
    TextField value = new TextField("Value");
    value.setMaxLength(LONGEST_VALUE);
    value.setValue(row.value());
    Line line = new Line(name, value);
    lines.add(line);
    Div fields = new Div(name, value);
    fields.addClassName("gh-variable");
    Button remove = new Button(VaadinIcon.TRASH.create());
    remove.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
    remove.setAriaLabel("Remove variable " + row.name());
    remove.setTooltipText("Remove");
    remove.addClickListener(
        click -> {
          lines.remove(line);
          list.remove(fields);
          form.showTools();
        });
    name.addValueChangeListener(
        change -> remove.setAriaLabel("Remove variable " + change.getValue()));
    fields.add(remove);
    list.add(fields);
    form.following(name, value);
    return line;
  }
}
