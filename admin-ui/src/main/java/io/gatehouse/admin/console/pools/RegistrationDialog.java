package io.gatehouse.admin.console.pools;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.pools.PoolsPresenter.Registration;
import java.util.List;
import java.util.function.Consumer;

/** Which issuer is behind a pool, and whose tokens of it are taken. */
final class RegistrationDialog {

  private static final List<String> ALGORITHMS =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  private final TextField name = new TextField("Name");
  private final TextField issuer = new TextField("Issuer");
  private final TextField keysUrl = new TextField("Keys URL");
  private final TextField clients = new TextField("Clients");
  private final MultiSelectComboBox<String> algorithms = new MultiSelectComboBox<>("Algorithms");
  private final FormDialog dialog;

  private RegistrationDialog(
      String title, String verb, Registration form, Consumer<Registration> save) {
    name.setRequiredIndicatorVisible(true);
    name.setMaxLength(128);
    name.setValue(form.name());
    issuer.setRequiredIndicatorVisible(true);
    issuer.setPlaceholder("https://id.example.com/realms/shop");
    issuer.setHelperText("To the letter as tokens say it in their iss");
    issuer.setValue(form.issuer());
    keysUrl.setHelperText("Empty: where the issuer's discovery document says");
    keysUrl.setValue(form.keysUrl());
    clients.setHelperText("Ids with blanks between; empty takes tokens of every client");
    clients.setValue(form.clients());
    algorithms.setItems(ALGORITHMS);
    algorithms.setHelperText("Tokens signed with others are refused");
    algorithms.setValue(form.algorithms());
    dialog =
        new FormDialog(
            title, verb, () -> save.accept(filledIn()), name, issuer, keysUrl, clients, algorithms);
  }

  static RegistrationDialog ofNew(Consumer<Registration> save) {
    return new RegistrationDialog(
        "Register an issuer",
        "Register issuer",
        new Registration("", "", "", "", List.of("RS256")),
        save);
  }

  static RegistrationDialog of(Registration form, Consumer<Registration> save) {
    return new RegistrationDialog("Edit the issuer", "Save issuer", form, save);
  }

  void open() {
    dialog.open();
    name.focus();
  }

  private Registration filledIn() {
    return new Registration(
        name.getValue(),
        issuer.getValue(),
        keysUrl.getValue(),
        clients.getValue(),
        algorithms.getValue().stream().sorted().toList());
  }
}
