package io.gatehouse.admin.console.keys;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import software.amazon.awssdk.services.apigateway.model.ApiKey;

/** What can be done to a key in its row; stays the same component when the key changes. */
class KeyActions extends Div {

  private final Button toggle = new Button();
  private ApiKey key;

  /**
   * @param switched told the key and whether it shall be enabled
   */
  KeyActions(
      ApiKey shown,
      BiConsumer<ApiKey, Boolean> switched,
      Consumer<ApiKey> revealed,
      Consumer<ApiKey> deleted) {
    key = shown;
    toggle.addClickListener(click -> switched.accept(key, !enabled()));
    Button reveal = new Button("Reveal…", click -> revealed.accept(key));
    reveal.setAriaLabel("Reveal value of key " + key.name());
    reveal.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    Button delete = new Button("Delete…", click -> deleted.accept(key));
    delete.setAriaLabel("Delete key " + key.name());
    toggle.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    delete.addThemeVariants(
        ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ERROR);
    add(toggle, reveal, delete);
    show(shown);
  }

  KeyActions show(ApiKey shown) {
    key = shown;
    toggle.setText(enabled() ? "Disable" : "Enable");
    toggle.setAriaLabel((enabled() ? "Disable key " : "Enable key ") + key.name());
    return this;
  }

  private boolean enabled() {
    return Boolean.TRUE.equals(key.enabled());
  }
}
