package io.gatehouse.admin.logs;

import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Position;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.Document;

/**
 * The records that nodes have written of requests, each stored once, kept for a time and up to a
 * size. One thread stores; any thread searches.
 */
@ApplicationScoped
public class LogStore {

  private static final Logger LOG = Logger.getLogger(LogStore.class.getName());
  private static final int LARGEST_RECORD = 4 << 20;

  /**
   * What has become of records since the start.
   *
   * @param again that were delivered once more, and so left out
   * @param unreadable that are no records, and so left out
   * @param dropped parts that have gone, as too old or too much
   */
  public record Counts(long bytes, long stored, long again, long unreadable, long dropped) {}

  private LogSettings settings;
  private InstantSource clock;
  private LogParts parts;
  private LogWriters writers;
  private LogReaders readers;
  private LogSearch search;
  private StoredPositions positions;
  private long lastArrival;
  private long sequence;
  private long stored;
  private long again;
  private long unreadable;
  private long dropped;

  protected LogStore() {}

  @Inject
  public LogStore(LogSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.parts = new LogParts(settings.directory());
    this.writers = new LogWriters(parts);
    this.readers = new LogReaders(parts);
    this.search = new LogSearch(parts, readers, clock);
    this.positions = new StoredPositions(settings.directory());
  }

  /** Up to where the spools of nodes are stored, by the nodes' names. */
  public Map<String, Position> positions() {
    return positions.all();
  }

  /**
   * Stores what nodes have delivered, all of it or, when this throws, none that would not be known
   * when it is delivered again. Lets go of what is too old or too much.
   */
  public synchronized void store(Iterable<Delivery> deliveries) throws IOException {
    try {
      Map<String, Position> upTo = new HashMap<>(positions.all());
      Round round = new Round();
      for (Delivery delivery : deliveries) {
        round.add(delivery, upTo.get(delivery.node()));
        if (!delivery.records().isEmpty()) {
          long last = delivery.first() + delivery.records().size() - 1;
          upTo.put(delivery.node(), new Position(delivery.spool(), last));
        }
      }
      List<Part> changed = writers.commit();
      changed.forEach(readers::changed);
      positions.save(upTo);
      // Not sooner: what is delivered again has to meet the part that knows it.
      for (Part part : changed) {
        endIfLarge(part);
      }
      dropOld();
    } catch (IOException | RuntimeException e) {
      writers.closeAll();
      readers.allChanged();
      throw e;
    }
  }

  private void endIfLarge(Part part) throws IOException {
    if (parts.endIfLarger(part, settings.bytesOfPart())) {
      writers.close(part);
    }
  }

  private void dropOld() throws IOException {
    LocalDate oldest = day(clock.instant().minus(settings.kept()));
    Optional<Part> next = parts.toDrop(oldest, settings.mostBytes());
    while (next.isPresent()) {
      Part part = next.get();
      writers.close(part);
      readers.close(part);
      parts.delete(part);
      dropped++;
      LOG.info(() -> "Logs are dropped, as too old or too much: " + part);
      next = parts.toDrop(oldest, settings.mostBytes());
    }
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** What is stored together. */
  private final class Round {

    private final long now = clock.millis();
    private final long oldest = clock.instant().minus(settings.kept()).toEpochMilli();
    private final Map<String, Map<LocalDate, Part>> current = new HashMap<>();

    /**
     * @param known up to where the node's spool is stored; null for a new node
     */
    void add(Delivery delivery, Position known) throws IOException {
      long number = delivery.first();
      for (byte[] record : delivery.records()) {
        if (known != null && known.spool().equals(delivery.spool()) && number <= known.number()) {
          again++;
        } else {
          add(delivery.spool(), number, record);
        }
        number++;
      }
    }

    private void add(String spool, long number, byte[] record) throws IOException {
      Optional<RequestRecord> request = read(record);
      if (request.isEmpty()) {
        unreadable++;
        return;
      }
      String account = request.get().place().accountId();
      // A node whose clock is wrong must not have its records dropped, or kept for ever.
      long millis = Math.clamp(request.get().time(), oldest, now);
      lastArrival = Math.max(lastArrival + 1, LogDocument.orderOf(now));
      Document document =
          LogDocument.of(account, request.get(), record, millis, sequence++, lastArrival);
      PartWriter writer = writers.of(part(account, day(Instant.ofEpochMilli(millis))));
      try {
        if (writer.add(spool, number, document)) {
          stored++;
        } else {
          again++;
        }
      } catch (IllegalArgumentException e) {
        // One record that the index does not take must not stand in the way of all others.
        LOG.log(Level.FINE, e, () -> "A record is left out: " + request.get().requestId());
        unreadable++;
      }
    }

    private static Optional<RequestRecord> read(byte[] record) {
      if (record.length > LARGEST_RECORD) {
        return Optional.empty();
      }
      try {
        return Optional.of(RequestRecord.fromJson(record))
            .filter(request -> Part.isAccount(request.place().accountId()));
      } catch (RuntimeException e) {
        // Whatever the parser thinks of what is no record: it must not stand in the way.
        LOG.log(Level.FINE, "A record is left out", e);
        return Optional.empty();
      }
    }

    private Part part(String account, LocalDate day) {
      return current
          .computeIfAbsent(account, a -> new HashMap<>())
          .computeIfAbsent(day, d -> parts.current(account, d));
    }
  }

  /**
   * An account's requests of a time, the newest first.
   *
   * @param before the order of the last one of the page before; empty for the first page
   */
  public Found search(
      String account, LogQuery query, TimeRange range, Optional<Long> before, int most) {
    return search.newest(account, query, range, before.orElse(Long.MAX_VALUE), most);
  }

  /** How many of an account's requests there were over time. */
  public Histogram histogram(String account, LogQuery query, TimeRange range, int buckets) {
    return search.histogram(account, query, range, buckets);
  }

  /**
   * What of an account has been stored since the last look.
   *
   * @param after what the last look said; empty for the first one, which sees what comes from now
   */
  public Tail tail(String account, LogQuery query, Optional<Long> after, int most) {
    Instant now = clock.instant();
    TimeRange range = new TimeRange(now.minus(settings.kept()), now.plusSeconds(1));
    return search.tail(
        account, query, range, after.orElse(LogDocument.orderOf(now.toEpochMilli())), most);
  }

  /** All the time that logs are kept for. */
  public TimeRange kept() {
    Instant now = clock.instant();
    return new TimeRange(now.minus(settings.kept()), now.plusSeconds(1));
  }

  public synchronized Counts counts() {
    return new Counts(parts.bytes(), stored, again, unreadable, dropped);
  }

  @PreDestroy
  public synchronized void close() throws IOException {
    if (writers != null) {
      writers.closeAll();
      readers.closeAll();
    }
  }
}
