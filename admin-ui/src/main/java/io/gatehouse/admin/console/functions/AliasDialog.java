package io.gatehouse.admin.console.functions;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An alias and where it leads: one version, or two by weight. */
final class AliasDialog {

  private final TextField alias = new TextField("Name");
  private final ComboBox<String> version = new ComboBox<>("Version");
  private final ComboBox<String> second = new ComboBox<>("Second version");
  private final IntegerField percent = new IntegerField("Percent to it");
  private final FormDialog dialog;

  /**
   * @param versions that there are, as the operation names them
   * @param before empty for an alias that is to be made
   */
  AliasDialog(List<String> versions, Optional<Routing> before, Consumer<Routing> save) {
    version.setItems(versions);
    version.setRequiredIndicatorVisible(true);
    second.setItems(versions.stream().filter(each -> !each.equals("$LATEST")).toList());
    second.setHelperText("To try a new version with some of the calls");
    second.setClearButtonVisible(true);
    percent.setHelperText("0 to 100");
    percent.setEnabled(false);
    second.addValueChangeListener(change -> percent.setEnabled(change.getValue() != null));
    alias.setRequiredIndicatorVisible(true);
    alias.setReadOnly(before.isPresent());
    before.ifPresentOrElse(this::fill, () -> version.setValue(versions.getLast()));
    Div weights = new Div(second, percent);
    weights.addClassName("gh-pair");
    dialog =
        new FormDialog(
            before.map(routing -> "Alias " + routing.alias()).orElse("Create an alias"),
            before.isPresent() ? "Save alias" : "Create alias",
            () -> save.accept(filledIn()),
            alias,
            version,
            weights);
  }

  void open() {
    dialog.open();
    if (alias.isReadOnly()) {
      version.focus();
    } else {
      alias.focus();
    }
  }

  private void fill(Routing before) {
    alias.setValue(before.alias());
    version.setValue(before.version());
    second.setValue(before.second().orElse(null));
    before.second().ifPresent(other -> percent.setValue(before.percent()));
  }

  private Routing filledIn() {
    Optional<String> other = Optional.ofNullable(second.getValue());
    boolean within = percent.getValue() != null && percent.getValue() <= 100;
    if (other.isPresent() && !(within && percent.getValue() >= 0)) {
      throw ApiError.badRequest(
          "Percent to version " + other.get() + " must be a whole number from 0 to 100");
    }
    return new Routing(
        alias.getValue(),
        Optional.ofNullable(version.getValue())
            .orElseThrow(() -> ApiError.badRequest("Choose a version")),
        other,
        other.isPresent() ? percent.getValue() : 0);
  }
}
