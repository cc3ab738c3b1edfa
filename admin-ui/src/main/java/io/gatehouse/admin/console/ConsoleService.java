package io.gatehouse.admin.console;

import com.vaadin.cdi.annotation.VaadinServiceEnabled;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SessionInitEvent;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How the console as a whole behaves: on errors nobody caught, and when a session is over. */
@VaadinServiceEnabled
@ApplicationScoped
public class ConsoleService {

  private static final Logger LOG = Logger.getLogger(ConsoleService.class.getName());

  void begin(@Observes ServiceInitEvent event) {
    CustomizedSystemMessages messages = new CustomizedSystemMessages();
    // without a notification the page reloads, and a reload without a session comes to sign-in
    messages.setSessionExpiredNotificationEnabled(false);
    event.getSource().setSystemMessagesProvider(info -> messages);
  }

  void begin(@Observes SessionInitEvent event) {
    event.getSession().setErrorHandler(ConsoleService::report);
  }

  private static void report(ErrorEvent event) {
    Throwable cause = event.getThrowable();
    while (cause != null && !(cause instanceof ApiError)) {
      cause = cause.getCause() == cause ? null : cause.getCause();
    }
    if (cause instanceof ApiError refusal) {
      Toast.refused(refusal.getMessage());
      return;
    }
    String id = UUID.randomUUID().toString().substring(0, 8);
    LOG.log(Level.SEVERE, "Console error " + id, event.getThrowable());
    if (com.vaadin.flow.component.UI.getCurrent() != null) {
      Toast.refused("Something went wrong here that should not. The log has it as " + id + ".");
    }
  }
}
