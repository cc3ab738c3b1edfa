package io.gatehouse.runtime.limit;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quotas of this node, each with its counter of the current period, and those of past periods
 * until their owners know all that was used.
 */
final class NodeQuotas {

  private static final Logger LOG = LoggerFactory.getLogger(NodeQuotas.class);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);
  private static final long IDLE = TimeUnit.MINUTES.toNanos(10);

  /** For so long after a period's end somebody may still count in it. */
  private static final long STRAGGLERS = TimeUnit.MINUTES.toMillis(1);

  /** A period of the calendar, from its first millisecond to that of the next. */
  private record Span(long startDay, long begin, long end) {}

  private final Journal journal;
  private final NodeQuota.Node node;
  private final Batches<QuotaAsk, QuotaAnswer> batches;
  private final Map<String, NodeQuota> all = new ConcurrentHashMap<>();
  private final Map<String, NodeQuota> current = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<Span> spans =
      new AtomicReferenceArray<>(Period.values().length);
  private volatile boolean full;

  NodeQuotas(NodeLimits.Parts parts, Consumer<Parked> wake) {
    LimitOwners owners = parts.owners();
    journal = parts.journal();
    node = new NodeQuota.Node(journal.node(), wake);
    batches =
        new Batches<>(owners::askQuotas, owners::ownerOf, parts.sender(), parts.nanos(), PATIENCE);
    long now = parts.nanos().getAsLong();
    for (Journal.Slot slot : journal.found()) {
      QuotaKey key = QuotaKey.parse(slot.text());
      NodeQuota quota = new NodeQuota(node, key, slot, QuotaAsk.NO_LIMIT, now);
      quota.restored(now);
      all.put(key.text(), quota);
    }
  }

  /** The limit's counter at this moment; null where there is no room for it. */
  NodeQuota of(QuotaLimit limit, long millis, long now) {
    Span span = span(limit.period(), millis);
    NodeQuota quota = current.get(limit.name());
    if (quota == null || quota.quotaKey().startDay() != span.startDay()) {
      QuotaKey key = limit.in(span.startDay());
      quota = all.computeIfAbsent(key.text(), t -> begun(key, limit, now));
      if (quota != null) {
        current.put(limit.name(), quota);
      }
    }
    return quota;
  }

  private NodeQuota begun(QuotaKey key, QuotaLimit limit, long now) {
    try {
      Optional<Journal.Slot> slot = journal.add(key);
      full = slot.isEmpty();
      return slot.map(s -> new NodeQuota(node, key, s, limit.limitIn(key.startDay()), now))
          .orElse(null);
    } catch (IOException e) {
      if (!full) {
        full = true;
        LOG.error(
            "no room on disk for more quotas: new ones count as out of reach: {}", e.toString());
      }
      return null;
    }
  }

  private Span span(Period period, long millis) {
    Span span = spans.get(period.ordinal());
    if (span == null || millis < span.begin() || millis >= span.end()) {
      long start = period.startDay(millis);
      span = new Span(start, Period.millis(start), Period.millis(period.endDay(start)));
      spans.set(period.ordinal(), span);
    }
    return span;
  }

  long startDay(QuotaLimit limit, long millis) {
    return span(limit.period(), millis).startDay();
  }

  /** When the limit's next period begins, in epoch milliseconds. */
  long resetsAt(QuotaLimit limit, long millis) {
    return span(limit.period(), millis).end();
  }

  void want(NodeQuota quota) {
    batches.want(quota);
  }

  /** What all nodes have used of the period, as far as this one knows; negative if it does not. */
  long used(QuotaLimit limit, long millis) {
    NodeQuota quota = current.get(limit.name());
    return quota == null || quota.quotaKey().startDay() != startDay(limit, millis)
        ? -1
        : quota.usedByAll();
  }

  void tick(long millis, long now) {
    reserve();
    boolean crowded = full || all.size() > journal.most() / 10 * 9;
    for (NodeQuota quota : all.values()) {
      QuotaKey key = quota.quotaKey();
      boolean over = millis > Period.millis(key.period().endDay(key.startDay())) + STRAGGLERS;
      if (quota.tick(now)) {
        batches.want(quota);
      } else if (over && quota.isDone(now, 0) || crowded && quota.isIdle(now, IDLE)) {
        forget(quota);
      }
    }
  }

  /** So that no request has to wait for the disk. */
  private void reserve() {
    try {
      journal.reserve();
    } catch (IOException e) {
      LOG.warn("no room on disk for more quotas: {}", e.toString());
    }
  }

  private void forget(NodeQuota quota) {
    if (all.remove(quota.key(), quota)) {
      current.values().remove(quota);
      journal.free(quota.slot());
    }
  }

  void tickBatches(long now) {
    batches.tick(now);
  }

  /** Tells the owners of all quotas again: one that is new may not know. */
  void sweep() {
    for (NodeQuota quota : all.values()) {
      quota.sweep();
      batches.want(quota);
    }
  }

  /** Before this node leaves: others may have what it holds. */
  void giveAllBack() {
    for (NodeQuota quota : all.values()) {
      quota.giveAllBack();
      batches.want(quota);
    }
  }

  int size() {
    return all.size();
  }

  long outstanding() {
    return all.values().stream().mapToLong(NodeQuota::outstanding).sum();
  }
}
