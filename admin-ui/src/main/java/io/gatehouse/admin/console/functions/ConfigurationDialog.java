package io.gatehouse.admin.console.functions;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.functions.FunctionPresenter.Configuration;
import io.gatehouse.admin.console.functions.FunctionPresenter.Shown;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.model.wire.ApiError;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** How a function runs. */
final class ConfigurationDialog {

  private final ComboBox<String> runtime = FunctionForms.runtimes();
  private final TextField handler = new TextField("Handler");
  private final TextField role = new TextField("Role");
  private final IntegerField memory = new IntegerField("Memory in MB");
  private final IntegerField timeout = new IntegerField("Timeout in seconds");
  private final IntegerField concurrency = new IntegerField("Reserved concurrency");
  private final FormDialog dialog;

  ConfigurationDialog(Shown shown, Consumer<Configuration> save) {
    FunctionConfiguration is = shown.configuration();
    runtime.setValue(is.runtimeAsString());
    handler.setValue(is.handler());
    role.setValue(is.role());
    role.setHelperText("As tools name it; a function gets no keys of it here");
    memory.setValue(is.memorySize());
    timeout.setValue(is.timeout());
    concurrency.setValue(shown.concurrency().orElse(null));
    concurrency.setHelperText(
        "Invocations at once on a node; 0 stops it, empty shares with the account's others");
    Div code = pair(runtime, handler);
    Div limits = pair(memory, timeout);
    dialog =
        new FormDialog(
            "Configure " + is.functionName(),
            "Save configuration",
            () -> save.accept(filledIn()),
            code,
            role,
            limits,
            concurrency);
  }

  private static Div pair(com.vaadin.flow.component.Component... fields) {
    Div pair = new Div(fields);
    pair.addClassName("gh-pair");
    return pair;
  }

  void open() {
    dialog.open();
    handler.focus();
  }

  private Configuration filledIn() {
    return new Configuration(
        runtime.getValue(),
        handler.getValue(),
        role.getValue(),
        number(memory),
        number(timeout),
        Optional.ofNullable(concurrency.getValue()));
  }

  private static int number(IntegerField field) {
    return Optional.ofNullable(field.getValue())
        .orElseThrow(() -> ApiError.badRequest(field.getLabel() + " must be a whole number"));
  }
}
