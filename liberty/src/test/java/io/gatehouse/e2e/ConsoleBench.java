package io.gatehouse.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program, not a test: measures the console's screens in a browser, for the tenant that {@link
 * LargeTenant} has made. Times are the page's own, from what a person does to what they wait for.
 */
public final class ConsoleBench {

  private static final int FIRST_VIEW = 1500;
  private static final int ROUTE = 300;
  private static final int SEARCH = 300;
  private static final int TREE = 200;

  /** Known to all scripts. */
  private static final String WORDS =
      """
      const all = (css) => [...document.querySelectorAll(css)].filter(e => e.checkVisibility());
      const says = (css, text) => all(css).some(e => e.textContent.includes(text));
      const row = (text) => says('vaadin-grid-cell-content', text);
      const title = (text) => says('h1', text);
      const input = (label) => all('input').find(i => i.getAttribute('aria-label') === label);
      const button = (text) => all('vaadin-button').find(b => b.textContent.trim() === text);
      const type = (label, text) => {
        const i = input(label);
        i.value = text;
        i.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
        i.dispatchEvent(new Event('change', {bubbles: true, composed: true}));
      };
      const go = (screen) => all('vaadin-side-nav-item').find(i => i.textContent.trim() === screen)
        .shadowRoot.querySelector('a').click();
      const until = async (done) => {
        const begin = performance.now();
        while (!done()) {
          if (performance.now() - begin > 20000) throw new Error('waited for ' + done);
          await new Promise(later => setTimeout(later, 2));
        }
      };
      """;

  private final Page page;
  private final String url;
  private final int rounds;
  private final Map<String, List<Double>> times = new LinkedHashMap<>();
  private final Map<String, Integer> budgets = new LinkedHashMap<>();

  private ConsoleBench(Page page, String url, int rounds) {
    this.page = page;
    this.url = url;
    this.rounds = rounds;
  }

  /**
   * Takes the API, the id of a logged request and how many rounds; {@code scripts/status --env}
   * tells the environment it needs.
   */
  public static void main(String[] arguments) {
    String url = System.getenv("GATEHOUSE_CONSOLE_URL");
    try (Consoles.Chromium chromium = new Consoles.Chromium();
        BrowserContext profile = chromium.profile()) {
      Page page = profile.newPage();
      new Console(page, url)
          .signedIn(
              System.getenv("GATEHOUSE_CONSOLE_USER"), System.getenv("GATEHOUSE_CONSOLE_PASSWORD"));
      new ConsoleBench(page, url, Integer.parseInt(arguments[2])).run(arguments[0], arguments[1]);
    }
  }

  private void run(String apiId, String requestId) {
    // the first round finds classes and templates that nobody has used
    round(apiId, requestId);
    times.clear();
    for (int i = 0; i < rounds; i++) {
      round(apiId, requestId);
    }
    print();
  }

  private void round(String apiId, String requestId) {
    String stage = "apis/" + apiId + "/stages/" + LargeTenant.STAGE;
    firstView("Home", "", "title('Welcome')");
    firstView("APIs", "apis", "row('Large')");
    firstView("API", "apis/" + apiId, "says('.gh-card', 'Methods')");
    firstView("Stage", stage, "title('" + LargeTenant.STAGE + "')");
    firstView("Stage settings, 1,998 methods", stage + "/settings", "row('/area-000')");
    firstView("Stage history", stage + "/history", "row('prod') || all('vaadin-grid').length > 0");
    firstView("Usage plans", "plans", "row('plan 0')");
    timed(
        "to a usage plan, 2,000 keys",
        ROUTE,
        "all('vaadin-grid-cell-content a').find(a => a.textContent.trim() === 'plan 0').click()",
        "title('plan 0') && row('customer ')");
    resources(apiId);
    keys();
    logs(apiId);
    firstView("Request", "requests/" + requestId, "says('.gh-card', 'Execution log')");
    firstView(
        "Metrics, 14 days", "metrics?last=month&api=" + apiId, "all('gh-chart canvas').length > 0");
    routes();
  }

  private void resources(String apiId) {
    String path = "apis/" + apiId + "/resources";
    firstView("Resources, 1,000 paths", path, "row('/area-000')");
    timed("Resources: expand all", TREE, "button('Expand all').click()", "row('/thing-0')");
    timed("Resources: collapse all", TREE, "button('Collapse all').click()", "!row('/thing-0')");
    timed(
        "Resources: filter",
        SEARCH,
        "type('Filter paths by name or id', 'area-077/thing-3')",
        "row('/thing-3') && !row('/area-000')");
    timed(
        "Resources: open a method",
        ROUTE,
        "all('.gh-tree-cell a').find(a => a.textContent.trim() === 'GET').click()",
        "title('Large') && says('h2', '/area-077')");
  }

