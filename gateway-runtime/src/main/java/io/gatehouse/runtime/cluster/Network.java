package io.gatehouse.runtime.cluster;

import com.hazelcast.config.Config;

/** What is between members of a cluster, for those who put something there. */
public interface Network {

  /** Nothing that a member has to know of. */
  Network USUAL = config -> {};

  /** Has the last word about how the member reaches the others. */
  void configure(Config config);
}
