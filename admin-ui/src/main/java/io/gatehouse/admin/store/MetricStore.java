package io.gatehouse.admin.store;

import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.observed.Series;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What nodes have counted of the requests of all tenants, each seen by its own tenant only. */
@ApplicationScoped
public class MetricStore {

  /** In one question to the database. */
  private static final int AT_ONCE = 400;

  /** How much one reading may be. */
  private static final int MOST_ROWS = 30_000;

  /** Of an account; the methods beyond it are in what their stages counted alone. */
  private static final int MOST_SERIES = 10_000;

  private static final int MINUTES_OF_DAY = Resolution.DAY.minutes();

  /** Up to which record a spool is stored. */
  public record Position(String spool, long number) {}

  /**
   * What a node has handed over.
   *
   * @param last number of the last record, whether it could be read or not
   * @param records by their numbers
   */
  public record Batch(
      String node, String spool, long last, SortedMap<Long, MinuteRecord> records) {}

  /** Something that was counted by itself. */
  public record Counted(long id, Series series) {}

  /** Takes figures one by one. */
  @FunctionalInterface
  public interface FiguresReader {
    void take(long seriesId, long startMinute, Figures figures);
  }

  private EntityManager rows;

  protected MetricStore() {}

  @Inject
  public MetricStore(EntityManager rows) {
    this.rows = rows;
  }

  /** By node. */
  @Transactional
  public Map<String, Position> positions() {
    return rows
        .createQuery(
            "select p from StoredMetricPosition p where p.node <> ''", StoredMetricPosition.class)
        .getResultList()
        .stream()
        .collect(Collectors.toMap(StoredMetricPosition::node, StoredMetricPosition::position));
  }

  /**
   * Adds what is not stored yet, and remembers that it is, both or neither.
   *
   * @param nowMinute counted from the epoch
   */
  @Transactional
  public void keep(List<Batch> batches, long nowMinute) {
    Map<String, StoredMetricPosition> positions = lockPositions();
    MetricSums sums = new MetricSums();
    for (Batch batch : batches) {
      StoredMetricPosition position =
          positions.computeIfAbsent(batch.node(), StoredMetricPosition::new);
      long after = position.after(batch.spool());
      if (batch.last() > after) {
        batch
            .records()
            .forEach(
                (number, record) -> {
                  if (number > after) {
                    sums.add(record);
                  }
                });
        position.stored(batch.spool(), batch.last(), nowMinute);
        rows.persist(position);
      }
    }
    sums.all().forEach(this::add);
    rows.flush();
  }

  /** Among them the one of no node, which is always there. */
  private Map<String, StoredMetricPosition> lockPositions() {
    return rows
        .createQuery(
            "select p from StoredMetricPosition p order by p.node", StoredMetricPosition.class)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .setHint("eclipselink.refresh", "true")
        .getResultList()
        .stream()
        .collect(Collectors.toMap(StoredMetricPosition::node, p -> p, (a, b) -> a, HashMap::new));
  }

  private void add(String account, Map<MetricSums.Key, Figures> sums) {
    Map<String, Long> ids = ids(account, sums.keySet());
    for (Resolution resolution : Resolution.values()) {
      Map<MetricSums.Key, Figures> own = new HashMap<>(sums);
      own.keySet().removeIf(key -> key.resolution() != resolution);
      Map<List<Long>, StoredMetricFigures> there = there(account, resolution, ids, own.keySet());
      own.forEach(
          (key, figures) -> {
            Long id = ids.get(StoredMetricSeries.key(key.series()));
            if (id == null) {
              return;
            }
            StoredMetricFigures row = there.get(List.of(id, key.startMinute()));
            if (row == null) {
              rows.persist(
                  new StoredMetricFigures(account, id, resolution, key.startMinute(), figures));
            } else {
              row.add(figures);
            }
          });
    }
  }

  /** Ids of series by their keys; series that are new are made, as long as there is room. */
  private Map<String, Long> ids(String account, Set<MetricSums.Key> keys) {
    Map<String, Series> wanted = new HashMap<>();
    Map<String, Long> days = new HashMap<>();
    for (MetricSums.Key key : keys) {
      String name = StoredMetricSeries.key(key.series());
      wanted.put(name, key.series());
      days.merge(name, key.startMinute() / MINUTES_OF_DAY, Math::max);
    }
    Map<String, StoredMetricSeries> known = new HashMap<>();
    for (List<String> some : parts(wanted.keySet())) {
      rows.createQuery(
              "select s from StoredMetricSeries s where s.account = :account"
                  + " and s.seriesKey in :keys",
              StoredMetricSeries.class)
          .setParameter("account", account)
          .setParameter("keys", some)
          .getResultList()
          .forEach(row -> known.put(row.seriesKey(), row));
    }
    long room = known.size() == wanted.size() ? 0 : MOST_SERIES - count(account);
    Map<String, Long> ids = new HashMap<>();
    for (Map.Entry<String, Series> one : wanted.entrySet()) {
      StoredMetricSeries row = known.get(one.getKey());
      if (row == null && (room > 0 || !one.getValue().isOfMethod())) {
        row = new StoredMetricSeries(one.getValue());
        rows.persist(row);
        room--;
      }
      if (row != null) {
        row.counted(days.get(one.getKey()));
        ids.put(one.getKey(), row.ordinal());
      }
    }
    return ids;
  }

  private long count(String account) {
    return rows.createQuery(
            "select count(s) from StoredMetricSeries s where s.account = :account", Long.class)
        .setParameter("account", account)
        .getSingleResult();
  }

