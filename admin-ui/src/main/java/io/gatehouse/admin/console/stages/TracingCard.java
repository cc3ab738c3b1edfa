package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Paragraph;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.SameByTools;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.stages.StageEditor.Outcome;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** The switch of a stage's tracing. */
final class TracingCard extends Card {

  /**
   * @param changed shows the stage anew
   */
  TracingCard(StageEditor editor, StageSnippets snippets, Stage stage, Runnable changed) {
    super("Tracing");
    boolean traced = Boolean.TRUE.equals(stage.tracingEnabled());
    Checkbox on = new Checkbox("Trace requests", traced);
    on.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            try {
              Outcome outcome = editor.save(stage, List.of(write(change.getValue())));
              changed.run();
              Toast.done(
                  outcome.isWritten()
                      ? "Tracing is " + (change.getValue() ? "on" : "off")
                      : "Somebody else has switched it meanwhile");
            } catch (ApiError refused) {
              on.setValue(change.getOldValue());
              Toast.refused(refused.getMessage());
            }
          }
        });
    SameByTools tools = new SameByTools();
    tools.show(snippets.cli(List.of(write(!traced))), snippets.terraformTracing(!traced));
    add(
        new Paragraph(
            "Requests get a trace id in X-Amzn-Trace-Id, which backends can pass on. Spans go to the"
                + " collector that the operator has set; the request inspector shows the steps"
                + " without one."),
        on,
        tools);
  }

  private static StageWrite write(boolean on) {
    return StageWrite.set(StageWrite.TRACING, "Tracing", Boolean.toString(on));
  }
}
