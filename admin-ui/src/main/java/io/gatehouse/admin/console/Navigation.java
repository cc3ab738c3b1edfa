package io.gatehouse.admin.console;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import io.gatehouse.admin.guard.AccessLevel;
import java.util.Arrays;
import java.util.function.Predicate;

/** The drawer's links to the screens that one may open. */
final class Navigation extends Div {

  /**
   * @param inTenant whether one is in a tenant
   * @param may whether one may do things of a level there
   */
  void show(boolean inTenant, Predicate<AccessLevel> may) {
    if (getComponentCount() > 0) {
      return;
    }
    add(new SideNav(), new SideNav("Tenant"), new SideNav("Platform"));
    Arrays.stream(Screen.values())
        .filter(screen -> screen.isFor(inTenant, may))
        .forEach(screen -> of(screen.group()).addItem(item(screen)));
    getChildren()
        .map(SideNav.class::cast)
        .filter(section -> section.getItems().isEmpty())
        .toList()
        .forEach(this::remove);
  }

  private SideNav of(Screen.Group group) {
    int section =
        switch (group) {
          case ANYWHERE, GATEWAY -> 0;
          case TENANT -> 1;
          case PLATFORM -> 2;
        };
    return (SideNav) getComponentAt(section);
  }

  private static SideNavItem item(Screen screen) {
    SideNavItem item = new SideNavItem(screen.label(), screen.path(), screen.icon().create());
    item.setMatchNested(screen != Screen.HOME);
    return item;
  }
}
