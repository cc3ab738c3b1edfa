package io.gatehouse.admin.metrics;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.MetricStore;
import io.gatehouse.admin.store.MetricStore.Counted;
import io.gatehouse.admin.store.Page;
import io.gatehouse.model.observed.Series;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was counted, by the vendor's dimensions: {@code ApiName}; with it {@code Stage}; with both
 * {@code Method} and {@code Resource}. APIs of one name count together. An API may also be named by
 * its {@code ApiId}, which still finds one that was deleted.
 */
@ApplicationScoped
public class Dimensions {

  static final String API_NAME = "ApiName";
  static final String API_ID = "ApiId";
  static final String STAGE = "Stage";
  static final String METHOD = "Method";
  static final String RESOURCE = "Resource";

  private static final int MOST_SERIES = 10_000;
  private static final int PAGE = 500;

  private MetricStore metrics;
  private ApiStore apis;

  protected Dimensions() {}

  @Inject
  public Dimensions(MetricStore metrics, ApiStore apis) {
    this.metrics = metrics;
    this.apis = apis;
  }

  /**
   * Ids of the series that dimensions stand for; none for dimensions that nothing is counted by.
   *
   * @param dimensions values by name
   */
  List<Long> find(Caller caller, Map<String, String> dimensions) {
    Map<String, String> rest = new LinkedHashMap<>(dimensions);
    Optional<String> name = Optional.ofNullable(rest.remove(API_NAME));
    Optional<String> id = Optional.ofNullable(rest.remove(API_ID));
    if (name.isEmpty() && id.isEmpty() || !isCounted(rest.keySet())) {
      return List.of();
    }
    Set<String> ids = new LinkedHashSet<>(id.map(List::of).orElseGet(() -> named(caller, name)));
    name.ifPresent(wanted -> ids.retainAll(named(caller, Optional.of(wanted))));
    return ids.isEmpty()
        ? List.of()
        : metrics.seriesOf(caller.account(), ids, MOST_SERIES).stream()
            .filter(counted -> matches(counted.series(), rest))
            .map(Counted::id)
            .toList();
  }

  private static boolean isCounted(Set<String> names) {
    return names.isEmpty()
        || names.equals(Set.of(STAGE))
        || names.equals(Set.of(STAGE, METHOD, RESOURCE));
  }

  private static boolean matches(Series series, Map<String, String> dimensions) {
    return dimensions.getOrDefault(STAGE, series.stageName()).equals(series.stageName())
        && dimensions.getOrDefault(METHOD, "").equals(series.httpMethod())
        && dimensions.getOrDefault(RESOURCE, "").equals(series.resourcePath());
  }

  private List<String> named(Caller caller, Optional<String> name) {
    List<String> ids = new ArrayList<>();
    names(caller)
        .forEach(
            (id, own) -> {
              if (own.equals(name.orElse(null))) {
                ids.add(id);
              }
            });
    return ids;
  }

  /** Of all APIs that there are, by their ids. */
  private Map<String, String> names(Caller caller) {
    Map<String, String> names = new LinkedHashMap<>();
    Optional<String> position = Optional.of("");
    while (position.isPresent()) {
      Page<Map.Entry<String, String>> page =
          apis.list(caller, new Page.Ask(position.get(), PAGE))
              .map(api -> Map.entry(api.restApi().id(), api.restApi().name()));
      page.items().forEach(api -> names.put(api.getKey(), api.getValue()));
      position = page.position();
    }
    return names;
  }

  /**
   * All that something was counted by since a day, as dimensions in the vendor's order.
   *
   * @param sinceDay from the epoch
   */
  Collection<Map<String, String>> counted(Caller caller, long sinceDay) {
    Map<String, String> names = names(caller);
    Set<Map<String, String>> all = new LinkedHashSet<>();
    for (Counted counted : metrics.series(caller.account(), sinceDay, MOST_SERIES)) {
      Series series = counted.series();
      Map<String, String> api = new LinkedHashMap<>();
      if (names.containsKey(series.apiId())) {
        api.put(API_NAME, names.get(series.apiId()));
      } else {
        api.put(API_ID, series.apiId());
      }
      Map<String, String> own = new LinkedHashMap<>(api);
      if (series.isOfMethod()) {
        own.put(METHOD, series.httpMethod());
        own.put(RESOURCE, series.resourcePath());
      }
      own.put(STAGE, series.stageName());
      all.add(api);
      all.add(own);
    }
    return all;
  }
}
