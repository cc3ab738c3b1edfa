package io.gatehouse.runtime.sink;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes records to a topic of Kafka, those of a stage into one partition and in order. A producer
 * that has failed is given up for a new one: what it still had in hand is sent again.
 */
final class KafkaReceiver implements Receiver {

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MOST_REQUEST_BYTES = 2 << 20;
  private static final String NOBODY = "127.0.0.1:9";
  private static final int BUFFER_BYTES = 16 << 20;

  private final KafkaTopic topic;
  private final String node;
  private Producer<String, byte[]> producer;

  KafkaReceiver(KafkaTopic topic, String node) {
    this.topic = topic;
    this.node = node;
  }

  /** What the producer is given; the operator's own properties go before ours. */
  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "gatehouse-" + node);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_REQUEST_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3 * PATIENCE_MILLIS);
    settings.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    settings.putAll(topic.properties());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.servers());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return settings;
  }

  /**
   * Finds out whether properties are any good. Neither brokers nor their names are asked for: a
   * node starts also while they are down.
   *
   * @throws IllegalArgumentException with what is wrong with them
   */
  static void check(Map<String, String> properties) {
    KafkaReceiver trial = new KafkaReceiver(new KafkaTopic(NOBODY, "trial", properties), "trial");
    try {
      trial.open();
    } catch (KafkaException e) {
      throw new IllegalArgumentException(reason(e).getMessage());
    } finally {
      trial.close();
    }
  }

  /** A producer that cannot be made says why in its cause. */
  private static Throwable reason(Throwable told) {
    return told.getClass() == KafkaException.class && told.getCause() != null
        ? told.getCause()
        : told;
  }

  private Producer<String, byte[]> open() {
    if (producer == null) {
      producer = new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  @Override
  public void take(List<SinkRecord> records) throws DeliveryFailure, InterruptedException {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try {
      for (SinkRecord one : records) {
        open()
            .send(
                new ProducerRecord<>(topic.topic(), one.key(), one.json()),
                (written, failed) -> failure.compareAndSet(null, failed));
        if (failure.get() != null) {
          break; // where no broker answers, each of the others would wait as long
        }
      }
      if (failure.get() == null) {
        producer.flush();
      }
    } catch (InterruptException e) {
      throw new InterruptedException();
    } catch (KafkaException e) {
      throw failure(e);
    }
    if (failure.get() != null) {
      throw failure(failure.get());
    }
  }

  private DeliveryFailure failure(Throwable cause) {
    close();
    return cause instanceof RecordTooLargeException || cause instanceof RecordBatchTooLargeException
        ? DeliveryFailure.ofRecords(cause.getClass().getSimpleName(), cause)
        : DeliveryFailure.ofReceiver(reason(cause));
  }

  @Override
  public void close() {
    if (producer != null) {
      Producer<String, byte[]> gone = producer;
      producer = null;
      gone.close(Duration.ZERO);
    }
  }
}
