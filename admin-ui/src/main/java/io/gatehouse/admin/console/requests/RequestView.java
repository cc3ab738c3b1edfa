package io.gatehouse.admin.console.requests;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.CopyButton;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.PathInStage;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.StatusBadge;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.Verb;
import io.gatehouse.admin.console.requests.Inspection.PassedStep;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.Logs;
import io.gatehouse.admin.operations.Resources;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Line;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** One request: why it got its answer, how it went through the gateway, and who else fared so. */
@CdiComponent
@Route(value = "requests/:requestId", layout = MainLayout.class)
public class RequestView extends Page implements BeforeEnterObserver, RequestPresenter.Screen {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** A record is stored a second or two after its request. */
  private static final int LOOKS = 5;

  private final RequestPresenter presenter;
  private final LiveUpdates live;
  private String requestId = "";
  private boolean known;

  /** What is said to be unknown on the screen; saying it anew would take the focus away. */
  private String saidUnknown = "";

  private int looks;

  @Inject
  public RequestView(
      Logs logs,
      Resources resources,
      UsagePlans plans,
      Addresses addresses,
      ConsoleCaller console,
      LiveUpdates live) {
    super(new Crumb("Logs", "logs"), Crumb.here("Request"));
    this.live = live;
    presenter = new RequestPresenter(logs, resources, plans, addresses, console::caller, this);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    requestId = event.getRouteParameters().get("requestId").orElseThrow();
    looks = 0;
    known = presenter.load(requestId);
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    if (!known) {
      lookAgain(attach.getUI());
    }
  }

  private void lookAgain(UI ui) {
    live.repeat(
        ui,
        BETWEEN_LOOKS,
        () -> {
          if (isAttached() && !known) {
            Asking.orShow(() -> known = presenter.load(requestId));
          }
          return known || ++looks >= LOOKS || !isAttached();
        });
  }

  @Override
  public void showUnknown(String id) {
    if (saidUnknown.equals(id)) {
      return;
    }
    saidUnknown = id;
    clear();
    head("Request", "");
    add(
        new EmptyState(
            "Nothing is known of " + id,
            "A request shows here a second or two after it is over. Failed ones are logged unless the"
                + " method's loggingLevel is OFF, successful ones if it is INFO or the stage has an"
                + " access log format. Older ones may have been dropped by age or size. The id is in"
                + " the answer's header x-amzn-RequestId.",
            new Button(
                "Look again", click -> Asking.orShow(() -> known = presenter.load(requestId))),
            Links.to("Search the logs", "logs")));
  }

  @Override
  public void show(Inspection shown) {
    saidUnknown = "";
    clear();
    RequestRecord request = shown.request();
    H1 title = new H1(new Verb(request.call().httpMethod()), new Span(path(request)));
    title.addClassName("gh-request-title");
    head(
        title,
        "",
        new Copyable(request.requestId(), "request id"),
        CopyButton.ofAddress("link to this request"));
    add(why(shown));
    Div columns = new Div(steps(shown), facts(shown));
    columns.addClassNames("gh-cards", "wide");
    add(columns);
    if (!request.execution().isEmpty()) {
      add(new Card("Execution log", new Snippet(lines(request), "execution log")));
    }
    if (request.access() != null) {
      add(new Card("Access log", new Snippet(request.access(), "line of the access log")));
    }
    add(around(shown.around()));
    add(
        new Card(
            "Ask again",
            new Paragraph("Headers and body are not kept; add those that the method needs."),
            new Snippet(shown.curl(), "command")));
  }

  private static String path(RequestRecord request) {
    return PathInStage.of(request.place().apiId(), request.place().stage(), request.call().path());
  }

  private static Component why(Inspection shown) {
    RequestRecord.Answer answer = shown.request().answer();
    Div head = new Div(new StatusBadge(answer.status()));
    head.addClassName("gh-badges");
    Card card = new Card("Why this answer", head, new Paragraph(shown.verdict()));
    card.setId("why");
    if (answer.refusal() != null) {
      head.add(new Badge(answer.refusal().reason(), StatusBadge.tone(answer.status())));
      if (answer.refusal().detail() != null) {
        Span detail = new Span(answer.refusal().detail());
        detail.addClassName("gh-mono");
        card.add(new Facts().add("In particular", detail));
      }
    }
    if (!shown.advice().isEmpty()) {
      card.add(new Facts().add("What to look at", shown.advice()));
    }
    shown.setting().ifPresent(link -> card.add(anchor(link)));
    return card;
  }

  private static Anchor anchor(Link link) {
    return new Anchor(Links.ROOT + link.path(), link.label());
  }

  private static Component steps(Inspection shown) {
    OrderedList list = new OrderedList();
    list.addClassName("gh-steps");
    long all = Math.max(1, shown.request().answer().latencyMicros());
    for (PassedStep step : shown.steps()) {
      Span words = new Span(step.words());
      Span time = new Span(RequestPresenter.millis(step.micros()));
      time.addClassName("gh-number");
      Div bar = new Div();
      bar.addClassName("bar");
      bar.getElement().setAttribute("aria-hidden", "true");
      long percent = Math.clamp(step.micros() * 100 / all, 1, 100);
      bar.getStyle().set("--gh-share", percent + "%");
      list.add(
          new ListItem(
              words,
              step.refusedHere()
                  ? new Badge("ended here", Tone.ERROR)
                  : new Badge("passed", Tone.OK),
              time,
              bar));
    }
    Card card = new Card("The way through the gateway", list);
    Span total =
        new Span(RequestPresenter.millis(shown.request().answer().latencyMicros()) + " in all");
    total.addClassNames("gh-caption", "gh-number");
    return card.beside(total);
  }

  private static Component facts(Inspection shown) {
    Facts facts = new Facts().add("When", when(shown.request()));
    for (Fact fact : shown.facts()) {
      Span value = new Span(fact.value());
      value.addClassName("gh-mono");
      Div both = new Div(value);
      fact.link()
          .ifPresent(
              link -> {
                Anchor to = anchor(link);
                to.addClassName("gh-fact-link");
                both.add(to);
              });
      facts.add(fact.name(), both);
    }
    return new Card("What it met", facts);
  }

  private static String when(RequestRecord request) {
    return Times.exact(Instant.ofEpochMilli(request.time()));
  }

  private static String lines(RequestRecord request) {
    return request.execution().stream().map(Line::text).collect(Collectors.joining("\n"));
  }

  private static Component around(List<RequestRecord> others) {
    Card card = new Card("At about the same time");
    if (others.isEmpty()) {
      card.add(new Paragraph("Nothing else is logged of the same key or path within 10 seconds."));
      return card;
    }
    UnorderedList list = new UnorderedList();
    list.addClassName("gh-lines");
    for (RequestRecord other : others) {
      Anchor open = Links.to(path(other), "requests", other.requestId());
      Span reason =
          new Span(other.answer().refusal() == null ? "" : other.answer().refusal().reason());
      reason.addClassName("gh-secondary");
      list.add(
          new ListItem(
              new Span(when(other)),
              new StatusBadge(other.answer().status()),
              new Verb(other.call().httpMethod()),
              open,
              reason));
    }
    card.add(new Paragraph("Requests of the same key or path within 10 seconds."), list);
    return card;
  }
}
