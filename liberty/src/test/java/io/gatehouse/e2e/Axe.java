package io.gatehouse.e2e;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What axe finds on a page that stands in the way of people who cannot see or point at it. */
final class Axe {

  private static final Set<String> BAD = Set.of("serious", "critical");

  private final Set<String> bad = new TreeSet<>();
  private final Set<String> lesser = new TreeSet<>();

  /** Looks for everything that axe knows. */
  void all(Page page, String where) {
    take(builder(page).analyze().getViolations(), where);
  }

  /** Looks at colours alone, for the theme that has all else in common with the first one. */
  void colours(Page page, String where) {
    take(builder(page).withRules(List.of("color-contrast")).analyze().getViolations(), where);
  }

  private static AxeBuilder builder(Page page) {
    return new AxeBuilder(page)
        // without frames there is no need of a second page to put their results together
        .setLegacyMode(true)
        // says that the server is not reached, and has nothing to say before
        .exclude("vaadin-connection-indicator");
  }

  private void take(List<Rule> violations, String where) {
    for (Rule rule : violations) {
      Set<String> into = BAD.contains(rule.getImpact()) ? bad : lesser;
      for (CheckedNode node : rule.getNodes()) {
        if (isBehindAQuestion(rule, node)) {
          continue;
        }
        into.add(
            "%s: %s %s: %s at %s %s"
                .formatted(
                    where,
                    rule.getImpact(),
                    rule.getId(),
                    rule.getHelp(),
                    node.getTarget(),
                    node.getHtml()));
      }
    }
  }

  /**
   * Vaadin's confirm dialog hides from screen readers all that lies behind it, and keeps the focus
   * within by a trap of its own, which axe cannot see; that the trap holds is looked at beside.
   */
  private static boolean isBehindAQuestion(Rule rule, CheckedNode node) {
    return rule.getId().equals("aria-hidden-focus")
        && node.getHtml().contains("data-aria-hidden=\"true\"");
  }

  /** Findings that nobody may be left with, a line each. */
  Set<String> bad() {
    return bad;
  }

  /** Findings of moderate and minor impact, a line each. */
  Set<String> lesser() {
    return lesser;
  }
}
