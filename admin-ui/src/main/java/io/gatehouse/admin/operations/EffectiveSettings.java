package io.gatehouse.admin.operations;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredTenant;
import io.gatehouse.admin.store.TenantStore;
import io.gatehouse.model.snapshot.RateLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** What the settings of a stage come to for each of its methods, and where each value is from. */
@ApplicationScoped
public class EffectiveSettings implements Operations {

  /** The key of the settings for all methods. */
  public static final String ALL_METHODS = "*/*";

  /** Who has decided a value. */
  public enum Origin {
    /** Nobody: it is so where nothing is set. */
    DEFAULT,
    /** The limit of the account, since the stage sets none. */
    ACCOUNT,
    ALL_METHODS,
    METHOD
  }

  /**
   * One value.
   *
   * @param text as a patch would have it
   */
  public record Value(String text, Origin origin) {}

  /**
   * What holds for one method, or for all that have no settings of their own.
   *
   * @param key as settings have it: {@code pets/{id}/GET}, without the leading slash of the path
   * @param path of the resource; a star for all
   * @param served whether what the stage serves has the method
   * @param own whether the stage has settings under this key
   */
  public record MethodValues(
      String key,
      String path,
      String verb,
      boolean served,
      boolean own,
      Map<MethodSettingField, Value> values) {

    public MethodValues {
      values = Map.copyOf(values);
    }
  }

  private StageStore stages;
  private DeploymentStore deployments;
  private TenantStore tenants;
  private Settings settings;

  protected EffectiveSettings() {}

  @Inject
  public EffectiveSettings(
      StageStore stages, DeploymentStore deployments, TenantStore tenants, Settings settings) {
    this.stages = stages;
    this.deployments = deployments;
    this.tenants = tenants;
    this.settings = settings;
  }

  /**
   * First what holds for all methods, then each method that the stage serves or has settings for,
   * by path and verb.
   */
  @ConsoleQuery
  public List<MethodValues> effectiveSettings(Caller caller, String apiId, String stageName) {
    Stage stage = stages.get(caller, apiId, stageName).body();
    RateLimit account =
        tenants
            .find(caller.account())
            .flatMap(StoredTenant::throttle)
            .orElse(settings.accountLimit());
    Map<String, Set<String>> served = new TreeMap<>();
    ApiSummary.of(deployments.definition(caller.account(), apiId, stage.deploymentId()))
        .forEach((path, methods) -> served.put(path, new TreeSet<>(methods.keySet())));
    Map<String, Set<String>> all = new TreeMap<>();
    served.forEach((path, verbs) -> all.put(path, new TreeSet<>(verbs)));
    stage.methodSettings().keySet().stream()
        .filter(key -> !key.equals(ALL_METHODS))
        .forEach(key -> all.computeIfAbsent(path(key), p -> new TreeSet<>()).add(verb(key)));
    List<MethodValues> found = new ArrayList<>();
    found.add(values(stage, account, "*", "*", true));
    all.forEach(
        (path, verbs) ->
            verbs.forEach(
                verb ->
                    found.add(
                        values(
                            stage,
                            account,
                            path,
                            verb,
                            served.getOrDefault(path, Set.of()).contains(verb)))));
    return found;
  }

  private static String path(String key) {
    return "/" + key.substring(0, Math.max(0, key.lastIndexOf('/')));
  }

  private static String verb(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  private static MethodValues values(
      Stage stage, RateLimit account, String path, String verb, boolean served) {
    String key = (path.startsWith("/") ? path.substring(1) : path) + "/" + verb;
    Optional<MethodSetting> all = Optional.ofNullable(stage.methodSettings().get(ALL_METHODS));
    Optional<MethodSetting> own =
        key.equals(ALL_METHODS)
            ? Optional.empty()
            : Optional.ofNullable(stage.methodSettings().get(key));
    Map<MethodSettingField, Value> values = new EnumMap<>(MethodSettingField.class);
    for (MethodSettingField field : MethodSettingField.values()) {
      Optional<Value> set =
          own.isPresent()
              ? own.flatMap(field::of).map(text -> new Value(text, Origin.METHOD))
              : all.filter(some -> followsAll(field, verb))
                  .flatMap(field::of)
                  .map(text -> new Value(text, Origin.ALL_METHODS));
      values.put(
          field,
          set.filter(value -> !field.isOfThrottle() || !value.text().startsWith("-"))
              .orElseGet(() -> unset(field, account)));
    }
    return new MethodValues(
        key, path, verb, served, stage.methodSettings().containsKey(key), values);
  }

  /** Caching for all methods is caching for all GETs. */
  private static boolean followsAll(MethodSettingField field, String verb) {
    return !field.isOfCache() || Set.of("*", "GET", "ANY").contains(verb);
  }

  private static Value unset(MethodSettingField field, RateLimit account) {
    return switch (field) {
      case RATE -> new Value(number(account.rate()), Origin.ACCOUNT);
      case BURST -> new Value(Integer.toString(account.burst()), Origin.ACCOUNT);
      // nodes log what has failed where nothing else is said
      case LOG_LEVEL -> new Value("ERROR", Origin.DEFAULT);
      default -> new Value(field.of(MethodSettings.DEFAULTS).orElseThrow(), Origin.DEFAULT);
    };
  }

  private static String number(double rate) {
    return MethodSettingField.RATE
        .of(MethodSetting.builder().throttlingRateLimit(rate).build())
        .orElseThrow();
  }
}
