package io.gatehouse.admin.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.map.IMap;
import io.gatehouse.admin.publish.BackendHealth.Seen;
import io.gatehouse.admin.publish.BackendHealth.State;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What nodes say of backends, against a real member of a cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackendHealthTest {

  private static final int PORT = 19252;
  private static final String CLUSTER = "backend-health-test";
  private static final String ALICE = "111111111111";

  private Member member;
  private ClusterClient cluster;
  private BackendHealth health;
  private IMap<String, String> map;

  @BeforeAll
  void start() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    cluster = new ClusterClient(CLUSTER, new Addresses(List.of("127.0.0.1:" + PORT)));
    health = new BackendHealth(cluster);
    assertEquals(List.of(), health.seen(ALICE), "no node is up yet");
    cluster.onConnect(connected::countDown);
    member = Member.start(CLUSTER, PORT);
    map = member.instance.getMap(ClusterNames.BACKENDS);
    assertTrue(connected.await(60, TimeUnit.SECONDS), "the client did not find the member");
  }

  @AfterAll
  void stop() {
    cluster.close();
    member.close();
  }

  @BeforeEach
  void nothingIsSaid() {
    map.clear();
  }

  @Test
  void whatANodeSaysIsRead() {
    map.put(
        "node-1/" + ALICE,
        """
        [{"backend":"https://pets.example:443","link":"l1","address":"10.0.0.5:8080","state":"half-open",
          "since":1000,"failures":5,"lastFailure":"connection refused","later":{"x":1}},
         {"backend":"http://a:80","link":null,"address":"192.0.2.1:80","state":"healthy","since":2000}]
        """);

    assertEquals(
        List.of(
            new Seen(
                "node-1",
                "https://pets.example:443",
                Optional.of("l1"),
                "10.0.0.5:8080",
                State.HALF_OPEN,
                Instant.ofEpochMilli(1000),
                5,
                "connection refused"),
            new Seen(
                "node-1",
                "http://a:80",
                Optional.empty(),
                "192.0.2.1:80",
                State.HEALTHY,
                Instant.ofEpochMilli(2000),
                0,
                "")),
        health.seen(ALICE));
  }

  @Test
  void anotherAccountsBackendsAndThoseOfGoneNodesAreNotTold() {
    String said = "[{\"backend\":\"http://a:80\",\"state\":\"open\",\"since\":1}]";
    map.put("node-1/222222222222", said);
    map.put("node-9/" + ALICE, said);

    assertEquals(List.of(), health.seen(ALICE));
    assertEquals(1, health.seen("222222222222").size());
  }

  @Test
  void whatCannotBeReadIsLeftOut() {
    for (String said : List.of("", "{", "{}", "[1]", "[{\"backend\":\"a\",\"state\":\"dizzy\"}]")) {
      map.put("node-1/" + ALICE, said);
      assertEquals(List.of(), health.seen(ALICE), said);
    }
  }
}
