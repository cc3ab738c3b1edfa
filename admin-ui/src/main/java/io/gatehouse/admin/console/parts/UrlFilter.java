package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.Locale;
import java.util.function.Consumer;

/** A search field over a list whose text lies in the address, so that Back and sharing work. */
public class UrlFilter extends TextField {

  private static final String PARAMETER = "q";

  /** Between two keys, as one types: then the list follows. */
  private static final int PAUSE_MILLIS = 150;

  private Location location = new Location("");

  /**
   * @param what names the list: "APIs"
   */
  public UrlFilter(String what, Consumer<String> changed) {
    setPlaceholder("Filter " + what + " by name or id");
    setAriaLabel("Filter " + what + " by name or id");
    setPrefixComponent(VaadinIcon.SEARCH.create());
    setClearButtonVisible(true);
    setValueChangeMode(ValueChangeMode.LAZY);
    setValueChangeTimeout(PAUSE_MILLIS);
    setMaxLength(200);
    addValueChangeListener(
        change -> {
          changed.accept(change.getValue());
          if (change.isFromClient()) {
            keepInAddress(change.getValue());
          }
        });
  }

  /** Takes the text from the address of the page. */
  public void enter(Location entered) {
    location = entered;
    setValue(entered.getQueryParameters().getSingleParameter(PARAMETER).orElse(""));
  }

  /** Keeps its text at another address of the same screen, unless that has one of its own. */
  public void goOn(Location entered) {
    if (getValue().isEmpty()
        || entered.getQueryParameters().getSingleParameter(PARAMETER).isPresent()) {
      enter(entered);
    } else {
      location = entered;
      keepInAddress(getValue());
    }
  }

  /** The page's address, with the text in it. */
  public Location location() {
    return location;
  }

  /** Whether any of the texts contains what is typed, in whatever case. */
  public boolean matches(String... texts) {
    String wanted = getValue().strip().toLowerCase(Locale.ROOT);
    for (String text : texts) {
      if (text != null && text.toLowerCase(Locale.ROOT).contains(wanted)) {
        return true;
      }
    }
    return wanted.isEmpty();
  }

  private void keepInAddress(String text) {
    QueryParameters parameters =
        text.isEmpty()
            ? location.getQueryParameters().excluding(PARAMETER)
            : location.getQueryParameters().merging(PARAMETER, text);
    location = new Location(location.getPath(), parameters);
    UI.getCurrent().getPage().getHistory().replaceState(null, location);
  }
}
