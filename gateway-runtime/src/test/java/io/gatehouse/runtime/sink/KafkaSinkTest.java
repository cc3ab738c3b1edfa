package io.gatehouse.runtime.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.spool.Spool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KafkaSinkTest {

  private static final String TOPIC = "requests";
  private static final int STAGES = 5;

  @TempDir private Path folder;

  private static String stage(int number) {
    return "stage" + number % STAGES;
  }

  private static void offer(LogSink sink, int from, int to) {
    for (int i = from; i < to; i++) {
      assertTrue(sink.offer(SinkRecord.write(SinkSamples.logged("r" + i, stage(i), null, null))));
    }
  }

  @Test
  void aBrokerThatIsKilledAndComesBackGetsEveryRecordAndThoseOfAStageInOrder() throws Exception {
    Path spool = folder.resolve("spool");
    try (Broker broker = new Broker(Files.createDirectory(folder.resolve("broker")))) {
      Receiver receiver =
          new KafkaReceiver(
              new KafkaTopic(
                  broker.address(),
                  TOPIC,
                  Map.of(
                      "delivery.timeout.ms", "4000",
                      "request.timeout.ms", "2000",
                      "max.block.ms", "2000")),
              "node-1");
      LogSink sink =
          new LogSink(
              "kafka",
              new Spool(spool, 64 << 20, () -> "id"),
              new SinkPosition(spool),
              receiver,
              new Backoff(() -> 0),
              InstantSource.system());
      offer(sink, 0, 300);
      SinkSamples.await("the first 300 sent", () -> sink.status().sent() == 300);

      broker.kill();
      offer(sink, 300, 1_000);
      SinkSamples.await("failing", () -> !sink.status().failing().isEmpty());
      assertTrue(sink.status().lastFailureAt() > 0);
      broker.start();
      SinkSamples.await("all sent", () -> sink.status().waiting() == 0);
      assertEquals("", sink.status().failing());
      assertEquals(0, sink.status().dropped());
      sink.beginClose();
      sink.endClose(10_000);

      assertInOrder(broker.read(TOPIC), 1_000);
    }
  }

  @Test
  void aBrokerWhoseNameDoesNotResolveIsTriedAgain() {
    KafkaReceiver receiver =
        new KafkaReceiver(new KafkaTopic("nobody.invalid:9092", TOPIC, Map.of()), "node-1");
    DeliveryFailure failure =
        assertThrows(
            DeliveryFailure.class,
            () -> receiver.take(List.of(SinkRecord.read(SinkSamples.written("r1")))));
    assertFalse(failure.isOfRecords());
    assertEquals("ConfigException", failure.code());
    receiver.close();
  }

  /** Each at least once; what came again came again in order. */
  private static void assertInOrder(List<ConsumerRecord<String, byte[]>> records, int count) {
    Map<String, Set<String>> byKey = new HashMap<>();
    Map<String, Set<Integer>> partitions = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      byKey
          .computeIfAbsent(record.key(), k -> new LinkedHashSet<>())
          .add(SinkSamples.id(new SinkRecord(record.key(), "", "", false, record.value())));
      partitions.computeIfAbsent(record.key(), k -> new LinkedHashSet<>()).add(record.partition());
    }
    assertEquals(STAGES, byKey.size());
    for (int stage = 0; stage < STAGES; stage++) {
      String key = SinkSamples.ACCOUNT + "/api0000001/" + stage(stage);
      List<String> expected = new ArrayList<>();
      for (int i = stage; i < count; i += STAGES) {
        expected.add("r" + i);
      }
      assertEquals(expected, List.copyOf(byKey.get(key)));
      assertEquals(1, partitions.get(key).size());
    }
  }
}
