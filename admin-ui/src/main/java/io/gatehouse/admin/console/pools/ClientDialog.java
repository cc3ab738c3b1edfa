package io.gatehouse.admin.console.pools;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.pools.PoolPresenter.Use;
import java.util.List;

/** Who gets tokens, and what these may say. */
final class ClientDialog {

  /** Makes the client, or throws. */
  @FunctionalInterface
  interface Save {
    void save(String name, Use use, List<String> scopes);
  }

  private final TextField name = new TextField("Name");
  private final RadioButtonGroup<Use> use = new RadioButtonGroup<>("Whose tokens");
  private final MultiSelectComboBox<String> scopes = new MultiSelectComboBox<>("Scopes");
  private final FormDialog dialog;

  /**
   * @param known scopes that there are
   */
  ClientDialog(List<String> known, Save save) {
    name.setRequiredIndicatorVisible(true);
    name.setMaxLength(128);
    use.setItems(Use.values());
    use.setItemLabelGenerator(Use::words);
    use.setValue(Use.PEOPLE);
    scopes.setItems(known);
    scopes.setEnabled(!known.isEmpty());
    scopes.setHelperText(
        known.isEmpty()
            ? "There are none yet: resource servers have them"
            : "What its access tokens may carry when it asks for it");
    dialog =
        new FormDialog(
            "Add a client",
            "Add client",
            () ->
                save.save(
                    name.getValue(), use.getValue(), scopes.getValue().stream().sorted().toList()),
            name,
            use,
            scopes);
  }

  void open() {
    dialog.open();
    name.focus();
  }
}
