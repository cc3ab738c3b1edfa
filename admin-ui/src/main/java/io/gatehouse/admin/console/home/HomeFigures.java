package io.gatehouse.admin.console.home;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.gatehouse.admin.console.metrics.Traffic;
import io.gatehouse.admin.console.parts.Age;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Tile;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Tone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A tenant's last hour, and what of it wants to be looked at. */
public class HomeFigures extends Div {

  private final Age age = new Age(5);
  private final Tile requests = new Tile("Requests, last hour", "metrics?last=hour");
  private final Tile errors = new Tile("Error rate", "metrics?last=hour");
  private final Tile latency = new Tile("Latency, p95", "metrics?last=hour");
  private final Tile nodes = new Tile("Nodes in sync", "");
  private final Card causes = new Card("Errors of the last hour").beside(age);
  private final Card behind = new Card("Undeployed changes");
  private final Card near = new Card("Quotas near their limit");
  private final Card deployed = new Card("Last deployments");

  public HomeFigures() {
    addClassName("gh-form");
    Div tiles = new Div(requests, errors, latency, nodes);
    tiles.addClassName("gh-tiles");
    Div cards = new Div(causes, behind, near, deployed);
    cards.addClassNames("gh-cards", "wide");
    List.of(causes, behind, near, deployed).forEach(card -> fill(card, waiting()));
    add(tiles, cards);
  }

  private static Component waiting() {
    Div line = new Div();
    line.addClassName("gh-skeleton");
    line.getElement().setAttribute("aria-label", "Being looked up");
    line.getElement().setAttribute("role", "img");
    return line;
  }

  public void show(Figures figures) {
    Traffic last = figures.last();
    Traffic before = figures.before();
    requests.show(last.count(), Tone.PLAIN, compared(before, before.count()));
    errors.show(
        last.errorRate(),
        last.failsOften() ? Tone.ERROR : Tone.PLAIN,
        compared(before, before.errorRate()));
    latency.show(last.latency(), Tone.PLAIN, compared(before, before.latency()));
    age.isNow();
    if (figures.causes().isEmpty()) {
      fill(causes, new Paragraph("None that is logged."));
      return;
    }
    UnorderedList list = list();
    figures
        .causes()
        .forEach(
            cause -> {
              Anchor link =
                  new Anchor(
                      Links.ROOT
                          + "logs?q="
                          + URLEncoder.encode(cause.query(), StandardCharsets.UTF_8),
                      cause.words());
              link.addClassName("gh-mono");
              list.add(new ListItem(link, number(String.format("%,d", cause.requests()))));
            });
    fill(causes, list);
    if (figures.sample()) {
      Span note = new Span("Of the newest 200 that failed.");
      note.addClassName("gh-caption");
      causes.add(note);
    }
  }

  private static String compared(Traffic before, String figure) {
    return before.requests() == 0 ? "no request the hour before" : figure + " the hour before";
  }

  public void show(Standing standing, Instant now) {
    boolean all = standing.inSync() == standing.nodes();
    nodes.show(
        standing.inSync() + " of " + standing.nodes(),
        standing.nodes() == 0 ? Tone.ERROR : all ? Tone.PLAIN : Tone.WARNING,
        standing.nodes() == 0
            ? "no node can be reached"
            : all ? "all serve the newest" : "some serve older ones");
    showBehind(standing);
    showNear(standing);
    if (standing.deployed().isEmpty()) {
      fill(deployed, new Paragraph("None yet."));
      return;
    }
    UnorderedList list = list();
    standing
        .deployed()
        .forEach(
            one -> {
              Span id = new Span(one.deploymentId());
              id.addClassNames("gh-mono", "gh-secondary");
              list.add(
                  new ListItem(
                      Links.to(one.api(), "apis", one.apiId(), "deployments"),
                      id,
                      said(one.description()),
                      number(Times.ago(Optional.of(one.at()), now))));
            });
    fill(deployed, list);
  }

  private void showBehind(Standing standing) {
    if (standing.behind().isEmpty()) {
      fill(behind, new Paragraph("What is edited is what is served."));
    } else {
      UnorderedList list = list();
      standing
          .behind()
          .forEach(
              api ->
                  list.add(
                      new ListItem(
                          Links.to(api.name(), "apis", api.apiId()),
                          number(api.changes() == 1 ? "1 change" : api.changes() + " changes"))));
      fill(behind, list);
    }
    if (standing.more()) {
      Span note = new Span("Of the first " + HomePresenter.MOST_APIS + " APIs.");
      note.addClassName("gh-caption");
      behind.add(note);
    }
  }

  private void showNear(Standing standing) {
    if (standing.nearLimit().isEmpty()) {
      fill(near, new Paragraph("No key has used 80 % of its plan's quota."));
      return;
    }
    UnorderedList list = list();
    standing
        .nearLimit()
        .forEach(
            one ->
                list.add(
                    new ListItem(
                        Links.to(one.key(), "plans", one.planId()),
                        said("in " + one.plan()),
                        number(
                            new Badge(
                                one.percent() + " %",
                                one.percent() >= 100 ? Tone.ERROR : Tone.WARNING)))));
    fill(near, list);
  }

  private static UnorderedList list() {
    UnorderedList list = new UnorderedList();
    list.addClassNames("gh-lines", "apart");
    return list;
  }

  private static Span said(String text) {
    Span span = new Span(text);
    span.addClassName("gh-secondary");
    return span;
  }

  private static Span number(String text) {
    return number(new Span(text));
  }

  private static Span number(Span span) {
    span.addClassNames("gh-number", "end");
    return span;
  }

  /** Beside its title, which stays. */
  private static void fill(Card card, Component content) {
    card.getChildren().skip(1).toList().forEach(card::remove);
    card.add(content);
  }
}
