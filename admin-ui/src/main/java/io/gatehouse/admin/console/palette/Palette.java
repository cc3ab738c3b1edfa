package io.gatehouse.admin.console.palette;

import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ApiKeys;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysResponse;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * Finds what a person may go to, by what they type. Everything is asked of the guarded operations
 * as that person, so that what these refuse is not found; it is asked once for each opening.
 */
final class Palette {

  /** Of each kind, as many are looked through. */
  static final int MOST_OF_A_KIND = 500;

  /** The stages of so many APIs are looked through. */
  static final int MOST_APIS_WITH_STAGES = 50;

  static final int MOST_FOUND = 20;
  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_NAME_QUERY = 100;
  private static final Pattern REQUEST_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Something that was found, with how well it fits. */
  private record Hit(Destination destination, int score) {}

  private final RestApis restApis;
  private final Stages stages;
  private final UsagePlans plans;
  private final ApiKeys keys;
  private final Supplier<Caller> caller;
  private final List<Destination> screens;
  private final List<Destination> recent;
  private Optional<List<Destination>> things = Optional.empty();
  private boolean moreKeys;

  /**
   * @param screens that the person may open
   * @param recent where the person has been, the last first
   */
  Palette(
      RestApis restApis,
      Stages stages,
      UsagePlans plans,
      ApiKeys keys,
      Supplier<Caller> caller,
      List<Destination> screens,
      List<Destination> recent) {
    this.restApis = restApis;
    this.stages = stages;
    this.plans = plans;
    this.keys = keys;
    this.caller = caller;
    this.screens = List.copyOf(screens);
    this.recent = List.copyOf(recent);
  }

  /** What fits best first; where nothing is typed, where the person was last, else the screens. */
  List<Destination> find(String typed) {
    String text = typed.strip();
    if (text.isEmpty()) {
      return recent.isEmpty() ? screens : recent;
    }
    if (text.length() > LONGEST_TEXT) {
      return List.of();
    }
    if (REQUEST_ID.matcher(text).matches()) {
      return List.of(new Destination("Request", text, "", Links.path("requests", text)));
    }
    if (things.isEmpty()) {
      things = Optional.of(load());
    }
    return Stream.of(screens, things.get(), moreKeys ? keysNamed(text) : List.<Destination>of())
        .flatMap(List::stream)
        .distinct()
        .flatMap(one -> hit(text, one).stream())
        .sorted(
            Comparator.comparingInt(Hit::score)
                .reversed()
                .thenComparing(hit -> hit.destination().label().length())
                .thenComparing(hit -> hit.destination().label()))
        .limit(MOST_FOUND)
        .map(Hit::destination)
        .toList();
  }

  /** By the label rather than by what else there is. */
  private static Optional<Hit> hit(String text, Destination one) {
    int label = Match.score(text, one.label()).orElse(0);
    int detail = Match.score(text, one.detail()).orElse(0);
    int both = Match.score(text, one.label() + " " + one.detail()).orElse(0);
    int best = Math.max(label + 1, Math.max(detail, both));
    return label + detail + both == 0 ? Optional.empty() : Optional.of(new Hit(one, best));
  }

  private List<Destination> load() {
    List<Destination> all = new ArrayList<>();
    List<RestApi> apis =
        allowed(
            () ->
                restApis
                    .getRestApis(
                        caller.get(), GetRestApisRequest.builder().limit(MOST_OF_A_KIND).build())
                    .items());
    apis.forEach(
        api -> all.add(new Destination("API", api.name(), api.id(), Links.path("apis", api.id()))));
    apis.stream()
        .limit(MOST_APIS_WITH_STAGES)
        .forEach(api -> stagesOf(api).forEach(stage -> all.add(destination(api, stage))));
    allowed(
            () ->
                plans
                    .getUsagePlans(
                        caller.get(), GetUsagePlansRequest.builder().limit(MOST_OF_A_KIND).build())
                    .items())
        .forEach(
            plan ->
                all.add(
                    new Destination(
                        "Usage plan",
                        Objects.toString(plan.name(), plan.id()),
                        plan.id(),
                        Links.path("plans", plan.id()))));
    allowed(this::firstKeys).forEach(key -> all.add(destination(key)));
    return all;
  }

  private List<Stage> stagesOf(RestApi api) {
    return allowed(
        () ->
            stages
                .getStages(caller.get(), GetStagesRequest.builder().restApiId(api.id()).build())
                .item());
  }

  private static Destination destination(RestApi api, Stage stage) {
    return new Destination(
        "Stage",
        api.name() + " · " + stage.stageName(),
        api.id(),
        Links.path("apis", api.id(), "stages", stage.stageName()));
  }

  private List<ApiKey> firstKeys() {
    GetApiKeysResponse found =
        keys.getApiKeys(
            caller.get(),
            GetApiKeysRequest.builder().includeValues(false).limit(MOST_OF_A_KIND).build());
    moreKeys = found.position() != null;
    return found.items();
  }

  /** Of a tenant with more keys than are looked through. */
  private List<Destination> keysNamed(String text) {
    if (text.length() > LONGEST_NAME_QUERY) {
      return List.of();
    }
    return allowed(
            () ->
                keys.getApiKeys(
                        caller.get(),
                        GetApiKeysRequest.builder()
                            .includeValues(false)
                            .nameQuery(text)
                            .limit(MOST_FOUND)
                            .build())
                    .items())
        .stream()
        .map(Palette::destination)
        .toList();
  }

  private static Destination destination(ApiKey key) {
    return new Destination(
        "API key",
        Objects.toString(key.name(), key.id()),
        key.id(),
        Links.path("keys") + "?q=" + Links.path(key.id()));
  }

  /** What a person may not list, they do not find. */
  private static <T> List<T> allowed(Supplier<List<T>> list) {
    try {
      return list.get();
    } catch (ApiError refused) {
      return List.of();
    }
  }
}
