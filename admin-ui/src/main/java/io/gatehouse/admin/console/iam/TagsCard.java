package io.gatehouse.admin.console.iam;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.iam.model.Tag;

/** Tags, and a way to change them. */
class TagsCard extends Card {

  /**
   * @param save told all tags, one a line
   */
  TagsCard(List<Tag> tags, Consumer<String> save) {
    super("Tags");
    beside(RowButtons.small("Edit tags…", () -> edit(tags, save)));
    add(showing(tags));
  }

  private static Component showing(List<Tag> tags) {
    if (tags.isEmpty()) {
      return new Paragraph("None. Policies can ask for them, as aws:PrincipalTag/key.");
    }
    Facts facts = new Facts();
    tags.forEach(tag -> facts.add(tag.key(), tag.value()));
    return facts;
  }

  private static void edit(List<Tag> tags, Consumer<String> save) {
    TextArea lines = new TextArea("Tags, one a line");
    lines.setHelperText("key=value");
    lines.addClassNames("gh-document", "short");
    lines.setValue(TagLines.text(tags));
    new FormDialog("Edit tags", "Save tags", () -> save.accept(lines.getValue()), lines)
        .withLines()
        .open();
    lines.focus();
  }
}
