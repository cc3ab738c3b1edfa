package io.gatehouse.admin.console.iam;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import io.gatehouse.admin.console.parts.Asking;
import java.util.List;

/** Tables within cards, and the buttons beside and in them. */
final class RowButtons {

  private RowButtons() {}

  static <T> Grid<T> grid(String label, List<T> items) {
    Grid<T> grid = new Grid<>();
    grid.getElement().setAttribute("aria-label", label);
    grid.setAllRowsVisible(true);
    grid.setItems(items);
    return grid;
  }

  static Button small(String label, Runnable action) {
    Button button = new Button(label, click -> Asking.orShow(action));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  /**
   * @param spoken names also the row, to those who cannot see it
   */
  static Button inRow(String label, String spoken, Runnable action) {
    Button button = small(label, action);
    button.setAriaLabel(spoken);
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    return button;
  }

  /**
   * @param spoken as on the button of the question: "Delete access key AKIA..."
   */
  static Button losing(String label, String spoken, String consequence, Runnable action) {
    Button button = inRow(label, spoken, () -> Asking.before(spoken, consequence, action));
    button.addThemeVariants(ButtonVariant.LUMO_ERROR);
    return button;
  }
}
