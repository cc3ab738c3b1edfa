package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.SameByTools;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.stages.StageCache.Settings;
import io.gatehouse.admin.operations.Stages;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Whether a stage keeps answers, how many, and for how long. */
final class CacheCard extends Card {

  private static final int LONGEST_TTL = 3600;

  private final StageCache cache;
  private final StageSnippets snippets;
  private final String apiId;
  private final Stage stage;

  /**
   * @param changed shows the stage anew
   */
  CacheCard(StageCache cache, StageSnippets snippets, String apiId, Stage stage, Runnable changed) {
    super("Cache");
    this.cache = cache;
    this.snippets = snippets;
    this.apiId = apiId;
    this.stage = stage;
    Settings settings = Settings.of(stage);
    beside(small("Change cache…", () -> edit(settings, changed)));
    if (!settings.on()) {
      add(
          new Paragraph(
              "Off: every request goes to its backend. With a cache, GET methods that ask for it"
                  + " are answered from what was answered before."));
      return;
    }
    beside(small("Purge path…", this::askToPurge), small("Flush cache…", this::askToFlush));
    cache
        .leaks(apiId, stage.stageName())
        .forEach(sentence -> add(new Note(Tone.WARNING, sentence)));
    Facts facts =
        new Facts()
            .add("Size", settings.size() + " GB")
            .add("Methods without settings", words(settings.byDefault(), settings.ttlSeconds()));
    new TreeMap<>(stage.methodSettings())
        .forEach(
            (method, own) -> {
              if (!method.equals("*/*")) {
                facts.add(method, words(own));
              }
            });
    add(facts);
  }

  private static String words(MethodSetting own) {
    return words(
        Boolean.TRUE.equals(own.cachingEnabled()),
        own.cacheTtlInSeconds() == null ? 0 : own.cacheTtlInSeconds());
  }

  private static String words(boolean cached, int ttlSeconds) {
    return cached && ttlSeconds > 0 ? "kept for " + ttlSeconds + " s" : "not kept";
  }

  private static Button small(String label, Runnable action) {
    Button button = new Button(label, click -> action.run());
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void askToPurge() {
    TextField path = new TextField("Path");
    path.setHelperText(
        "As /pets/1, or of a resource as /pets/{petId}; a star at the end is any rest");
    path.setPlaceholder("/pets/*");
    path.setRequiredIndicatorVisible(true);
    new FormDialog(
            "Purge a path of stage " + stage.stageName(),
            "Purge path",
            () -> Toast.done(cache.purge(apiId, stage.stageName(), path.getValue())),
            path)
        .open();
    path.focus();
  }

  private void askToFlush() {
    Asking.before(
        "Flush the cache of stage " + stage.stageName(),
        "No node answers from what was kept so far: the next requests all go to the backends.",
        () -> {
          cache.flush(apiId, stage.stageName());
          Toast.done("Flushed the cache of stage " + stage.stageName());
        });
  }

  private void edit(Settings settings, Runnable changed) {
    Checkbox on = new Checkbox("Keep answers of this stage", settings.on());
    Select<String> size = new Select<>();
    size.setLabel("Size in GB");
    size.setItems(Stages.CACHE_SIZES);
    size.setValue(settings.size());
    Checkbox byDefault =
        new Checkbox("Also of GET methods without settings of their own", settings.byDefault());
    IntegerField ttl = new IntegerField("Seconds they are kept");
    ttl.setMin(0);
    ttl.setMax(LONGEST_TTL);
    ttl.setValue(settings.ttlSeconds());
    Supplier<Settings> typed =
        () ->
            new Settings(
                on.getValue(),
                size.getValue(),
                byDefault.getValue(),
                ttl.isEmpty() ? settings.ttlSeconds() : ttl.getValue());
    SameByTools tools = new SameByTools();
    Runnable showTools =
        () ->
            tools.show(
                snippets.cli(StageCache.writes(stage, typed.get())),
                snippets.terraformCache(typed.get()));
    for (HasValue<?, ?> field : List.of(on, size, byDefault, ttl)) {
      field.addValueChangeListener(change -> showTools.run());
    }
    showTools.run();
    new FormDialog(
            "Cache of stage " + stage.stageName(),
            "Change cache",
            () -> {
              cache.change(apiId, stage, typed.get());
              changed.run();
              Toast.done("Changed the cache of stage " + stage.stageName());
            },
            on,
            size,
            byDefault,
            ttl,
            tools)
        .open();
    on.focus();
  }
}
