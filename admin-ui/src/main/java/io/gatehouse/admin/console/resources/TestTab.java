package io.gatehouse.admin.console.resources;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.VaadinSession;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.StatusBadge;
import io.gatehouse.admin.console.parts.StatusWords;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.Waterfall;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.definition.MethodRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.ClientCertificate;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Sends a request through a method as it is now, and shows what came of it step by step. */
final class TestTab extends Div {

  private static final int LONGEST = 64 << 10;

  private final TestPresenter presenter;
  private final TestedMethod method;
  private final ConsoleCaller console;
  private final LiveUpdates live;
  private final Select<String> verb = new Select<>();
  private final Map<String, TextField> path = new LinkedHashMap<>();
  private final TextField query = new TextField("Query string");
  private final TextArea headers = new TextArea("Headers");
  private final TextArea body = new TextArea("Body");
  private final Select<Stage> stage = new Select<>();
  private final TextArea variables = new TextArea("Stage variables");
  private final Select<ClientCertificate> certificate = new Select<>();
  private final Button send = new Button("Send");
  private final Note refusal = new Note();
  private final Div result = new Div();

  TestTab(TestPresenter presenter, TestedMethod method, ConsoleCaller console, LiveUpdates live) {
    this.presenter = presenter;
    this.method = method;
    this.console = console;
    this.live = live;
    addClassName("gh-test");
    Caller caller = console.caller();
    prepare(caller);
    RecentTests recent = recent();
    fill(recent.of(caller.account(), method).orElse(TestCall.first(method.verb())));
    result.addClassName("gh-form");
    result.getElement().setAttribute("aria-live", "polite");
    result.add(new Paragraph("The answer shows here, with what each step of the gateway did."));
    Card form = new Card("Request", fields());
    form.addClassName("gh-test-form");
    add(form, new Card("Answer", result));
  }

  private static RecentTests recent() {
    VaadinSession session = VaadinSession.getCurrent();
    if (session.getAttribute(RecentTests.class) == null) {
      session.setAttribute(RecentTests.class, new RecentTests());
    }
    return session.getAttribute(RecentTests.class);
  }

  private void prepare(Caller caller) {
    verb.setLabel("Verb");
    verb.setItems(MethodRules.VERBS.stream().filter(word -> !word.equals("ANY")).toList());
    TestCall.parameters(method.path())
        .forEach(
            name -> {
              TextField field = new TextField(name.replace("+", ""));
              field.setRequiredIndicatorVisible(true);
              if (name.endsWith("+")) {
                field.setHelperText("The rest of the path, slashes included");
              }
              path.put(name.replace("+", ""), field);
            });
    query.setPlaceholder("type=cat&page=2");
    headers.setPlaceholder("accept: application/json");
    headers.setHelperText("One a line, name: value");
    variables.setHelperText("One a line, name=value");
    for (TextArea area : List.of(headers, variables, body)) {
      area.setMaxLength(10 << 20);
      area.getElement().setAttribute("spellcheck", "false");
    }
    query.setMaxLength(LONGEST);
    offer(caller);
    send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    send.addClickListener(click -> send());
  }

  private void offer(Caller caller) {
    List<Stage> stages = presenter.stages(caller);
    stage.setLabel("Stage variables of stage");
    stage.setItems(stages);
    stage.setItemLabelGenerator(Stage::stageName);
    stage.setHelperText("Fills the variables below, and says whose address curl calls");
    stage.setVisible(!stages.isEmpty());
    stages.stream().findFirst().ifPresent(stage::setValue);
    stage.addValueChangeListener(
        change -> {
          if (change.getValue() != null) {
            variables.setValue(TestPresenter.lines(change.getValue()));
          }
        });
    List<ClientCertificate> certificates = presenter.certificates(caller);
    certificate.setLabel("Client certificate for the backend");
    certificate.setItems(certificates);
    certificate.setItemLabelGenerator(
        one ->
            one == null
                ? "None"
                : Optional.ofNullable(one.description())
                    .filter(words -> !words.isEmpty())
                    .orElse(one.clientCertificateId()));
    certificate.setEmptySelectionAllowed(true);
    certificate.setEmptySelectionCaption("None");
    certificate.setVisible(!certificates.isEmpty());
  }

