package io.gatehouse.runtime.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counter of a quota in one period, as its owner keeps it. What nodes say of themselves only
 * grows and merges by maximum: a restart, a message that comes twice or late, and the healing of a
 * split cluster cannot grant anything again.
 *
 * @param hidden what nodes hold that have not been heard of since the counter was lost, as others
 *     remember it
 * @param nodes what each node has, by its name
 * @param marks what was used at times before now, oldest first, for the shares of a split
 */
public record QuotaState(long hidden, Map<String, NodeCount> nodes, List<Mark> marks) {

  /** Nothing is known. */
  public static final QuotaState UNKNOWN = new QuotaState(0, Map.of(), List.of());

  /** Nodes tell what they hold at least so often. */
  public static final long SWEEP_MILLIS = 30_000;

  /** More nodes than a period sees; a new one beyond is granted nothing. */
  static final int MOST_NODES = 1_000;

  static final int MOST_MARKS = 10;
  private static final long MARK_MILLIS = 15_000;

  /** Clocks of owners may differ by so much. */
  private static final long CLOCKS_DIFFER_MILLIS = 5_000;

  /** What was used at a time, in epoch milliseconds by the owner's clock. */
  public record Mark(long at, long used) {}

  /** The counter after an ask, and the answer. */
  public record Applied(QuotaState state, QuotaAnswer answer) {}

  /** What the ledger knows: what nodes have used, by their name, by days of the period. */
  public static QuotaState ofLedger(Map<String, long[]> used) {
    Map<String, NodeCount> nodes = new TreeMap<>();
    used.forEach((node, days) -> nodes.put(node, new NodeCount(false, 0, 0, days)));
    return new QuotaState(0, nodes, List.of());
  }

  /**
   * Takes in what the node tells, and grants what is left.
   *
   * @param now epoch milliseconds by the owner's clock
   */
  public Applied apply(QuotaAsk ask, Side side, long now) {
    QuotaState told = told(ask).marked(side, now);
    NodeCount own = told.nodes.get(ask.node());
    long committed = told.committed();
    if (own == null || ask.limit() < 0) {
      NodeCount known = own == null ? NodeCount.NOTHING : own;
      return new Applied(told, new QuotaAnswer(known, committed, told.used(), false));
    }
    long onTheWay = own.onTheWay(ask);
    if (ask.waiting() + ask.ahead() == 0) {
      // Who only tells is not waited for by the backup, so nothing may be handed out.
      NodeCount known = own.less(onTheWay);
      return new Applied(told, new QuotaAnswer(known, committed, told.used(), false));
    }
    long left = Math.max(0, ask.limit() - committed);
    long ceiling = told.ceiling(ask.limit(), side, now);
    long mine = Math.max(0, Math.min(left, ceiling - committed));
    long grant = own.grant(ask, mine, side.members());
    // The backup may not have heard of a grant whose answer was lost: in a split its side would not
    // count it, and when that is over both are there.
    long excess = Math.max(0, committed - Math.min(ask.limit(), ceiling));
    long withheld = Math.min(onTheWay, excess);
    QuotaState after = grant == 0 ? told : told.granted(ask.node(), own, grant);
    return new Applied(
        after,
        new QuotaAnswer(
            after.nodes.get(ask.node()).less(withheld),
            committed + grant,
            told.used(),
            mine < left || withheld > 0));
  }

  private QuotaState told(QuotaAsk ask) {
    NodeCount before = nodes.getOrDefault(ask.node(), NodeCount.NOTHING);
    if (before == NodeCount.NOTHING && nodes.size() >= MOST_NODES) {
      return this;
    }
    NodeCount after = before.told(ask);
    Map<String, NodeCount> all = with(ask.node(), after);
    long rest = hidden;
    if (!before.heard()) {
      // What others remembered of it is no longer hidden; what it remembers of others may be.
      rest = Math.max(0, hidden - (after.committed() - before.committed()));
      rest = Math.max(rest, ask.floor() - sum(all));
    }
    return new QuotaState(rest, all, marks);
  }

  private QuotaState granted(String node, NodeCount own, long grant) {
    return new QuotaState(hidden, with(node, own.granted(grant)), marks);
  }

  private Map<String, NodeCount> with(String node, NodeCount count) {
    Map<String, NodeCount> all = new TreeMap<>(nodes);
    all.put(node, count);
    return all;
  }

  /** While members are missed, marks stay: they tell what was committed before. */
  private QuotaState marked(Side side, long now) {
    boolean due =
        marks.isEmpty() || side.isWhole() && Math.abs(now - marks.getLast().at()) >= MARK_MILLIS;
    if (!due) {
      return this;
    }
    List<Mark> more = new ArrayList<>(marks);
    more.add(new Mark(now, used()));
    return new QuotaState(hidden, nodes, latest(more));
  }

  private static List<Mark> latest(List<Mark> marks) {
    return List.copyOf(marks.subList(Math.max(0, marks.size() - MOST_MARKS), marks.size()));
  }

  /**
   * What may be committed in the end on this side: all, or its share of what was left when the
   * sides parted; nothing more where nobody is left who knew what was granted until then. What was
   * committed since counts against the share. Shares are reckoned from what was used some time
   * before, which is no more than what either side knew to be committed when they parted: the more
   * that was, the less the sides together may add, so that they stay within the limit.
   */
  private long ceiling(long limit, Side side, long now) {
    if (side.isWhole()) {
      return limit;
    }
    if (!side.knowsCounter()) {
      return 0;
    }
    long before = usedAt(now - side.lostAgoMillis() - CLOCKS_DIFFER_MILLIS);
    long shared = Math.max(0, limit - before);
    return before
        + shared / side.known() * side.members()
        + shared % side.known() * side.members() / side.known();
  }

  /** Nothing where no mark is as old. */
  private long usedAt(long time) {
    long used = 0;
    for (Mark mark : marks) {
      if (mark.at() <= time) {
        used = mark.used();
      }
    }
    return used;
  }

  /** What all nodes hold or have used. */
  public long committed() {
    return hidden + sum(nodes);
  }

  private static long sum(Map<String, NodeCount> nodes) {
    long sum = 0;
    for (NodeCount node : nodes.values()) {
      sum += node.committed();
    }
    return sum;
  }

  /** What all nodes have used. */
  public long used() {
    long used = 0;
    for (NodeCount node : nodes.values()) {
      used += node.used();
    }
    return used;
  }

  /** What either knows: of a split's other side, of a backup, of the ledger. */
  public QuotaState merge(QuotaState other) {
    Map<String, NodeCount> all = new TreeMap<>(nodes);
    other.nodes.forEach((node, count) -> all.merge(node, count, NodeCount::merge));
    List<Mark> both = new ArrayList<>(marks);
    other.marks.stream().filter(mark -> !marks.contains(mark)).forEach(both::add);
    both.sort(Comparator.comparingLong(Mark::at).thenComparing(Mark::used));
    long more = Math.max(committed(), other.committed()) - sum(all);
    long rest = Math.max(0, Math.min(Math.max(hidden, other.hidden), more));
    return new QuotaState(rest, all, latest(both));
  }

  /** As bytes, the version of their order first. */
  public byte[] encode() {
    return QuotaBytes.encode(this);
  }

  /**
   * @throws IllegalArgumentException for what is no counter of this version
   */
  public static QuotaState decode(byte[] encoded) {
    return QuotaBytes.decode(encoded);
  }
}
