package io.gatehouse.runtime.trace;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.observe.Observer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the spans of recorded exchanges to a collector, by a thread of its own. The queue is
 * bounded: a collector that is slow or gone costs traces, counted, and never a request.
 */
public final class Traces implements Observer, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Traces.class);
  private static final int MOST_EXCHANGES_WAITING = 2_048;
  private static final int EXCHANGES_AT_ONCE = 64;
  private static final long EXPORT_SECONDS = 10;
  private static final int CLOSE_MILLIS = 3_000;

  private final SpanExporter exporter;
  private final Resource node;
  private final BlockingQueue<List<SpanData>> waiting =
      new ArrayBlockingQueue<>(MOST_EXCHANGES_WAITING);
  private final LongAdder dropped = new LongAdder();
  private final Thread sender;
  private volatile boolean closing;
  private boolean complained;

  /**
   * @param node the node's name, as spans tell it
   */
  public Traces(SpanExporter exporter, String node) {
    this.exporter = exporter;
    this.node =
        Resource.create(
            Attributes.of(
                AttributeKey.stringKey("service.name"),
                "gatehouse",
                AttributeKey.stringKey("service.instance.id"),
                node));
    sender = Thread.ofPlatform().name("traces").daemon().start(this::send);
  }

  @Override
  public void over(Exchange x, long endNanos, long bytesSent) {
    if (x.trace() != null && x.trace().sampled() && !waiting.offer(Spans.of(x, endNanos, node))) {
      dropped.increment();
    }
  }

  /** Exchanges whose spans were dropped since the start. */
  public long dropped() {
    return dropped.sum();
  }

  private void send() {
    List<List<SpanData>> batch = new ArrayList<>();
    try {
      while (!closing || !waiting.isEmpty()) {
        List<SpanData> first = waiting.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          batch.add(first);
          waiting.drainTo(batch, EXCHANGES_AT_ONCE - 1);
          export(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void export(List<List<SpanData>> batch) {
    List<SpanData> spans = batch.stream().flatMap(List::stream).toList();
    boolean done = exporter.export(spans).join(EXPORT_SECONDS, TimeUnit.SECONDS).isSuccess();
    if (!done) {
      dropped.add(batch.size());
      if (!complained) {
        LOG.warn("the collector of traces takes none; they are counted as dropped");
      }
    }
    complained = !done;
  }

  /** Sends what waits, for a while, and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      sender.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exporter.close();
  }
}
