package io.gatehouse.admin.console.iam;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextArea;
import io.gatehouse.admin.console.iam.Documents.Template;
import io.gatehouse.admin.console.parts.FormDialog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A policy document, to be written; what is wrong with it is told where it stands. */
final class DocumentDialog {

  /** The operations count, without white space, and refuse what is longer. */
  private static final int LONGEST = 64 * 1024;

  private final TextArea document = new TextArea("Document");
  private final FormDialog dialog;

  /**
   * @param templates to begin with
   * @param text empty for the first template
   * @param save told the document; throws when it is refused
   * @param fields before the document
   */
  DocumentDialog(
      String title,
      String verb,
      List<Template> templates,
      String text,
      Consumer<String> save,
      Component... fields) {
    document.addClassName("gh-document");
    document.setMaxLength(LONGEST);
    document.setRequiredIndicatorVisible(true);
    document.getElement().setAttribute("spellcheck", "false");
    document.setValue(text.isEmpty() ? templates.getFirst().document() : text);
    ComboBox<Template> begin = new ComboBox<>("Begin with");
    begin.setItems(templates);
    begin.setItemLabelGenerator(Template::name);
    begin.setPlaceholder("Choose to replace the text below");
    begin.addValueChangeListener(
        change -> {
          if (change.isFromClient() && change.getValue() != null) {
            document.setValue(change.getValue().document());
          }
        });
    List<Component> content = new ArrayList<>(List.of(fields));
    content.add(begin);
    content.add(document);
    dialog =
        new FormDialog(
                title,
                verb,
                () -> save.accept(document.getValue()),
                content.toArray(Component[]::new))
            .withLines();
    dialog.setWidth("760px");
  }

  void open() {
    dialog.open();
  }
}
