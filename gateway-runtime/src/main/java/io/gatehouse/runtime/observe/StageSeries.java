package io.gatehouse.runtime.observe;

import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The series of stages, of their canaries and of the methods whose settings ask for it, as many as
 * may be: nothing that a tenant deploys makes more.
 */
final class StageSeries {

  private static final String OTHER = "other";
  private static final String METHOD_OTHER = " " + OTHER;

  /** Whose meters are counted in, and who gives a place back with them. */
  private record Place(StageMeters meters, Owner owner, String account) {}

  private enum Owner {
    STAGE,
    METHOD,
    /** The stage, whose methods without a place share them. */
    OTHER_METHODS,
    /** Nobody: they are counted in with others. */
    NONE
  }

  private final MeterRegistry registry;
  private final SeriesPlaces ofStages;
  private final SeriesPlaces ofMethods;
  private final Map<String, Map<String, Place>> stages = new ConcurrentHashMap<>();
  private final LongAdder without = new LongAdder();

  /** Of stages without a place; null until there is one. */
  private StageMeters shared;

  StageSeries(MeterRegistry registry, SeriesBounds bounds) {
    this.registry = registry;
    this.ofStages = new SeriesPlaces(bounds.stagesOfAccount(), bounds.stages());
    this.ofMethods = new SeriesPlaces(bounds.methodsOfAccount(), bounds.methods());
  }

  /** Stages and methods that are counted together with others. */
  long without() {
    return without.sum();
  }

  void count(Exchange x, long endNanos) {
    CompiledStage stage = x.stage();
    Map<String, Place> known = stages.get(stage.apiStage());
    if (known == null) {
      known = stages.computeIfAbsent(stage.apiStage(), k -> new ConcurrentHashMap<>());
    }
    String name = Metrics.stageName(stage);
    Place place = known.get(name);
    if (place == null) {
      place = known.computeIfAbsent(name, n -> ofStage(stage, n));
    }
    place.meters().count(x, endNanos);
    // The methods of a stage without a place are in its series alone.
    if (x.hasMethod() && x.method().detailedMetrics() && place.owner() == Owner.STAGE) {
      ofMethod(known, stage, name, x.method()).meters().count(x, endNanos);
    }
  }

  private Place ofStage(CompiledStage stage, String name) {
    if (ofStages.take(stage.account())) {
      return new Place(
          new StageMeters(registry, stage.account(), stage.apiId(), name, "", ""),
          Owner.STAGE,
          stage.account());
    }
    without.increment();
    return new Place(shared(), Owner.NONE, stage.account());
  }

  private synchronized StageMeters shared() {
    if (shared == null) {
      shared = new StageMeters(registry, OTHER, OTHER, OTHER, "", "");
    }
    return shared;
  }

  private Place ofMethod(
      Map<String, Place> known, CompiledStage stage, String name, CompiledMethod method) {
    String key = name + " " + method.httpMethod() + " " + method.resourcePath();
    Place place = known.get(key);
    if (place != null) {
      return place;
    }
    if (ofMethods.take(stage.account())) {
      Place own =
          new Place(
              new StageMeters(
                  registry,
                  stage.account(),
                  stage.apiId(),
                  name,
                  method.httpMethod(),
                  method.resourcePath()),
              Owner.METHOD,
              stage.account());
      Place raced = known.putIfAbsent(key, own);
      if (raced != null) {
        ofMethods.giveBack(stage.account()); // its meters are the same ones
      }
      return raced == null ? own : raced;
    }
    Place other =
        known.computeIfAbsent(
            name + METHOD_OTHER,
            k ->
                new Place(
                    new StageMeters(registry, stage.account(), stage.apiId(), name, OTHER, OTHER),
                    Owner.OTHER_METHODS,
                    stage.account()));
    if (known.putIfAbsent(key, new Place(other.meters(), Owner.NONE, stage.account())) == null) {
      without.increment();
    }
    return other;
  }

  /** The stage is served no more. */
  void forget(String apiStage) {
    Map<String, Place> gone = stages.remove(apiStage);
    if (gone == null) {
      return;
    }
    for (Place place : gone.values()) {
      switch (place.owner()) {
        case STAGE -> ofStages.giveBack(place.account());
        case METHOD -> ofMethods.giveBack(place.account());
        case OTHER_METHODS -> {}
        case NONE -> without.decrement();
      }
      if (place.owner() != Owner.NONE) {
        place.meters().removeFrom(registry);
      }
    }
  }
}
