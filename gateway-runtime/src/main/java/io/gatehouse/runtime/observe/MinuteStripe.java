package io.gatehouse.runtime.observe;

import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.Series;
import io.gatehouse.runtime.exchange.CacheResult;
import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What one event loop has counted since it was last asked. Its lock is its event loop's but for the
 * moment in which it is asked.
 */
final class MinuteStripe {

  /** One stage, as it is deployed; its methods are asked for places once, not for every request. */
  private static final class StageCount {
    private final Series series;
    private final Figures figures = new Figures();
    private final Map<CompiledMethod, Figures> methods = new IdentityHashMap<>();
    private final Map<CompiledMethod, Boolean> without = new IdentityHashMap<>();

    StageCount(Series series) {
      this.series = series;
    }
  }

  private record Minute(long epochMinute, Map<CompiledStage, StageCount> stages) {}

  private final AdmittedSeries admitted;
  private List<Minute> minutes = new ArrayList<>();

  MinuteStripe(AdmittedSeries admitted) {
    this.admitted = admitted;
  }

  synchronized void count(Exchange x, long epochMinute, long endNanos) {
    CompiledStage stage = x.stage();
    StageCount counted = minute(epochMinute).stages().get(stage);
    if (counted == null) {
      counted = new StageCount(series(stage));
      minute(epochMinute).stages().put(stage, counted);
    }
    count(x, endNanos, counted.figures);
    if (x.hasMethod() && x.method().detailedMetrics()) {
      Figures figures = method(counted, x.method(), epochMinute);
      if (figures != null) {
        count(x, endNanos, figures);
      }
    }
  }

  private Minute minute(long epochMinute) {
    if (minutes.isEmpty() || minutes.getLast().epochMinute() != epochMinute) {
      minutes.add(new Minute(epochMinute, new IdentityHashMap<>()));
    }
    return minutes.getLast();
  }

  /** Null where the method has no place. */
  private Figures method(StageCount stage, CompiledMethod method, long epochMinute) {
    Figures known = stage.methods.get(method);
    if (known != null || stage.without.containsKey(method)) {
      return known;
    }
    if (!admitted.admits(series(stage, method), epochMinute)) {
      stage.without.put(method, true);
      return null;
    }
    Figures made = new Figures();
    stage.methods.put(method, made);
    return made;
  }

  private static void count(Exchange x, long endNanos, Figures figures) {
    figures.request(x.status(), TimeUnit.NANOSECONDS.toMicros(endNanos - x.timeline().start()));
    if (x.backendNanos() >= 0) {
      figures.integration(TimeUnit.NANOSECONDS.toMicros(x.backendNanos()));
    }
    if (x.cacheResult() != null) {
      figures.cache(x.cacheResult() == CacheResult.HIT);
    }
  }

  private static Series series(CompiledStage stage) {
    return Series.ofStage(stage.account(), stage.apiId(), Metrics.stageName(stage));
  }

  private static Series series(StageCount stage, CompiledMethod method) {
    return stage.series.method(method.httpMethod(), method.resourcePath());
  }

  private synchronized List<Minute> taken() {
    List<Minute> all = minutes;
    minutes = new ArrayList<>();
    return all;
  }

  /** Adds all that was counted since the last time. */
  void moveTo(TreeMap<Long, Map<Series, Figures>> sums) {
    for (Minute minute : taken()) {
      Map<Series, Figures> sum = sums.computeIfAbsent(minute.epochMinute(), m -> new HashMap<>());
      for (StageCount stage : minute.stages().values()) {
        add(sum, stage.series, stage.figures);
        stage.methods.forEach((method, figures) -> add(sum, series(stage, method), figures));
      }
    }
  }

  private static void add(Map<Series, Figures> sum, Series series, Figures figures) {
    Figures there = sum.putIfAbsent(series, figures);
    if (there != null) {
      there.add(figures);
    }
  }
}
