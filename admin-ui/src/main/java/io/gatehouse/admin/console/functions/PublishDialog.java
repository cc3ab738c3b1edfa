package io.gatehouse.admin.console.functions;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.functions.ApiPublisher.Outcome;
import io.gatehouse.admin.console.functions.ApiPublisher.Wanted;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.stages.InvokeUrls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;

/** Asks how a function is to be published as a REST API, then tells what was made. */
final class PublishDialog {

  private static final String NEWEST = "$LATEST, the newest code";

  private final FunctionPresenter.Shown shown;
  private final Function<Wanted, Outcome> publish;
  private final InvokeUrls urls;
  private final TextField name = new TextField("API name");
  private final TextField stage = new TextField("Stage");
  private final ComboBox<String> target = new ComboBox<>("Which code answers");
  private final List<Outcome> outcome = new ArrayList<>();

  PublishDialog(FunctionPresenter.Shown shown, Function<Wanted, Outcome> publish, InvokeUrls urls) {
    this.shown = shown;
    this.publish = publish;
    this.urls = urls;
    name.setValue(shown.configuration().functionName());
    name.setRequiredIndicatorVisible(true);
    stage.setValue("prod");
    stage.setRequiredIndicatorVisible(true);
    stage.setHelperText("Part of the address: letters, digits, - and _");
    List<String> targets = new ArrayList<>(List.of(NEWEST));
    shown.aliases().stream().map(AliasConfiguration::name).forEach(targets::add);
    target.setItems(targets);
    target.setValue(NEWEST);
    target.setHelperText("An alias stays where it leads while you change the code");
  }

  /**
   * @param then when it is over, whatever came of it
   */
  void open(Runnable then) {
    new FormDialog(
            "Publish " + shown.configuration().functionName() + " as a REST API",
            "Publish API",
            () -> outcome.add(publish.apply(wanted())),
            new Paragraph(
                "Makes an API that sends every path and verb to the function, lets it invoke the"
                    + " function, and deploys it. Everybody who knows its address may call it."),
            name,
            stage,
            target)
        .andThen(
            () -> {
              then.run();
              tell(outcome.getLast());
            })
        .open();
    name.focus();
  }

  private Wanted wanted() {
    return new Wanted(
        name.getValue(),
        stage.getValue(),
        shown.configuration().functionName(),
        shown.configuration().functionArn(),
        Optional.ofNullable(target.getValue()).filter(chosen -> !chosen.equals(NEWEST)));
  }

  private void tell(Outcome come) {
    Div content = new Div(note(come));
    if (come.refusal().isEmpty()) {
      content.add(urls.byPath(come.api().id(), stage.getValue().strip()));
    }
    content.add(new Paragraph("Made:"));
    UnorderedList made = new UnorderedList();
    come.made().forEach(each -> made.add(new ListItem(each)));
    Div list = new Div(made);
    list.addClassName("gh-changes");
    content.add(list);
    content.addClassNames("gh-dialog", "gh-form");
    Dialog dialog = new Dialog(content);
    dialog.setCloseOnOutsideClick(false);
    dialog.setHeaderTitle(
        come.api().name() + (come.refusal().isEmpty() ? " is published" : " is not published yet"));
    Button open =
        new Button(
            "Open the API",
            click -> {
              dialog.close();
              UI.getCurrent().navigate(Links.path("apis", come.api().id()));
            });
    open.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    dialog.getFooter().add(new Button("Close", click -> dialog.close()), open);
    dialog.open();
  }

  private static Note note(Outcome come) {
    return come.refusal()
        .map(
            why ->
                new Note(
                    Tone.ERROR,
                    why
                        + "\nWhat was made before that is still there. Open the API to finish or"
                        + " delete it."))
        .orElseGet(
            () -> new Note(Tone.OK, "Nodes take it within moments. Call it, or anything below:"));
  }
}
