package io.gatehouse.admin.console.requests;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gatehouse.admin.console.parts.Links;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes a request's id and opens the request; anything else is looked for in the logs. */
public class RequestSearch extends TextField {

  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  public RequestSearch() {
    addClassName("gh-request-search");
    setPlaceholder("Request id, or words in logs");
    setAriaLabel("Find a request by its id, or by words in the logs");
    setPrefixComponent(VaadinIcon.SEARCH.create());
    addThemeVariants(TextFieldVariant.LUMO_SMALL);
    setMaxLength(1000);
    // Else Enter would come before what was typed.
    setValueChangeMode(ValueChangeMode.EAGER);
    addKeyDownListener(Key.ENTER, enter -> open());
  }

  private void open() {
    String text = getValue().strip();
    if (!text.isEmpty()) {
      getUI()
          .ifPresent(
              ui -> {
                setValue("");
                ui.navigate(path(text));
              });
    }
  }

  /** Of the screen that shows what the text is about. */
  static String path(String text) {
    return ID.matcher(text).matches()
        ? Links.path("requests", text.toLowerCase(Locale.ROOT))
        : "logs?q=" + Places.encoded(text);
  }
}
