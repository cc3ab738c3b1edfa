package io.gatehouse.admin.console.resources;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.resources.CorsPresenter.Form;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether pages of other origins may call an API or a path, and how. */
final class CorsDialog {

  private final Checkbox on = new Checkbox("Let pages of other origins call it");
  private final TextArea origins =
      lines("Origins", "One a line, as https://app.example, or * for all");
  private final CheckboxGroup<String> methods = new CheckboxGroup<>("Methods");
  private final TextArea headers = lines("Headers pages may send", "One a line, or * for all");
  private final TextArea exposeHeaders =
      lines("Headers pages may read", "Empty for the usual few; * for all");
  private final IntegerField maxAge = new IntegerField("Seconds to remember a preflight");
  private final Checkbox allowCredentials = new Checkbox("Allow cookies and authorization");
  private final Div details =
      new Div(origins, methods, pair(headers, exposeHeaders), maxAge, allowCredentials);
  private final FormDialog dialog;

  /**
   * @param what the API's name, or the path
   * @param saved told whether it is on
   */
  CorsDialog(CorsPresenter presenter, String what, Consumer<Boolean> saved) {
    methods.setItems(CorsPresenter.METHODS);
    methods.setItemLabelGenerator(method -> method.equals("*") ? "All" : method);
    methods.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            methods.setValue(CorsPresenter.chosen(change.getOldValue(), change.getValue()));
          }
        });
    maxAge.setHelperText("0 to 86400; empty leaves it to the browser");
    details.addClassName("gh-fields");
    on.addValueChangeListener(change -> details.setVisible(change.getValue()));
    fill(presenter.form());
    dialog =
        new FormDialog(
                "CORS of " + what,
                "Save CORS",
                () -> presenter.save(filledIn()),
                new Paragraph(
                    "The gateway answers preflights (OPTIONS) itself and adds the CORS headers to"
                        + " every answer, its own errors included."
                        + (presenter.isOfWholeApi()
                            ? " A path may have settings of its own."
                            : " These hold for this path, in place of the API's.")
                        + " Changes take effect with the next deployment."),
                on,
                details)
            .withLines()
            .andThen(() -> saved.accept(on.getValue()));
  }

  void open() {
    dialog.open();
    on.focus();
  }

  private void fill(Form form) {
    on.setValue(form.on());
    details.setVisible(form.on());
    origins.setValue(form.origins());
    methods.setValue(form.methods());
    headers.setValue(form.headers());
    exposeHeaders.setValue(form.exposeHeaders());
    maxAge.setValue(form.maxAge().orElse(null));
    allowCredentials.setValue(form.allowCredentials());
  }

  private Form filledIn() {
    return new Form(
        on.getValue(),
        origins.getValue(),
        methods.getValue(),
        headers.getValue(),
        exposeHeaders.getValue(),
        Optional.ofNullable(maxAge.getValue()),
        allowCredentials.getValue());
  }

  private static Div pair(Component left, Component right) {
    Div pair = new Div(left, right);
    pair.addClassName("gh-pair");
    return pair;
  }

  private static TextArea lines(String label, String help) {
    TextArea area = new TextArea(label);
    area.setHelperText(help);
    area.getElement().setAttribute("spellcheck", "false");
    return area;
  }
}