  private void fill(TestCall call) {
    verb.setValue(call.verb());
    path.forEach((name, field) -> field.setValue(call.path().getOrDefault(name, "")));
    query.setValue(call.query());
    headers.setValue(call.headers());
    body.setValue(call.body());
    String first = stage.isEmpty() ? "" : TestPresenter.lines(stage.getValue());
    variables.setValue(call.variables().isEmpty() ? first : call.variables());
    certificate
        .getListDataView()
        .getItems()
        .filter(one -> one.clientCertificateId().equals(call.certificate()))
        .findFirst()
        .ifPresent(certificate::setValue);
  }

  private Component fields() {
    Div form = new Div(new Paragraph(presenter.notAsked()));
    form.addClassNames("gh-fields");
    if (method.verb().equals("ANY")) {
      form.add(verb);
    }
    path.values().forEach(form::add);
    form.add(query, headers, body, stage, variables, certificate, refusal, send);
    return form;
  }

  private TestCall typed() {
    Map<String, String> values = new LinkedHashMap<>();
    path.forEach((name, field) -> values.put(name, field.getValue()));
    return new TestCall(
        method.verb().equals("ANY") ? verb.getValue() : method.verb(),
        values,
        query.getValue(),
        headers.getValue(),
        body.getValue(),
        variables.getValue(),
        certificate.isEmpty() ? "" : certificate.getValue().clientCertificateId());
  }

  private void send() {
    TestCall call = typed();
    Caller caller = console.caller();
    recent().used(caller.account(), method, call);
    Optional<Stage> chosen = stage.getOptionalValue();
    refusal.hush();
    send.setEnabled(false);
    ProgressBar waiting = new ProgressBar();
    waiting.setIndeterminate(true);
    waiting.getElement().setAttribute("aria-label", "Waiting for the answer");
    result.removeAll();
    result.add(waiting);
    // a backend may take its time, and the page must not wait with it
    live.behind(
        UI.getCurrent(),
        () -> {
          try {
            TestPresenter.Answer answer = presenter.send(caller, call, chosen);
            return () -> show(answer);
          } catch (RuntimeException bug) {
            return () -> {
              show(new TestPresenter.Answer(Optional.empty(), "The test could not be made."));
              throw bug;
            };
          }
        });
  }

  private void show(TestPresenter.Answer answer) {
    send.setEnabled(true);
    result.removeAll();
    if (answer.result().isEmpty()) {
      result.add(new Paragraph("Nothing was sent."));
      refusal.say(Tone.ERROR, answer.refusal());
      return;
    }
    TestResult shown = answer.result().get();
    result.add(summary(shown), new H3("What each step did"), new Waterfall(shown.bars()));
    TabSheet tabs = new TabSheet();
    tabs.add("Body", body(shown));
    tabs.add(
        "Headers",
        shown.headers().isEmpty()
            ? new Paragraph("None.")
            : new Snippet(shown.headers(), "headers of the answer"));
    tabs.add("Execution log", new Snippet(shown.log(), "execution log"));
    tabs.add("AWS CLI", new Snippet(shown.cli(), "command of the AWS CLI"));
    tabs.add(
        "curl",
        shown
            .curl()
            .<Component>map(line -> new Snippet(line, "curl command"))
            .orElseGet(
                () ->
                    new Paragraph(
                        "Deploy the API to a stage first: curl calls what is deployed, a test what"
                            + " is not yet.")));
    result.add(tabs);
  }

  private static Component summary(TestResult shown) {
    Span words = new Span(StatusWords.of(shown.status()));
    words.addClassName("gh-test-words");
    Span latency = new Span(shown.latencyMillis() + " ms");
    latency.addClassName("gh-number");
    Div line = new Div(new StatusBadge(shown.status()), words, latency);
    line.addClassName("gh-toolbar");
    line.setId("answer");
    if (shown.refused()) {
      line.add(new Badge("answered by the gateway", Tone.WARNING));
    }
    return line;
  }

  private static Component body(TestResult shown) {
    if (shown.body().isEmpty()) {
      return new Paragraph("Empty.");
    }
    Div body = new Div(new Snippet(shown.body(), "body of the answer"));
    if (!shown.bodyNote().isEmpty()) {
      Span note = new Span(shown.bodyNote());
      note.addClassName("gh-caption");
      body.add(note);
    }
    return body;
  }
}
