package io.gatehouse.runtime.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A cluster as its members see it: who is in it, and who owns and backs up which counter. */
final class SimulatedView {

  private final List<SimulatedMember> members;
  private final int known;
  private final long lostAt;
  private final SimulatedTime time;
  private final Predicate<String> knows;
  private final Map<String, SimulatedMember> owners = new HashMap<>();
  private final Map<String, SimulatedMember> backups = new HashMap<>();

  /**
   * @param knows whether what was granted of a counter before is known in here
   */
  SimulatedView(
      List<SimulatedMember> members,
      int known,
      long lostAt,
      SimulatedTime time,
      Predicate<String> knows) {
    this.knows = knows;
    this.members = List.copyOf(members);
    this.known = known;
    this.lostAt = lostAt;
    this.time = time;
  }

  List<SimulatedMember> members() {
    return members;
  }

  int known() {
    return known;
  }

  long lostAt() {
    return lostAt;
  }

  private boolean isWhole() {
    return members.size() >= known;
  }

  boolean knows(String key) {
    return isWhole() || knows.test(key);
  }

  Side side(String key) {
    long lostAgo = (time.now() - lostAt) / SimulatedTime.MILLI + 1;
    return isWhole()
        ? Side.whole(members.size())
        : new Side(members.size(), known, lostAgo, knows.test(key));
  }

  SimulatedMember owner(String key) {
    return owners.computeIfAbsent(
        key, k -> members.get(Math.floorMod(key.hashCode(), members.size())));
  }

  /** Null for a cluster of one. */
  SimulatedMember backup(String key) {
    return backups.computeIfAbsent(
        key,
        k -> {
          List<SimulatedMember> others = new ArrayList<>(members);
          others.remove(owner(key));
          return others.isEmpty()
              ? null
              : others.get(Math.floorMod(key.hashCode() / 7, others.size()));
        });
  }

  void owner(String key, SimulatedMember owner) {
    owners.put(key, owner);
  }

  Set<String> keys() {
    return Set.copyOf(owners.keySet());
  }
}
