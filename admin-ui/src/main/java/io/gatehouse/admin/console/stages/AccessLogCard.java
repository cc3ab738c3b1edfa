package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Snippet;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** The line that a stage logs for every request, and a form for it. */
final class AccessLogCard extends Card {

  private static final int LONGEST_FORMAT = 3 * 1024;

  private final StageEditor editor;
  private final StageSnippets snippets;
  private final Stage stage;
  private final String destination;
  private final Runnable changed;

  /**
   * @param destination to offer to a stage without one
   */
  AccessLogCard(
      StageEditor editor,
      StageSnippets snippets,
      Stage stage,
      String destination,
      Runnable changed) {
    super("Access log");
    this.editor = editor;
    this.snippets = snippets;
    this.stage = stage;
    this.destination = destination;
    this.changed = changed;
    Button edit = new Button("Change access log…", click -> edit());
    edit.addThemeVariants(ButtonVariant.LUMO_SMALL);
    beside(edit);
    if (stage.accessLogSettings() == null) {
      add(new Paragraph("Off. With it, each request leaves a line in a format of your own."));
    } else {
      AccessLogForm now = AccessLogForm.of(stage, destination);
      add(
          new Paragraph("Each request leaves a line of this format."),
          new Snippet(now.format(), "access log format"));
    }
  }

  private void edit() {
    AccessLogForm now = AccessLogForm.of(stage, destination);
    Checkbox on = new Checkbox("Write a line for each request", now.on());
    TextField arn = new TextField("Destination ARN");
    arn.setValue(now.destination());
    arn.setHelperText(
        "Lines are found under Logs, and go to a Firehose stream of yours whose name begins with"
            + " amazon-apigateway- besides");
    TextArea format = new TextArea("Format");
    format.setMaxLength(LONGEST_FORMAT);
    format.setValue(now.format());
    format.setHelperText(
        "One line, of text and $context variables; one is $context.requestId or"
            + " $context.extendedRequestId");
    format.addClassNames("gh-document", "short");
    format.getElement().setAttribute("spellcheck", "false");
    Div ready = new Div(new Span("Begin with"));
    ready.addClassName("gh-toolbar");
    for (ReadyFormat one : ReadyFormat.values()) {
      Button take = new Button(one.name(), click -> format.setValue(one.text()));
      take.setAriaLabel("Begin with the format " + one.name());
      take.addThemeVariants(ButtonVariant.LUMO_SMALL);
      ready.add(take);
    }
    Div details = new Div(ready, format, arn);
    details.addClassName("gh-fields");
    details.setVisible(now.on());
    on.addValueChangeListener(change -> details.setVisible(change.getValue()));
    new StageForm(
            editor,
            snippets,
            stage,
            "Access log of stage " + stage.stageName(),
            "Change access log",
            () -> filledIn(on, arn, format).writes(stage),
            () -> terraform(filledIn(on, arn, format)),
            changed,
            on,
            details)
        .following(on, arn, format)
        .withLines()
        .open();
    on.focus();
  }

  private String terraform(AccessLogForm form) {
    return form.on()
        ? snippets.terraformAccessLog(form.settings())
        : snippets.terraformWithoutAccessLog();
  }

  private static AccessLogForm filledIn(Checkbox on, TextField arn, TextArea format) {
    return new AccessLogForm(on.getValue(), arn.getValue(), format.getValue());
  }
}
