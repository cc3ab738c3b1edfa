package io.gatehouse.admin.store;

import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.observed.Series;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What is to be added to the stored figures. */
final class MetricSums {

  /** A period of a series. */
  record Key(Series series, Resolution resolution, long startMinute) {}

  private final Map<String, Map<Key, Figures>> accounts = new TreeMap<>();

  void add(MinuteRecord record) {
    record
        .figures()
        .forEach(
            (series, figures) -> {
              Map<Key, Figures> own =
                  accounts.computeIfAbsent(series.account(), a -> new HashMap<>());
              for (Resolution resolution : Resolution.values()) {
                Key key = new Key(series, resolution, resolution.start(record.epochMinute()));
                own.computeIfAbsent(key, k -> new Figures()).add(figures);
              }
            });
  }

  /** By account. */
  Map<String, Map<Key, Figures>> all() {
    return accounts;
  }
}
