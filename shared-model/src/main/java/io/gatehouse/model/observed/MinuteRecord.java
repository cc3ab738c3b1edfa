package io.gatehouse.model.observed;

import java.io.DataInput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one node has counted in a minute, or in a part of it: records of the same minute add up.
 *
 * @param epochMinute in which the counted requests ended
 */
public record MinuteRecord(long epochMinute, Map<Series, Figures> figures) {

  private static final int FORM = 1;
  private static final int MOST_SERIES = 10_000;

  /** As it travels. */
  public byte[] encode() {
    return Packed.bytes(
        out -> {
          out.writeByte(FORM);
          out.writeLong(epochMinute);
          out.writeInt(figures.size());
          for (Map.Entry<Series, Figures> one : figures.entrySet()) {
            Series series = one.getKey();
            out.writeUTF(series.account());
            out.writeUTF(series.apiId());
            out.writeUTF(series.stageName());
            out.writeUTF(series.httpMethod());
            out.writeUTF(series.resourcePath());
            one.getValue().write(out);
          }
        });
  }

  /**
   * @throws IOException when it is no such record
   */
  public static MinuteRecord decode(byte[] bytes) throws IOException {
    DataInput in = Packed.input(bytes);
    int form = in.readByte();
    if (form != FORM) {
      throw new IOException("a record of minutes in an unknown form: " + form);
    }
    long epochMinute = in.readLong();
    int size = in.readInt();
    if (size < 0 || size > MOST_SERIES) {
      throw new IOException("a record of " + size + " series");
    }
    Map<Series, Figures> figures = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Series series =
          new Series(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
      figures.merge(series, Figures.read(in), MinuteRecord::sum);
    }
    return new MinuteRecord(epochMinute, figures);
  }

  private static Figures sum(Figures one, Figures other) {
    one.add(other);
    return one;
  }
}
