package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.exchange.StageCaching;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a node's bytes are shared: every account gets an equal part, and no more than its stages ask
 * for; what one leaves over is for the others. Within an account stages get parts by their sizes.
 */
final class Shares {

  private Shares() {}

  /** Bytes by stage key. */
  static Map<String, Long> of(long bytes, Collection<StageCaching> stages) {
    Map<String, List<StageCaching>> byAccount = new HashMap<>();
    stages.forEach(
        stage -> byAccount.computeIfAbsent(stage.account(), a -> new ArrayList<>()).add(stage));
    List<List<StageCaching>> modestFirst = new ArrayList<>(byAccount.values());
    modestFirst.sort(Comparator.comparingLong(Shares::asked));
    Map<String, Long> shares = new HashMap<>();
    long left = bytes;
    int accounts = modestFirst.size();
    for (List<StageCaching> own : modestFirst) {
      long asked = asked(own);
      long share = Math.min(asked, left / accounts--);
      left -= share;
      for (StageCaching stage : own) {
        shares.put(stage.key(), asked == 0 ? 0 : (long) ((double) share / asked * stage.bytes()));
      }
    }
    return shares;
  }

  private static long asked(List<StageCaching> stages) {
    return stages.stream().mapToLong(StageCaching::bytes).sum();
  }
}