  private Map<List<Long>, StoredMetricFigures> there(
      String account, Resolution resolution, Map<String, Long> ids, Set<MetricSums.Key> keys) {
    Set<Long> starts = new TreeSet<>();
    Set<Long> wanted = new TreeSet<>();
    for (MetricSums.Key key : keys) {
      starts.add(key.startMinute());
      Long id = ids.get(StoredMetricSeries.key(key.series()));
      if (id != null) {
        wanted.add(id);
      }
    }
    Map<List<Long>, StoredMetricFigures> there = new HashMap<>();
    for (List<Long> some : parts(wanted)) {
      for (List<Long> when : parts(starts)) {
        rows.createQuery(
                "select f from StoredMetricFigures f where f.account = :account"
                    + " and f.seriesId in :ids and f.periodMinutes = :period"
                    + " and f.startMinute in :starts",
                StoredMetricFigures.class)
            .setParameter("account", account)
            .setParameter("ids", some)
            .setParameter("period", resolution.minutes())
            .setParameter("starts", when)
            .getResultList()
            .forEach(row -> there.put(List.of(row.seriesId(), row.startMinute()), row));
      }
    }
    return there;
  }

  private static <T> List<List<T>> parts(Collection<T> all) {
    List<T> list = new ArrayList<>(all);
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < list.size(); from += AT_ONCE) {
      parts.add(list.subList(from, Math.min(from + AT_ONCE, list.size())));
    }
    return parts;
  }

  /**
   * What was counted by itself, in the order in which it was first seen.
   *
   * @param sinceDay leaves out what was not counted since; from the epoch
   * @param most how many
   */
  public List<Counted> series(String account, long sinceDay, int most) {
    return rows
        .createQuery(
            "select s from StoredMetricSeries s where s.account = :account"
                + " and s.lastDay >= :since order by s.ordinal",
            StoredMetricSeries.class)
        .setParameter("account", account)
        .setParameter("since", sinceDay)
        .setMaxResults(most)
        .getResultList()
        .stream()
        .map(row -> new Counted(row.ordinal(), row.series()))
        .toList();
  }

  /** As {@link #series(String, long, int)}, of some APIs. */
  public List<Counted> seriesOf(String account, Collection<String> apiIds, int most) {
    List<Counted> found = new ArrayList<>();
    for (List<String> some : parts(apiIds)) {
      rows.createQuery(
              "select s from StoredMetricSeries s where s.account = :account"
                  + " and s.apiId in :apiIds order by s.ordinal",
              StoredMetricSeries.class)
          .setParameter("account", account)
          .setParameter("apiIds", some)
          .setMaxResults(most)
          .getResultList()
          .forEach(row -> found.add(new Counted(row.ordinal(), row.series())));
    }
    return found.subList(0, Math.min(most, found.size()));
  }

  /**
   * Reads figures of periods that begin in a span of time.
   *
   * @param from a minute since the epoch
   * @param until the first minute that is not of the span
   * @return false when there is more than one reading may be: then nothing was read to the end
   */
  public boolean read(
      String account,
      Collection<Long> seriesIds,
      Resolution resolution,
      long from,
      long until,
      FiguresReader reader) {
    int left = MOST_ROWS;
    for (List<Long> some : parts(seriesIds)) {
      List<Object[]> found =
          rows.createQuery(
                  "select f.seriesId, f.startMinute, f.figures from StoredMetricFigures f"
                      + " where f.account = :account and f.seriesId in :ids"
                      + " and f.periodMinutes = :period"
                      + " and f.startMinute >= :from and f.startMinute < :until",
                  Object[].class)
              .setParameter("account", account)
              .setParameter("ids", some)
              .setParameter("period", resolution.minutes())
              .setParameter("from", from)
              .setParameter("until", until)
              .setMaxResults(left + 1)
              .getResultList();
      left -= found.size();
      if (left < 0) {
        return false;
      }
      for (Object[] row : found) {
        reader.take((Long) row[0], (Long) row[1], StoredMetricFigures.read((byte[]) row[2]));
      }
    }
    return true;
  }

  /**
   * Deletes figures of periods that began before a time, the oldest first.
   *
   * @param most how many, so that no writer waits long
   * @return how many there were
   */
  @Transactional
  public int forget(Resolution resolution, long beforeMinute, int most) {
    List<Long> old =
        rows.createQuery(
                "select f.ordinal from StoredMetricFigures f where f.periodMinutes = :period"
                    + " and f.startMinute < :before order by f.startMinute",
                Long.class)
            .setParameter("period", resolution.minutes())
            .setParameter("before", beforeMinute)
            .setMaxResults(most)
            .getResultList();
    return delete("StoredMetricFigures", old);
  }

  /** Deletes series and positions that nothing has been stored for since a day. */
  @Transactional
  public int forgetUnused(long beforeDay, int most) {
    List<Long> series =
        rows.createQuery(
                "select s.ordinal from StoredMetricSeries s where s.lastDay < :before", Long.class)
            .setParameter("before", beforeDay)
            .setMaxResults(most)
            .getResultList();
    List<Long> positions =
        rows.createQuery(
                "select p.ordinal from StoredMetricPosition p where p.node <> ''"
                    + " and p.storedMinute < :before",
                Long.class)
            .setParameter("before", beforeDay * MINUTES_OF_DAY)
            .setMaxResults(most)
            .getResultList();
    return delete("StoredMetricSeries", series) + delete("StoredMetricPosition", positions);
  }

  private int delete(String entity, List<Long> ordinals) {
    return ordinals.isEmpty()
        ? 0
        : rows.createQuery("delete from " + entity + " r where r.ordinal in :old")
            .setParameter("old", ordinals)
            .executeUpdate();
  }
}
