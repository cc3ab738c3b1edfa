package io.gatehouse.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Opens the console in browser profiles of their own, each a person at another machine. When the
 * test has failed it leaves a picture of every one of them.
 */
final class Consoles implements AutoCloseable {

  static final Path PICTURES = Path.of("target", "screenshots");

  private static final double PATIENCE_MS = 30_000;
  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Gives each test its own. */
  static final class PerTest implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Consoles.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Chromium chromium =
          context
              .getRoot()
              .getStore(ExtensionContext.Namespace.GLOBAL)
              .getOrComputeIfAbsent(Chromium.class, k -> new Chromium(), Chromium.class);
      return context
          .getStore(ExtensionContext.Namespace.create(Consoles.class))
          .getOrComputeIfAbsent(
              Consoles.class, k -> new Consoles(chromium, context), Consoles.class);
    }
  }

  /** A browser; all tests share one. */
  static final class Chromium implements AutoCloseable {
    static {
      // a machine that runs six servers and a browser may need its time for a first page
      PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    private final Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--disable-quic")));

    private static Path program() {
      List<Path> places =
          Stream.concat(
                  Stream.of("/usr/bin"), Stream.of(System.getenv("PATH").split(File.pathSeparator)))
              .map(Path::of)
              .toList();
      return PROGRAMS.stream()
          .flatMap(name -> places.stream().map(place -> place.resolve(name)))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("the browser tests need one of " + PROGRAMS + " on PATH"));
    }

    /** A profile of its own, as on another machine. */
    BrowserContext profile() {
      BrowserContext profile =
          browser.newContext(
              new Browser.NewContextOptions()
                  .setViewportSize(1440, 900)
                  .setPermissions(List.of("clipboard-read", "clipboard-write")));
      profile.setDefaultTimeout(PATIENCE_MS);
      return profile;
    }

    @Override
    public void close() {
      playwright.close();
    }
  }

  private final Chromium chromium;
  private final ExtensionContext context;
  private final List<BrowserContext> profiles = new ArrayList<>();

  private Consoles(Chromium chromium, ExtensionContext context) {
    this.chromium = chromium;
    this.context = context;
  }

  /** A console to which nobody is signed in. */
  Console open(Installation installation) {
    BrowserContext profile = chromium.profile();
    profiles.add(profile);
    return new Console(profile.newPage(), installation.get("GATEHOUSE_CONSOLE_URL"));
  }

  /** A console to which the demo's person is signed in, who is owner of a tenant and operator. */
  Console demo(Installation installation) {
    return open(installation)
        .signedIn(
            installation.get("GATEHOUSE_CONSOLE_USER"),
            installation.get("GATEHOUSE_CONSOLE_PASSWORD"));
  }

  @Override
  public void close() {
    boolean failed = context.getExecutionException().isPresent();
    for (int i = 0; i < profiles.size(); i++) {
      if (failed) {
        String name = context.getDisplayName().replaceAll("[^A-Za-z0-9]+", "-");
        Path file = PICTURES.resolve("failed-" + name + "-" + i + ".png");
        profiles
            .get(i)
            .pages()
            .getFirst()
            .screenshot(new com.microsoft.playwright.Page.ScreenshotOptions().setPath(file));
      }
      profiles.get(i).close();
    }
  }
}
