package io.gatehouse.runtime.cluster;

import com.hazelcast.query.Predicate;
import io.gatehouse.runtime.cache.KeptFrame;
import java.util.Map;

/** Picks a stage's kept answers by the path that they answered. */
final class KeptUnderPath implements Predicate<String, byte[]> {

  private static final long serialVersionUID = 1L;

  private final String stage;
  private final String path;

  /**
   * @param stage that keys begin with
   */
  KeptUnderPath(String stage, String path) {
    this.stage = stage;
    this.path = path;
  }

  @Override
  public boolean apply(Map.Entry<String, byte[]> entry) {
    return entry.getKey().startsWith(stage) && KeptFrame.isUnder(entry.getValue(), path);
  }
}
