package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.gatehouse.model.definition.DefinitionDiff.Difference;
import java.util.List;

/** What a deployment would change in what a stage serves: how much, then line by line. */
public class ChangeList extends Div {

  private static final int MOST = 50;

  private final Span summary = new Span();
  private final UnorderedList lines = new UnorderedList();

  public ChangeList() {
    addClassName("gh-changes");
    summary.getElement().setAttribute("aria-live", "polite");
    add(summary, lines);
  }

  public void show(List<Difference> changes) {
    show(changes, words(changes.size()));
  }

  /**
   * @param words how many they are and of what
   */
  public void show(List<Difference> changes, String words) {
    summary.setText(words);
    lines.removeAll();
    lines.setVisible(!changes.isEmpty());
    changes.stream().limit(MOST).forEach(change -> lines.add(new ListItem(change.line())));
    if (changes.size() > MOST) {
      lines.add(new ListItem("and " + (changes.size() - MOST) + " more"));
    }
  }

  static String words(int count) {
    return switch (count) {
      case 0 -> "No undeployed changes: the stage serves the API as it is now.";
      case 1 -> "1 undeployed change";
      default -> count + " undeployed changes";
    };
  }
}
