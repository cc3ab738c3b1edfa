package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** Short word on what was just done or refused, for those who are looking elsewhere on the page. */
public final class Toast {

  private static final int SHORT_MS = 3500;
  private static final int LONG_MS = 8000;

  private Toast() {}

  public static void done(String text) {
    Notification.show(text, SHORT_MS, Notification.Position.BOTTOM_START)
        .addThemeVariants(NotificationVariant.LUMO_CONTRAST);
  }

  public static void refused(String text) {
    Notification.show(text, LONG_MS, Notification.Position.BOTTOM_START)
        .addThemeVariants(NotificationVariant.LUMO_ERROR);
  }
}
