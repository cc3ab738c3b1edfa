package io.gatehouse.admin.console.backends;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.backends.BackendAccessPresenter.RoleForm;
import io.gatehouse.admin.console.parts.FormDialog;
import java.util.function.Consumer;

/** What stands for a role: keys, and what it may do here. */
final class RoleDialog {

  private final TextField name = new TextField("Role");
  private final TextField accessKeyId = new TextField("Access key id");
  private final PasswordField secret = new PasswordField("Secret access key");
  private final PasswordField sessionToken = new PasswordField("Session token");
  private final Checkbox assume = new Checkbox("The keys assume the role by STS");
  private final TextField externalId = new TextField("External id");
  private final TextArea policy = new TextArea("Policy for functions of this installation");
  private final FormDialog dialog;
  private final boolean isNew;

  /**
   * @param form {@link RoleForm#EMPTY} for a role that is to be made
   */
  RoleDialog(RoleForm form, Consumer<RoleForm> save) {
    isNew = form.name().isEmpty();
    name.setHelperText(
        "As integrations name it: arn:aws:iam::123456789012:role/name; or default, for those that"
            + " name none");
    name.setRequiredIndicatorVisible(true);
    name.setReadOnly(!isNew);
    accessKeyId.setHelperText("Empty for a role that is only used to call functions here");
    secret.setHelperText(
        isNew ? "Kept encrypted, never shown again" : "Empty keeps the one that there is");
    sessionToken.setHelperText("Of temporary keys; these stop working when they expire");
    externalId.setHelperText("If the role asks for one");
    policy.setHelperText("What integrations with this role may invoke; empty for nothing");
    policy.addClassNames("gh-document", "short");
    policy.getElement().setAttribute("spellcheck", "false");
    secret.setAutocomplete(Autocomplete.OFF);
    sessionToken.setAutocomplete(Autocomplete.OFF);
    fill(form);
    Div keys = new Div(accessKeyId, secret);
    keys.addClassName("gh-pair");
    Div others = new Div(sessionToken, externalId);
    others.addClassName("gh-pair");
    externalId.setEnabled(assume.getValue());
    assume.addValueChangeListener(change -> externalId.setEnabled(change.getValue()));
    dialog =
        new FormDialog(
                isNew ? "Add a role" : "Edit role",
                "Save role",
                () -> save.accept(filledIn()),
                name,
                keys,
                assume,
                others,
                policy)
            .withLines();
  }

  void open() {
    dialog.open();
    if (isNew) {
      name.focus();
    } else {
      accessKeyId.focus();
    }
  }

  private void fill(RoleForm form) {
    name.setValue(form.name());
    accessKeyId.setValue(form.accessKeyId());
    assume.setValue(form.assume());
    externalId.setValue(form.externalId());
    policy.setValue(isNew ? BackendAccessPresenter.MAY_INVOKE : form.policy());
  }

  private RoleForm filledIn() {
    return new RoleForm(
        name.getValue(),
        accessKeyId.getValue(),
        secret.getValue(),
        sessionToken.getValue(),
        assume.getValue(),
        assume.getValue() ? externalId.getValue() : "",
        policy.getValue());
  }
}
