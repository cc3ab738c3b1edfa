package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import io.gatehouse.model.wire.ApiError;

/** Asks before something is lost, naming it; shows the operation's word when it refuses. */
public final class Asking {

  private Asking() {}

  /**
   * @param what as on the button: "Delete key Acme"
   * @param consequence what will be different
   */
  public static void before(String what, String consequence, Runnable doIt) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader(what + "?");
    dialog.setText(consequence);
    dialog.setCancelable(true);
    dialog.setConfirmText(what);
    dialog.setConfirmButtonTheme("error primary");
    // as in all other dialogs; the word in the accent alone stands out too little
    dialog.setCancelButtonTheme("secondary");
    dialog.addConfirmListener(confirm -> orShow(doIt));
    dialog.open();
  }

  /** Does it, or shows why not. */
  public static void orShow(Runnable doIt) {
    try {
      doIt.run();
    } catch (ApiError refused) {
      Toast.refused(refused.getMessage());
    }
  }
}
