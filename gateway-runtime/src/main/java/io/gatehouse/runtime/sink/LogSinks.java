package io.gatehouse.runtime.sink;

import io.gatehouse.model.aws.DeliveryStream;
import io.gatehouse.runtime.compile.AccountAccess;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.log.Logged;
import io.gatehouse.runtime.log.RequestLog;
import io.gatehouse.runtime.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** All the places that a node's logged requests go to. */
public final class LogSinks implements RequestLog.Sink, AutoCloseable {

  private static final long MEMORY_BYTES = 64L << 20;
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /**
   * What they are made of.
   *
   * @param node this node's name
   * @param store what the control plane fetches from
   * @param directory below which each sink has its place on disk
   * @param mostBytes of each sink's place
   * @param backends by which tenants' streams are reached, on {@code loop}
   */
  public record Parts(
      String node,
      Spool store,
      Path directory,
      long mostBytes,
      Backends backends,
      AccountAccess accounts,
      Executor loop,
      InstantSource clock,
      LongSupplier nanos,
      DoubleSupplier random,
      Supplier<String> newId) {}

  private final Optional<Spool> store;
  private final List<LogSink> sinks = new ArrayList<>();
  private final FirehoseSink firehose;
  private final LongSupplier nanos;

  /**
   * @throws IllegalArgumentException when a sink cannot be as it is set, with a sentence
   */
  public LogSinks(SinkSettings settings, Parts parts) throws IOException {
    this.store = settings.store() ? Optional.of(parts.store()) : Optional.empty();
    this.nanos = parts.nanos();
    Backoff backoff = new Backoff(parts.random());
    if (settings.files().isPresent()) {
      add("files", new FileReceiver(settings.files().get(), parts.node()), backoff, parts);
    }
    if (settings.kafka().isPresent()) {
      add("kafka", new KafkaReceiver(settings.kafka().get(), parts.node()), backoff, parts);
    }
    if (settings.collector().isPresent()) {
      add("otlp", new OtlpReceiver(settings.collector().get(), parts.node()), backoff, parts);
    }
    Path place = place(FirehoseSink.NAME, parts);
    firehose =
        new FirehoseSink(
            new FirehoseSink.Parts(
                spool(place, parts),
                new SinkPosition(place),
                new PutRecordBatch(parts.backends(), parts.accounts(), parts.loop()),
                backoff,
                Math.min(MEMORY_BYTES, Runtime.getRuntime().maxMemory() / 16),
                parts.clock(),
                parts.nanos()));
  }

  private void add(String name, Receiver receiver, Backoff backoff, Parts parts)
      throws IOException {
    Path place = place(name, parts);
    sinks.add(
        new LogSink(
            name, spool(place, parts), new SinkPosition(place), receiver, backoff, parts.clock()));
  }

  private static Path place(String name, Parts parts) {
    return parts.directory().resolve("sink-" + name);
  }

  private static Spool spool(Path place, Parts parts) throws IOException {
    return new Spool(place, parts.mostBytes(), parts.newId());
  }

  /** Dropped is what the control plane does not get, or without it what no sink has taken. */
  @Override
  public boolean offer(Logged logged) {
    boolean taken = false;
    if (!sinks.isEmpty()) {
      byte[] record = SinkRecord.write(logged);
      for (LogSink sink : sinks) {
        taken |= sink.offer(record);
      }
    }
    firehose.offer(logged);
    return store.isPresent() ? store.get().offer(logged.json()) : taken;
  }

  @Override
  public boolean hasRoom(DeliveryStream stream) {
    return stream != null || !sinks.isEmpty() || store.map(Spool::hasRoom).orElse(true);
  }

  /** How each fares. */
  public List<SinkStatus> statuses() {
    List<SinkStatus> all = new ArrayList<>(sinks.stream().map(LogSink::status).toList());
    all.add(firehose.status());
    return all;
  }

  /** Lines for tenants' streams that never arrive there, by account. */
  public Map<String, Long> droppedOfStreams() {
    return firehose.droppedByAccount();
  }

  /** Sends what it can for a while; the rest stays on disk. */
  @Override
  public void close() {
    long until = nanos.getAsLong() + CLOSE_NANOS;
    firehose.beginClose();
    sinks.forEach(LogSink::beginClose);
    try {
      firehose.endClose(millisTo(until));
      for (LogSink sink : sinks) {
        sink.endClose(millisTo(until));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long millisTo(long until) {
    return TimeUnit.NANOSECONDS.toMillis(until - nanos.getAsLong());
  }
}
