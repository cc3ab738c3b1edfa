package io.gatehouse.model.observed;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What was counted of requests: how many, how they ended, how long they took. Figures of several
 * nodes or minutes add up. For one thread at a time.
 */
public final class Figures {

  private long count;
  private long error4xx;
  private long error5xx;
  private long cacheHits;
  private long cacheMisses;
  private final Distribution latency;
  private final Distribution integrationLatency;

  public Figures() {
    this(new Distribution(), new Distribution());
  }

  private Figures(Distribution latency, Distribution integrationLatency) {
    this.latency = latency;
    this.integrationLatency = integrationLatency;
  }

  public void request(int status, long latencyMicros) {
    count++;
    if (status >= 500) {
      error5xx++;
    } else if (status >= 400) {
      error4xx++;
    }
    latency.record(latencyMicros);
  }

  /** Of a request whose backend was called. */
  public void integration(long micros) {
    integrationLatency.record(micros);
  }

  /** Of a request whose method has caching. */
  public void cache(boolean hit) {
    if (hit) {
      cacheHits++;
    } else {
      cacheMisses++;
    }
  }

  public void add(Figures other) {
    count += other.count;
    error4xx += other.error4xx;
    error5xx += other.error5xx;
    cacheHits += other.cacheHits;
    cacheMisses += other.cacheMisses;
    latency.add(other.latency);
    integrationLatency.add(other.integrationLatency);
  }

  public long count() {
    return count;
  }

  public long error4xx() {
    return error4xx;
  }

  public long error5xx() {
    return error5xx;
  }

  public long cacheHits() {
    return cacheHits;
  }

  public long cacheMisses() {
    return cacheMisses;
  }

  public Distribution latency() {
    return latency;
  }

  public Distribution integrationLatency() {
    return integrationLatency;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeLong(error4xx);
    out.writeLong(error5xx);
    out.writeLong(cacheHits);
    out.writeLong(cacheMisses);
    latency.write(out);
    integrationLatency.write(out);
  }

  static Figures read(DataInput in) throws IOException {
    long count = in.readLong();
    long error4xx = in.readLong();
    long error5xx = in.readLong();
    long cacheHits = in.readLong();
    long cacheMisses = in.readLong();
    Figures figures = new Figures(Distribution.read(in), Distribution.read(in));
    figures.count = count;
    figures.error4xx = error4xx;
    figures.error5xx = error5xx;
    figures.cacheHits = cacheHits;
    figures.cacheMisses = cacheMisses;
    return figures;
  }

  /** Packed, as a column of a database holds them. */
  public byte[] bytes() {
    return Packed.bytes(this::write);
  }

  /**
   * @throws IOException when they are no figures
   */
  public static Figures of(byte[] bytes) throws IOException {
    return read(Packed.input(bytes));
  }
}
