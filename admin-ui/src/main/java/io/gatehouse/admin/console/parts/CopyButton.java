package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.NativeButton;

/** Puts a text into the clipboard; the theme's script does it, without asking the server. */
public class CopyButton extends NativeButton {

  private static final String TWO_SHEETS =
      "<rect x='5.5' y='5.5' width='8' height='8' rx='1.5'/><path d='M10.5 3.5v-1h-8v8h1'/>";
  private static final String CHAIN =
      "<path d='M7 9a3 3 0 0 0 4.2 0l2-2A3 3 0 0 0 9 2.8l-1 1'/>"
          + "<path d='M9 7a3 3 0 0 0-4.2 0l-2 2A3 3 0 0 0 7 13.2l1-1'/>";
  private static final String ICONS =
      "<svg class='idle' viewBox='0 0 16 16' aria-hidden='true' fill='none' stroke='currentColor'"
          + " stroke-width='1.5'>%s</svg>"
          + "<svg class='done' viewBox='0 0 16 16' aria-hidden='true' fill='none'"
          + " stroke='currentColor' stroke-width='2'><path d='M3 8.5l3.5 3.5L13 4.5'/></svg>";

  /**
   * @param what names the copied thing to those who cannot see it: "invoke URL"
   */
  public CopyButton(String text, String what) {
    this(TWO_SHEETS, what, text);
  }

  private CopyButton(String icon, String what, String text) {
    addClassName("gh-copy");
    getElement().setProperty("innerHTML", ICONS.formatted(icon));
    getElement().setAttribute("type", "button");
    getElement().setAttribute("data-copy", text);
    getElement().setAttribute("aria-label", "Copy " + what);
    getElement().setAttribute("title", "Copy " + what);
  }

  /**
   * Copies where one is, as the browser has it then.
   *
   * @param what "link to this request"
   */
  public static CopyButton ofAddress(String what) {
    CopyButton button = new CopyButton(CHAIN, what, "");
    button.getElement().setAttribute("data-copy-address", true);
    return button;
  }
}
