package io.gatehouse.admin.console;

import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;

/**
 * What surrounds every page. Pushing goes over a web socket, clicks over plain requests: on the
 * socket the container does not know who is signed in.
 */
@Push(transport = Transport.WEBSOCKET_XHR)
@Viewport("width=device-width, initial-scale=1")
public class ConsoleShell implements AppShellConfigurator {

  // before the first paint, so that no one sees the other theme flash by
  private static final String THEME_BEFORE_PAINT =
      """
      document.documentElement.lang = "en";
      (function () {
        var stored = null;
        try { stored = localStorage.getItem("gatehouse.theme"); } catch (refused) { stored = null; }
        var dark = stored ? stored === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
        if (dark) { document.documentElement.setAttribute("theme", "dark"); }
      })();
      """;

  @Override
  public void configurePage(AppShellSettings settings) {
    settings.addInlineWithContents(
        Inline.Position.PREPEND, THEME_BEFORE_PAINT, Inline.Wrapping.JAVASCRIPT);
    settings.addLink("stylesheet", "/console/theme/gatehouse.css");
    settings.addFavIcon("icon", "/console/theme/mark.svg", "any");
    settings.addMetaTag("color-scheme", "light dark");
  }
}
