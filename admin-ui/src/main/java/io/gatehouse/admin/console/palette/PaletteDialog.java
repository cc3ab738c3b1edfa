package io.gatehouse.admin.console.palette;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gatehouse.admin.console.Screen;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.ApiKeys;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.admin.operations.UsagePlans;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A search field over everything; arrows go through what is found, Enter opens the first. */
@CdiComponent
public class PaletteDialog extends Dialog {

  private static final int LONGEST_TEXT = 200;
  private static final int PAUSE_MS = 150;

  /** The theme's script leads nobody into a list of what was typed before. */
  private static final String SHOWN =
      "const palette = this.closest('.gh-palette');"
          + "if (palette) { gatehouse.shown(palette, $0); }";

  private final RestApis restApis;
  private final Stages stages;
  private final UsagePlans plans;
  private final ApiKeys keys;
  private final ConsoleCaller console;
  private final TextField field = new TextField();
  private final Span status = new Span();
  private final UnorderedList list = new UnorderedList();
  private List<Destination> found = List.of();

  @Inject
  public PaletteDialog(
      RestApis restApis, Stages stages, UsagePlans plans, ApiKeys keys, ConsoleCaller console) {
    this.restApis = restApis;
    this.stages = stages;
    this.plans = plans;
    this.keys = keys;
    this.console = console;
    getElement().setAttribute("aria-label", "Search");
    field.setAriaLabel("Search screens, APIs, stages, plans, keys and request ids");
    field.setPlaceholder("Screen, API, stage, plan, key or request id");
    field.setPrefixComponent(VaadinIcon.SEARCH.create());
    field.setClearButtonVisible(true);
    field.setMaxLength(LONGEST_TEXT);
    field.setWidthFull();
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.setValueChangeTimeout(PAUSE_MS);
    status.addClassName("gh-caption");
    status.getElement().setAttribute("role", "status");
    list.addClassName("gh-found");
    list.getElement().setAttribute("aria-label", "Found");
    Div content = new Div(field, status, list);
    content.addClassNames("gh-dialog", "gh-palette");
    add(content);
  }

  /**
   * @param recent where the person has been
   * @param here the path of the page beneath
   */
  public void open(RecentPlaces recent, String here) {
    String account = console.account().orElse(ConsoleCaller.NO_ACCOUNT);
    Palette palette =
        new Palette(
            restApis, stages, plans, keys, console::caller, screens(), recent.of(account, here));
    field.addValueChangeListener(change -> show(palette, change.getValue()));
    field.addKeyPressListener(Key.ENTER, enter -> openFirst());
    show(palette, "");
    open();
    field.focus();
  }

  private List<Destination> screens() {
    boolean inTenant = console.account().isPresent();
    List<Destination> screens = new ArrayList<>();
    Arrays.stream(Screen.values())
        .filter(screen -> screen.isFor(inTenant, console::may))
        .forEach(
            screen -> screens.add(new Destination("Screen", screen.label(), "", screen.path())));
    if (inTenant) {
      screens.add(new Destination("Screen", "Import an API", "new", "apis/new"));
    }
    return screens;
  }

  private void show(Palette palette, String typed) {
    List<Destination> now = palette.find(typed);
    if (!now.equals(found)) {
      found = now;
      list.removeAll();
      found.forEach(one -> list.add(new ListItem(link(one))));
    }
    list.getElement().executeJs(SHOWN, typed);
    status.setText(
        typed.isBlank()
            ? "Where you were, or type to search"
            : switch (found.size()) {
              case 0 -> "Nothing found";
              case 1 -> "1 found";
              case Palette.MOST_FOUND -> "The best " + Palette.MOST_FOUND;
              default -> found.size() + " found";
            });
  }

  private Anchor link(Destination one) {
    Span label = new Span(one.label());
    label.addClassName("label");
    Span detail = new Span(one.detail());
    detail.addClassNames("gh-mono", "gh-secondary");
    Span kind = new Span(one.kind());
    kind.addClassName("gh-caption");
    Anchor link = new Anchor(Links.ROOT + one.path(), label, detail, kind);
    // also where the link leads to the page beneath, which is no navigation
    link.getElement().addEventListener("click", click -> close());
    return link;
  }

  private void openFirst() {
    if (!found.isEmpty()) {
      close();
      UI.getCurrent().navigate(found.getFirst().path());
    }
  }
}
