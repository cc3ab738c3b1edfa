package io.gatehouse.admin.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.map.IMap;
import io.gatehouse.admin.publish.SinkHealth.Seen;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.sink.SinkReport;
import io.gatehouse.runtime.sink.SinkStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What nodes say of their log sinks, against a real member of a cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SinkHealthTest {

  private static final int PORT = 19262;
  private static final String CLUSTER = "sink-health-test";

  private Member member;
  private ClusterClient cluster;
  private SinkHealth health;
  private IMap<String, String> map;

  @BeforeAll
  void start() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    cluster = new ClusterClient(CLUSTER, new Addresses(List.of("127.0.0.1:" + PORT)));
    health = new SinkHealth(cluster);
    assertEquals(List.of(), health.seen(), "no node is up yet");
    cluster.onConnect(connected::countDown);
    member = Member.start(CLUSTER, PORT);
    map = member.instance.getMap(ClusterNames.SINKS);
    assertTrue(connected.await(60, TimeUnit.SECONDS), "the client did not find the member");
  }

  @AfterAll
  void stop() {
    cluster.close();
    member.close();
  }

  @Test
  void whatANodeSaysIsRead() {
    map.put("node-9", "[{}]");
    map.put(
        "node-1",
        SinkReport.of(
            List.of(
                new SinkStatus("kafka", 3, 1, 7, 900, "TimeoutException", "no broker", 1_000),
                new SinkStatus("firehose", 0, 0, 0, 0, "", "", 0))));

    assertEquals(
        List.of(
            new Seen(
                "node-1",
                "kafka",
                3,
                1,
                7,
                900,
                "TimeoutException",
                "no broker",
                Optional.of(Instant.ofEpochMilli(1_000))),
            new Seen("node-1", "firehose", 0, 0, 0, 0, "", "", Optional.empty())),
        health.seen());

    map.put("node-1", "[{\"sent\":1}]");
    assertEquals(List.of(), health.seen());
  }
}
