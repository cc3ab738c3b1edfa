package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Paragraph;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.SameByTools;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.model.snapshot.ReasonHeader;
import io.gatehouse.model.wire.ApiError;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** The switch of a stage's reason header. */
final class ReasonHeaderCard extends Card {

  ReasonHeaderCard(
      ReasonHeaderPresenter presenter, StageSnippets snippets, String apiId, Stage stage) {
    super("Reason header");
    String arn = presenter.arn(apiId, stage.stageName());
    SameByTools tools = new SameByTools();
    Checkbox on = new Checkbox("Send the reason header", ReasonHeader.isOn(stage));
    on.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            try {
              presenter.turn(change.getValue(), apiId, stage.stageName());
              show(tools, snippets, !change.getValue(), arn);
              Toast.done("The reason header is " + (change.getValue() ? "on" : "off"));
            } catch (ApiError refused) {
              on.setValue(change.getOldValue());
              Toast.refused(refused.getMessage());
            }
          }
        });
    add(
        new Paragraph(
            new Text(
                "Where the gateway itself refuses or fails, a header tells callers why, beside the"
                    + " answer that AWS would give. Tools switch it off by the tag "),
            new Code(ReasonHeader.TAG),
            new Text(" of the stage, with the value "),
            new Code(ReasonHeader.OFF),
            new Text(".")),
        on,
        tools);
    show(tools, snippets, !on.getValue(), arn);
  }

  /** What the next press of the switch would do. */
  private static void show(SameByTools tools, StageSnippets snippets, boolean on, String arn) {
    tools.show(snippets.cliReasonHeader(on, arn), snippets.terraformReasonHeader(on));
  }
}
