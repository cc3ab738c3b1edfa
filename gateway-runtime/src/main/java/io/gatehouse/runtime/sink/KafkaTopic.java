package io.gatehouse.runtime.sink;

import java.util.Map;

/**
 * Where logged requests go in Kafka.
 *
 * @param servers {@code host:port} of brokers, with commas between them
 * @param properties of the producer besides, as for TLS and SASL; they may be secret
 */
public record KafkaTopic(String servers, String topic, Map<String, String> properties) {

  public KafkaTopic {
    properties = Map.copyOf(properties);
  }

  /** Without the properties. */
  @Override
  public String toString() {
    return servers + "/" + topic;
  }
}
