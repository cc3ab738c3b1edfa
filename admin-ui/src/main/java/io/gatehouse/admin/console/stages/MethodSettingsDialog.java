package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.operations.EffectiveSettings;
import io.gatehouse.admin.operations.EffectiveSettings.MethodValues;
import io.gatehouse.admin.operations.MethodSettingField;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** The settings of one method, or of all, to change. */
final class MethodSettingsDialog {

  private static final int LONGEST_TTL = 3600;

  private final Select<String> level = new Select<>();
  private final Checkbox trace = new Checkbox("Data trace: log bodies and headers, too");
  private final Checkbox metrics = new Checkbox("Detailed metrics: count each method by itself");
  private final NumberField rate = new NumberField("Requests a second");
  private final IntegerField burst = new IntegerField("Burst");
  private final Checkbox caching = new Checkbox("Keep answers in the stage's cache");
  private final IntegerField ttl = new IntegerField("Seconds they are kept");
  private final Checkbox encrypted = new Checkbox("Keep them encrypted");
  private final Checkbox authorized =
      new Checkbox("Callers need permission to invalidate a kept answer");
  private final Select<String> strategy = new Select<>();
  private final MethodValues method;
  private final StageForm form;

  /**
   * @param opened the stage as the values were read from it
   * @param saved shows the stage anew
   */
  MethodSettingsDialog(
      StageEditor editor,
      StageSnippets snippets,
      Stage opened,
      MethodValues method,
      Runnable saved) {
    this.method = method;
    boolean ofAll = method.key().equals(EffectiveSettings.ALL_METHODS);
    Div limits = new Div(rate, burst);
    limits.addClassName("gh-pair");
    fill(MethodForm.of(method));
    form =
        new StageForm(
                editor,
                snippets,
                opened,
                "Settings of " + SettingWords.name(method),
                "Change settings",
                () -> filledIn().writes(method),
                () -> snippets.terraform(method.key(), filledIn()),
                saved,
                new Paragraph(
                    ofAll
                        ? "They hold for every method that has no settings of its own."
                        : method.own()
                            ? "They hold in place of those for all methods."
                            : "From then on the method follows none of the settings for all methods"
                                + " any more: as on AWS, the settings of a method are kept whole."),
                new H3("Logs and metrics"),
                level,
                trace,
                metrics,
                new H3("Throttling"),
                limits,
                new H3("Cache"),
                caching,
                ttl,
                encrypted,
                authorized,
                strategy)
            .following(
                level, trace, metrics, rate, burst, caching, ttl, encrypted, authorized, strategy);
  }

  FormDialog open() {
    FormDialog dialog = form.open();
    level.focus();
    return dialog;
  }

  private void fill(MethodForm values) {
    Map<MethodSettingField, String> text = values.values();
    level.setLabel("Log");
    level.setItems("OFF", "ERROR", "INFO");
    level.setItemLabelGenerator(one -> SettingWords.level(one) + " (" + one + ")");
    level.setValue(text.get(MethodSettingField.LOG_LEVEL));
    trace.setValue(isOn(text, MethodSettingField.DATA_TRACE));
    metrics.setValue(isOn(text, MethodSettingField.METRICS));
    rate.setHelperText("Empty for the account's limit");
    burst.setHelperText("Empty for the account's limit");
    rate.setMin(0);
    burst.setMin(0);
    String limit = text.get(MethodSettingField.RATE);
    rate.setValue(limit.equals(MethodForm.ACCOUNT) ? null : Double.valueOf(limit));
    String most = text.get(MethodSettingField.BURST);
    burst.setValue(most.equals(MethodForm.ACCOUNT) ? null : Integer.valueOf(most));
    caching.setValue(isOn(text, MethodSettingField.CACHING));
    ttl.setMin(0);
    ttl.setMax(LONGEST_TTL);
    ttl.setValue(Integer.valueOf(text.get(MethodSettingField.CACHE_TTL)));
    encrypted.setValue(isOn(text, MethodSettingField.CACHE_ENCRYPTED));
    authorized.setValue(isOn(text, MethodSettingField.CACHE_CONTROL_AUTHORIZED));
    strategy.setLabel("Those without it");
    strategy.setItems(
        "FAIL_WITH_403", "SUCCEED_WITH_RESPONSE_HEADER", "SUCCEED_WITHOUT_RESPONSE_HEADER");
    strategy.setItemLabelGenerator(SettingWords::strategy);
    strategy.setValue(text.get(MethodSettingField.CACHE_CONTROL_STRATEGY));
  }

  private static boolean isOn(Map<MethodSettingField, String> text, MethodSettingField field) {
    return text.get(field).equals("true");
  }

  private MethodForm filledIn() {
    Map<MethodSettingField, String> text = new EnumMap<>(MethodForm.of(method).values());
    text.put(MethodSettingField.LOG_LEVEL, level.getValue());
    text.put(MethodSettingField.DATA_TRACE, trace.getValue().toString());
    text.put(MethodSettingField.METRICS, metrics.getValue().toString());
    text.put(
        MethodSettingField.RATE,
        rate.isEmpty()
            ? MethodForm.ACCOUNT
            : BigDecimal.valueOf(rate.getValue()).stripTrailingZeros().toPlainString());
    text.put(
        MethodSettingField.BURST,
        burst.isEmpty() ? MethodForm.ACCOUNT : burst.getValue().toString());
    text.put(MethodSettingField.CACHING, caching.getValue().toString());
    if (!ttl.isEmpty()) {
      text.put(MethodSettingField.CACHE_TTL, ttl.getValue().toString());
    }
    text.put(MethodSettingField.CACHE_ENCRYPTED, encrypted.getValue().toString());
    text.put(MethodSettingField.CACHE_CONTROL_AUTHORIZED, authorized.getValue().toString());
    text.put(MethodSettingField.CACHE_CONTROL_STRATEGY, strategy.getValue());
    return new MethodForm(text);
  }
}
