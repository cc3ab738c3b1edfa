package io.gatehouse.admin.console.stages;

import io.gatehouse.admin.operations.EffectiveSettings;
import io.gatehouse.admin.operations.EffectiveSettings.MethodValues;
import io.gatehouse.admin.operations.EffectiveSettings.Origin;
import io.gatehouse.admin.operations.EffectiveSettings.Value;
import io.gatehouse.admin.operations.MethodSettingField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a form of the settings of a method, or of all, shows, and what it takes to make them so.
 *
 * @param values as patches have them
 */
record MethodForm(Map<MethodSettingField, String> values) {

  /** In a patch: the limit of the account. */
  static final String ACCOUNT = "-1";

  MethodForm {
    values = Map.copyOf(values);
  }

  static MethodForm of(MethodValues method) {
    Map<MethodSettingField, String> values = new EnumMap<>(MethodSettingField.class);
    method.values().forEach((field, value) -> values.put(field, text(value)));
    return new MethodForm(values);
  }

  private static String text(Value value) {
    return value.origin() == Origin.ACCOUNT ? ACCOUNT : value.text();
  }

  /**
   * A stage keeps the settings of a method whole: to begin some is to stop following those for all.
   * So that no value changes unseen, they are begun with all that the form shows.
   */
  List<StageWrite> writes(MethodValues before) {
    List<StageWrite> writes = new ArrayList<>();
    MethodForm shown = of(before);
    if (before.own() && equals(shown)) {
      return writes;
    }
    for (MethodSettingField field : MethodSettingField.values()) {
      String value = values.get(field);
      if (!before.own() || !value.equals(shown.values.get(field))) {
        writes.add(
            StageWrite.set(
                StageWrite.method(before.key(), field), SettingWords.label(field), value));
      }
    }
    return writes;
  }

  /** So that a method follows the settings for all methods again, and all methods the defaults. */
  static StageWrite inheritAgain(MethodValues method) {
    return StageWrite.remove(
        StageWrite.method(method.key()),
        method.key().equals(EffectiveSettings.ALL_METHODS)
            ? "Settings for all methods"
            : "Settings of " + SettingWords.name(method));
  }
}