  private void keys() {
    firstView(
        "API keys, 10,000", "keys", "row('" + LargeTenant.keyName(LargeTenant.KEYS - 1) + "')");
    timed(
        "API keys: filter by name",
        SEARCH,
        "type('Filter keys by name or id', '" + LargeTenant.keyName(1234) + "')",
        "row('"
            + LargeTenant.keyName(1234)
            + "') && !row('"
            + LargeTenant.keyName(LargeTenant.KEYS - 1)
            + "')");
    timed(
        "API keys: filter taken out",
        SEARCH,
        "type('Filter keys by name or id', '')",
        "row('" + LargeTenant.keyName(LargeTenant.KEYS - 1) + "')");
    timed(
        "API keys: scroll on by 300",
        SEARCH,
        "document.querySelector('vaadin-grid').scrollToIndex(300)",
        "row('" + LargeTenant.keyName(LargeTenant.KEYS - 301) + "')");
  }

  private void logs(String apiId) {
    firstView(
        "Logs, last hour",
        "logs?api=" + apiId,
        "row('ms') && all('.gh-histogram button').length > 0");
    firstView(
        "Logs, a million of 30 days",
        "logs?last=30d",
        "row('ms') && all('.gh-histogram button').length > 0");
    search("by reason", "reason:THROTTLED_BY_PLAN", "row('429') && !row('200')");
    search("by status and latency", "status:5xx latency:>100", "row('502') && !row('429')");
    search("by path with stars", "path:/area-042/*", "row('/area-042/') && !row('/area-041/')");
    search("by words", "\"completed with status: 200\"", "row('200') && !row('429')");
  }

  private void search(String what, String query, String done) {
    timed("Logs of 30 days: " + what, SEARCH, "type('Search the logs', '" + query + "')", done);
  }

  private void routes() {
    firstView("Home", "", "title('Welcome')");
    route("APIs", "row('Large')");
    route("Logs", "title('Logs') && row('ms') && all('.gh-histogram button').length > 0");
    route("Metrics", "title('Metrics') && all('gh-chart canvas').length > 0");
    route("API keys", "row('" + LargeTenant.keyName(LargeTenant.KEYS - 1) + "')");
    route("Usage plans", "row('plan 0')");
    route("Home", "title('Welcome')");
  }

  private void route(String screen, String done) {
    timed("to " + screen, ROUTE, "go('" + screen + "')", done);
  }

  /** From the address to what is waited for, with what the browser has kept. */
  private void firstView(String name, String path, String done) {
    page.navigate(url + "/" + path, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
    keep(
        name,
        FIRST_VIEW,
        page.evaluate(
            "async () => {"
                + WORDS
                + "await until(() => "
                + done
                + "); return performance.now(); }"));
    settle();
  }

  private void timed(String name, int budget, String action, String done) {
    keep(
        name,
        budget,
        page.evaluate(
            "async () => {"
                + WORDS
                + "const begin = performance.now();"
                + action
                + "; await until(() => "
                + done
                + "); return performance.now() - begin; }"));
    settle();
  }

  /** What a screen does after it is there must not count for the next one. */
  private void settle() {
    page.waitForFunction(
        "() => !Object.values(window.Vaadin?.Flow?.clients ?? {}).some(c => c.isActive?.())");
  }

  private void keep(String name, int budget, Object millis) {
    times.computeIfAbsent(name, n -> new ArrayList<>()).add(((Number) millis).doubleValue());
    budgets.put(name, budget);
  }

  private void print() {
    System.out.printf(
        "%-40s %9s %9s %9s %9s%n",
        "ms, of " + rounds + " rounds", "minimum", "median", "maximum", "budget");
    times.forEach(
        (name, all) -> {
          double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
          double median = sorted[sorted.length / 2];
          int budget = budgets.get(name);
          System.out.printf(
              "%-40s %9.0f %9.0f %9.0f %9d %s%n",
              name,
              sorted[0],
              median,
              sorted[sorted.length - 1],
              budget,
              median <= budget ? "ok" : "OVER");
        });
  }
}
