package io.gatehouse.admin.console.team;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextArea;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.team.KeyPolicyPresenter.Preset;
import io.gatehouse.admin.operations.Tenants.AccessKeyView;

/** The policy of an access key, to be read and changed. */
class KeyPolicyDialog {

  private static final int LONGEST = 64 * 1024;

  private final TextArea document = new TextArea("Policy");
  private final FormDialog dialog;

  /**
   * @param saved told when the key has another policy
   */
  KeyPolicyDialog(KeyPolicyPresenter presenter, AccessKeyView key, Runnable saved) {
    document.addClassName("gh-document");
    document.setMaxLength(LONGEST);
    document.setValue(KeyPolicyPresenter.document(key));
    document.setHelperText(
        "An IAM policy. What it does not allow is refused; it never allows more than the key's"
            + " role. It holds from the key's next request on.");
    document.getElement().setAttribute("spellcheck", "false");
    ComboBox<Preset> presets = new ComboBox<>("Begin with");
    presets.setItems(presenter.presets());
    presets.setItemLabelGenerator(Preset::name);
    presets.setPlaceholder("Choose to replace the text below");
    presets.addValueChangeListener(
        change -> {
          if (change.isFromClient() && change.getValue() != null) {
            document.setValue(change.getValue().document());
          }
        });
    dialog =
        new FormDialog(
                "Policy of " + key.accessKeyId(),
                "Save policy",
                () -> {
                  presenter.save(key, document.getValue());
                  saved.run();
                },
                presets,
                document)
            .withLines();
    dialog.setWidth("760px");
  }

  void open() {
    dialog.open();
    document.focus();
  }
}
