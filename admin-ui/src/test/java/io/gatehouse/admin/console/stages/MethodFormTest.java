package io.gatehouse.admin.console.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.operations.EffectiveSettings.MethodValues;
import io.gatehouse.admin.operations.EffectiveSettings.Origin;
import io.gatehouse.admin.operations.EffectiveSettings.Value;
import io.gatehouse.admin.operations.MethodSettingField;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodFormTest {

  static MethodValues method(String key, String path, boolean own, Origin origin) {
    Map<MethodSettingField, Value> values = new EnumMap<>(MethodSettingField.class);
    for (MethodSettingField field : MethodSettingField.values()) {
      values.put(field, new Value("false", origin));
    }
    values.put(MethodSettingField.LOG_LEVEL, new Value("ERROR", origin));
    values.put(MethodSettingField.RATE, new Value("10000", Origin.ACCOUNT));
    values.put(MethodSettingField.BURST, new Value("50", origin));
    values.put(MethodSettingField.CACHE_TTL, new Value("300", origin));
    values.put(MethodSettingField.CACHE_CONTROL_STRATEGY, new Value("FAIL_WITH_403", origin));
    return new MethodValues(key, path, key.substring(key.lastIndexOf('/') + 1), true, own, values);
  }

  private static MethodForm with(MethodValues method, MethodSettingField field, String value) {
    Map<MethodSettingField, String> values = new EnumMap<>(MethodForm.of(method).values());
    values.put(field, value);
    return new MethodForm(values);
  }

  private static List<String> words(List<StageWrite> writes) {
    return writes.stream().map(write -> write.path() + " " + write.value().orElse("")).toList();
  }

  @Test
  void ofAMethodWithSettingsOfItsOwnOnlyWhatDiffersIsWritten() {
    MethodValues own = method("pets/{id}/GET", "/pets/{id}", true, Origin.METHOD);

    assertEquals(
        List.of("/~1pets~1{id}/GET/logging/loglevel INFO"),
        words(with(own, MethodSettingField.LOG_LEVEL, "INFO").writes(own)));
    assertEquals(List.of(), MethodForm.of(own).writes(own));
  }

  @Test
  void settingsAreBegunWithAllThatTheFormShowsSoThatNoneFallsBackUnseen() {
    MethodValues inherits = method("pets/GET", "/pets", false, Origin.ALL_METHODS);

    List<String> writes =
        words(with(inherits, MethodSettingField.METRICS, "true").writes(inherits));

    assertEquals(MethodSettingField.values().length, writes.size());
    assertEquals("/~1pets/GET/logging/loglevel ERROR", writes.get(0));
    assertEquals("/~1pets/GET/metrics/enabled true", writes.get(2));
    assertEquals("/~1pets/GET/throttling/rateLimit -1", writes.get(3), "the account's, as before");
    assertEquals("/~1pets/GET/throttling/burstLimit 50", writes.get(4));
  }

  @Test
  void theRootAndAllMethodsHavePathsOfTheirOwn() {
    assertEquals("/~1/GET", StageWrite.method("/GET"));
    assertEquals("/*/*", StageWrite.method("*/*"));
    assertEquals("/*/*/metrics/enabled", StageWrite.method("*/*", MethodSettingField.METRICS));
  }

  @Test
  void toInheritAgainRemovesTheSettingsOfTheMethod() {
    StageWrite write = MethodForm.inheritAgain(method("pets/GET", "/pets", true, Origin.METHOD));

    assertEquals("/~1pets/GET", write.path());
    assertEquals("remove", write.patch().opAsString());
    assertEquals("Settings of GET /pets", write.label());
  }

  @Test
  void valuesReadAsPeopleSayThem() {
    Value limit = new Value("10000", Origin.ACCOUNT);

    assertEquals("10,000", SettingWords.value(MethodSettingField.RATE, limit));
    assertEquals("account", SettingWords.origin(limit.origin()));
    assertEquals(
        "all", SettingWords.value(MethodSettingField.LOG_LEVEL, new Value("INFO", Origin.METHOD)));
    assertEquals(
        "300 s",
        SettingWords.value(MethodSettingField.CACHE_TTL, new Value("300", Origin.DEFAULT)));
    assertEquals(
        "everybody",
        SettingWords.value(
            MethodSettingField.CACHE_CONTROL_AUTHORIZED, new Value("false", Origin.DEFAULT)));
  }
}
