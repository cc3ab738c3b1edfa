package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.grid.Grid;

/** Columns of a list that a narrow window has no room for; the theme leaves them out there. */
public final class WideOnly {

  private static final String PART = "gh-wide";

  private WideOnly() {}

  public static <T> Grid.Column<T> column(Grid.Column<T> column) {
    // the column's header is told by a property that the Java class does not have
    column.getElement().setProperty("headerPartName", PART);
    return column.setPartNameGenerator(item -> PART);
  }
}
