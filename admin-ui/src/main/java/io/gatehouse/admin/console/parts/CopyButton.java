package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.NativeButton;

/** Puts a text into the clipboard; the theme's script does it, without asking the server. */
public class CopyButton extends NativeButton {

  private static final String ICONS =
      "<svg class='idle' viewBox='0 0 16 16' aria-hidden='true' fill='none' stroke='currentColor'"
          + " stroke-width='1.5'><rect x='5.5' y='5.5' width='8' height='8' rx='1.5'/>"
          + "<path d='M10.5 3.5v-1h-8v8h1'/></svg>"
          + "<svg class='done' viewBox='0 0 16 16' aria-hidden='true' fill='none'"
          + " stroke='currentColor' stroke-width='2'><path d='M3 8.5l3.5 3.5L13 4.5'/></svg>";

  /**
   * @param what names the copied thing to those who cannot see it: "invoke URL"
   */
  public CopyButton(String text, String what) {
    addClassName("gh-copy");
    getElement().setProperty("innerHTML", ICONS);
    getElement().setAttribute("type", "button");
    getElement().setAttribute("data-copy", text);
    getElement().setAttribute("aria-label", "Copy " + what);
    getElement().setAttribute("title", "Copy " + what);
  }
}
