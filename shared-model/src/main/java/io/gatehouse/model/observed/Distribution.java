package io.gatehouse.model.observed;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;

/**
 * How times lie, in microseconds: sum and extremes exactly, percentiles to two digits. Those of
 * several nodes or minutes add up to what one would have recorded. For one thread at a time.
 */
public final class Distribution {

  /** Longer ones count as this long. */
  private static final long LONGEST_MICROS = 3_600_000_000L;

  private static final int DIGITS = 2;

  /** Far more than the histogram of {@link #LONGEST_MICROS} takes. */
  private static final int MOST_BYTES = 1 << 18;

  private final Histogram histogram;
  private long sum;
  private long min = Long.MAX_VALUE;
  private long max;

  public Distribution() {
    histogram = new Histogram(DIGITS);
    histogram.setAutoResize(true);
  }

  private Distribution(Histogram histogram, long sum, long min, long max) {
    this.histogram = histogram;
    this.sum = sum;
    this.min = min;
    this.max = max;
  }

  public void record(long micros) {
    long value = Math.clamp(micros, 0, LONGEST_MICROS);
    histogram.recordValue(value);
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  public void add(Distribution other) {
    histogram.add(other.histogram);
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  public long count() {
    return histogram.getTotalCount();
  }

  public long sum() {
    return sum;
  }

  /** 0 where nothing was recorded. */
  public long min() {
    return count() == 0 ? 0 : min;
  }

  public long max() {
    return max;
  }

  /**
   * The time that so many of a hundred did not exceed.
   *
   * @param percent 0 to 100
   */
  public long percentile(double percent) {
    return Math.clamp(histogram.getValueAtPercentile(percent), min(), max);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(sum);
    out.writeLong(min);
    out.writeLong(max);
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoByteBuffer(bytes);
    out.writeInt(length);
    out.write(bytes.array(), 0, length);
  }

  static Distribution read(DataInput in) throws IOException {
    long sum = in.readLong();
    long min = in.readLong();
    long max = in.readLong();
    int length = in.readInt();
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("a histogram of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    try {
      Histogram histogram = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(bytes), 0);
      histogram.setAutoResize(true);
      return new Distribution(histogram, sum, min, max);
    } catch (RuntimeException e) {
      throw new IOException("no histogram: " + e.getMessage(), e);
    }
  }
}
