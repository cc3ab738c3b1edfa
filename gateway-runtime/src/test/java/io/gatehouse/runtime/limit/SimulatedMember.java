package io.gatehouse.runtime.limit;

import io.gatehouse.runtime.limit.LimitOwners.Reply;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A node of a simulated cluster: the limits as they are, over owners that live in the members'
 * memory and messages that come late, twice or never.
 */
final class SimulatedMember {

  /** A counter in a member's memory. */
  record Copy(byte[] state, long version) {}

  private static final long TICK = 150 * SimulatedTime.MILLI;

  final int index;
  final Map<String, Copy> copies = new HashMap<>();
  private final SimulatedCluster cluster;
  private final SimulatedTime time;
  private final Random random;
  private final long nanosOrigin;
  private MemoryRoom disk = new MemoryRoom();
  private String name;
  private long clockAhead;
  private long pausedUntil;
  private int process;
  private boolean alive;
  private NodeLimits limits;
  private int group;
  private SimulatedView view;
  private long heardOf;
  private long heardOfAllAt = Long.MIN_VALUE / 2;
  private long ownShareBefore;
  private long overdraftBefore;

  SimulatedMember(int index, SimulatedCluster cluster, SimulatedTime time, Random random) {
    this.index = index;
    this.cluster = cluster;
    this.time = time;
    this.random = random;
    this.nanosOrigin = random.nextLong();
    this.name = "node-" + index;
  }

  void start() {
    alive = true;
    process++;
    InstantSource clock = () -> Instant.ofEpochMilli(epochNanos() / SimulatedTime.MILLI);
    limits =
        new NodeLimits(
            new NodeLimits.Parts(
                new Owners(),
                disk.journal(name),
                () -> nanosOrigin + time.now(),
                clock,
                task -> inProcess(0, task),
                random.nextLong()));
    int mine = process;
    tick(mine);
  }

  private void tick(int mine) {
    if (alive && process == mine) {
      inProcess(
          TICK,
          () -> {
            limits.tick();
            tick(mine);
          });
    }
  }

  /** Runs later, if this very process lives then, and when it is not paused. */
  void inProcess(long after, Runnable what) {
    int mine = process;
    time.after(
        after,
        () -> {
          if (alive && process == mine) {
            if (time.now() < pausedUntil) {
              inProcess(pausedUntil - time.now(), what);
            } else {
              what.run();
            }
          }
        });
  }

  void kill() {
    alive = false;
    copies.clear();
    ownShareBefore += limits.figures().ownShare().sum();
    overdraftBefore += limits.figures().overdraft().sum();
  }

  void loseDisk() {
    disk = new MemoryRoom();
    name = name + "'";
  }

  void pause(long nanos) {
    pausedUntil = Math.max(pausedUntil, time.now() + nanos);
  }

  void stepClock(long nanos) {
    clockAhead += nanos;
  }

  long epochNanos() {
    return SimulatedCluster.EPOCH + time.now() + clockAhead;
  }

  boolean isAlive() {
    return alive;
  }

  NodeLimits limits() {
    return limits;
  }

  int group() {
    return group;
  }

  void group(int number) {
    group = number;
  }

  SimulatedView view() {
    return view;
  }

  void view(SimulatedView joined) {
    view = joined;
  }

  boolean hears(SimulatedMember other) {
    return other.alive && alive && other.group == group;
  }

  long ownShare() {
    return ownShareBefore + (alive ? limits.figures().ownShare().sum() : 0);
  }

  long overdraft() {
    return overdraftBefore + (alive ? limits.figures().overdraft().sum() : 0);
  }

  /** What was committed of the story's quota when this member heard of it last. */
  long heardOf() {
    return heardOf;
  }

  /** When it heard last that all was granted. */
  long heardOfAllAt() {
    return heardOfAllAt;
  }

  String name() {
    return name;
  }

  private final class Owners implements LimitOwners {

    @Override
    public String ownerOf(String key) {
      return view == null ? "" : String.valueOf(view.owner(key).index);
    }

    @Override
    public int nodes() {
      return view == null ? cluster.members().size() : view.members().size();
    }

    @Override
    public void askBuckets(Map<String, BucketAsk> asks, Reply<BucketAnswer> reply) {
      ask(
          asks,
          reply,
          (owner, key, copy) ->
              ask -> {
                BucketState before = copy == null ? BucketState.FULL : BucketState.decode(copy);
                var after = before.apply(ask, owner.view.members().size(), owner.epochNanos());
                return new SimulatedCluster.Done<>(after.state().encode(), after.answer(), false);
              });
    }

    @Override
    public void askQuotas(Map<String, QuotaAsk> asks, Reply<QuotaAnswer> reply) {
      Reply<QuotaAnswer> heard =
          new Reply<>() {
            @Override
            public void answered(Map<String, QuotaAnswer> answers) {
              answers.forEach(
                  (key, answer) -> {
                    heardOf = answer.committed();
                    heardOfAllAt = heardOf < asks.get(key).limit() ? heardOfAllAt : time.now();
                  });
              reply.answered(answers);
            }

            @Override
            public void failed(String why) {
              reply.failed(why);
            }
          };
      ask(
          asks,
          heard,
          (owner, key, copy) ->
              ask -> {
                QuotaState before = copy == null ? QuotaState.UNKNOWN : QuotaState.decode(copy);
                var after =
                    before.apply(
                        ask, owner.view.side(key), owner.epochNanos() / SimulatedTime.MILLI);
                return new SimulatedCluster.Done<>(
                    after.state().encode(), after.answer(), ask.waiting() + ask.ahead() > 0);
              });
    }

    private <Q, A> void ask(
        Map<String, Q> asks, Reply<A> reply, SimulatedCluster.Apply<Q, A> apply) {
      if (view == null) {
        inProcess(SimulatedTime.MILLI, () -> reply.failed("no cluster"));
        return;
      }
      SimulatedMember owner = view.owner(asks.keySet().iterator().next());
      cluster.send(SimulatedMember.this, owner, new LinkedHashMap<>(asks), reply, apply);
    }
  }
}
