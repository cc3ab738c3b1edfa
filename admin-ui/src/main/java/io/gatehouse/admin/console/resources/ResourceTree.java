package io.gatehouse.admin.console.resources;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.treegrid.TreeGrid;
import com.vaadin.flow.router.Location;
import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.console.parts.UrlFilter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.apigateway.model.Resource;

/**
 * The paths and methods of an API as a tree. Of a small one all is open; of a large one what was
 * opened, chosen or looked for.
 */
class ResourceTree extends Div {

  /** Lines that are shown without scrolling and without a filter. */
  private static final int FEW = 40;

  /** What is found is opened, if it is no more than this. */
  private static final int OPENED = 400;

  private static final int DEEPEST = 50;

  private final List<Resource> resources;
  private final TreeGrid<PathTree.Line> grid = new TreeGrid<>();
  private final UrlFilter filter = new UrlFilter("paths", text -> look());
  private final Span counted = new Span();
  private PathTree tree = PathTree.of(List.of());
  private Optional<PathTree.Line> chosen = Optional.empty();

  /**
   * @param cell what is shown of a line
   * @param opened told the line that was clicked
   */
  ResourceTree(
      List<Resource> resources,
      Function<PathTree.Line, Component> cell,
      Consumer<PathTree.Line> opened) {
    this.resources = resources;
    grid.getElement().setAttribute("aria-label", "Resources and methods");
    grid.addClassName("gh-long-grid");
    grid.addComponentHierarchyColumn(cell::apply).setHeader("Path");
    grid.addItemClickListener(click -> opened.accept(click.getItem()));
    counted.addClassNames("gh-caption", "gh-number");
    counted.getElement().setAttribute("role", "status");
    addClassName("gh-resource-tree");
    look();
    if (tree.size() > FEW) {
      Div toolbar =
          new Div(
              filter,
              small("Expand all", () -> grid.expandRecursively(tree.roots(), DEEPEST)),
              small("Collapse all", () -> grid.collapseRecursively(tree.roots(), DEEPEST)),
              counted);
      toolbar.addClassName("gh-toolbar");
      add(toolbar);
    }
    add(grid);
  }

  private static Button small(String words, Runnable pressed) {
    Button button = new Button(words, click -> pressed.run());
    button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    return button;
  }

  /** Goes on at another address of the screen. */
  void enter(Location location, Optional<PathTree.Line> line) {
    filter.goOn(location);
    chosen = line;
    mark();
  }

  private void look() {
    List<Resource> found = PathTree.matching(resources, filter.getValue());
    tree = PathTree.of(found);
    grid.setItems(tree.roots(), tree::children);
    grid.setAllRowsVisible(tree.size() <= FEW);
    if (tree.size() <= OPENED) {
      grid.expandRecursively(tree.roots(), DEEPEST);
    } else {
      grid.expand(tree.roots());
    }
    counted.setText(
        Rates.number(found.size())
            + (found.size() < resources.size() ? " of " + Rates.number(resources.size()) : "")
            + " paths");
    mark();
  }

  /** The line that the screen is about, and the way to it. */
  private void mark() {
    grid.deselectAll();
    chosen.ifPresent(
        line -> {
          grid.expand(tree.wayTo(line));
          grid.select(line);
        });
  }
}
