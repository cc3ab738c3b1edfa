package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.Partition;
import com.hazelcast.partition.PartitionService;
import io.gatehouse.model.snapshot.ClusterNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of the partitions that this member owns have not lost what lay on them: each has a mark
 * that is set while all members are here, and that goes where the counters go. A partition whose
 * owner and backup are both gone comes without it, and what was granted there until then is known
 * to nobody here.
 */
final class KnownPartitions {

  private final Set<Integer> known = ConcurrentHashMap.newKeySet();
  private final Map<Integer, String> marks = new HashMap<>();

  /** Nothing that this member came to own since the last look counts as known. */
  boolean contain(HazelcastInstance member, String key) {
    return known.contains(member.getPartitionService().getPartition(key).getPartitionId());
  }

  /**
   * Looks at what this member owns by now; to be called about twice a second, by one thread.
   *
   * @param whole whether all members are here, so that what has no mark gets one
   */
  void look(HazelcastInstance member, boolean whole) {
    PartitionService partitions = member.getPartitionService();
    IMap<String, String> map = member.getMap(ClusterNames.KNOWN_PARTITIONS);
    for (Partition partition : partitions.getPartitions()) {
      int id = partition.getPartitionId();
      if (partition.getOwner() == null || !partition.getOwner().localMember()) {
        known.remove(id);
      } else if (!known.contains(id)) {
        look(map, id, marks.computeIfAbsent(id, of -> markOn(partitions, of)), whole);
      }
    }
  }

  private void look(IMap<String, String> map, int partition, String mark, boolean whole) {
    map.getAsync(mark)
        .thenAcceptAsync(
            found -> {
              if (found != null) {
                known.add(partition);
              } else if (whole) {
                map.setAsync(mark, ""); // and it is known when it is found
              }
            },
            Runnable::run);
  }

  private static String markOn(PartitionService partitions, int id) {
    int number = 0;
    while (partitions.getPartition(id + "-" + number).getPartitionId() != id) {
      number++;
    }
    return id + "-" + number;
  }
}
