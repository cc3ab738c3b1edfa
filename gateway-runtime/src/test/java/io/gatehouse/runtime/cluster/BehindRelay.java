package io.gatehouse.runtime.cluster;

import com.hazelcast.config.Config;
import java.util.Map;

/**
 * A member that others reach through a relay. It notices sooner than a node that another is gone or
 * back, so that tests need not wait.
 *
 * @param relayPort where the others reach it
 * @param outboundPorts from which it calls them
 */
record BehindRelay(int relayPort, String outboundPorts) implements Network {

  static final int SILENT_SECONDS = 4;

  @Override
  public void configure(Config config) {
    config
        .getNetworkConfig()
        .setPublicAddress("127.0.0.1:" + relayPort)
        .addOutboundPortDefinition(outboundPorts);
    Map.of(
            "hazelcast.heartbeat.interval.seconds", "1",
            "hazelcast.max.no.heartbeat.seconds", Integer.toString(SILENT_SECONDS),
            "hazelcast.merge.first.run.delay.seconds", "3",
            "hazelcast.merge.next.run.delay.seconds", "3")
        .forEach(config::setProperty);
  }
}
