package io.gatehouse.admin.console.functions;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.List;

/** Fields that several forms of functions have. */
final class FunctionForms {

  /** The newest first; the operation says what else there is. */
  private static final List<String> RUNTIMES =
      List.of(
          "nodejs24.x",
          "nodejs22.x",
          "nodejs20.x",
          "python3.14",
          "python3.13",
          "python3.12",
          "java25",
          "java21",
          "java17",
          "provided.al2023");

  private FunctionForms() {}

  static ComboBox<String> runtimes() {
    ComboBox<String> runtime = new ComboBox<>("Runtime");
    runtime.setItems(RUNTIMES);
    runtime.setAllowCustomValue(true);
    runtime.addCustomValueSetListener(custom -> runtime.setValue(custom.getDetail()));
    return runtime;
  }

  static TextArea code() {
    TextArea code = new TextArea("Code");
    code.setHelperText("One file; for more of them upload an archive");
    code.addClassName("gh-document");
    code.setMaxLength(512 * 1024);
    code.getElement().setAttribute("spellcheck", "false");
    return code;
  }
}
