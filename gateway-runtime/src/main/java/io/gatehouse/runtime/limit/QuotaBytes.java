package io.gatehouse.runtime.limit;

import io.gatehouse.runtime.limit.QuotaState.Mark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A quota's counter as bytes; numbers take as many as they need, seven bits each. */
final class QuotaBytes {

  private static final int VERSION = 1;
  private static final int MOST_DAYS = 31;
  private static final int MORE = 0x80;
  private static final int BITS = 7;

  private QuotaBytes() {}

  static byte[] encode(QuotaState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(out, state.hidden());
      write(out, state.marks().size());
      for (Mark mark : state.marks()) {
        write(out, mark.at());
        write(out, mark.used());
      }
      write(out, state.nodes().size());
      for (Map.Entry<String, NodeCount> node : state.nodes().entrySet()) {
        out.writeUTF(node.getKey());
        NodeCount count = node.getValue();
        out.writeBoolean(count.heard());
        write(out, count.leased());
        write(out, count.returned());
        writeDays(out, count.days());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Those before a node was first used are not written. */
  private static void writeDays(DataOutputStream out, long[] days) throws IOException {
    int first = 0;
    while (first < days.length && days[first] == 0) {
      first++;
    }
    write(out, days.length);
    write(out, first);
    for (int day = first; day < days.length; day++) {
      write(out, days[day]);
    }
  }

  static QuotaState decode(byte[] encoded) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      if (in.readByte() != VERSION) {
        throw new IllegalArgumentException("no quota of version " + VERSION);
      }
      long hidden = read(in);
      List<Mark> marks = new ArrayList<>();
      for (int left = size(in, QuotaState.MOST_MARKS); left > 0; left--) {
        marks.add(new Mark(read(in), read(in)));
      }
      Map<String, NodeCount> nodes = new TreeMap<>();
      for (int left = size(in, QuotaState.MOST_NODES); left > 0; left--) {
        nodes.put(in.readUTF(), count(in));
      }
      return new QuotaState(hidden, nodes, List.copyOf(marks));
    } catch (IOException e) {
      throw new IllegalArgumentException("a quota that ends too early", e);
    }
  }

  private static NodeCount count(DataInputStream in) throws IOException {
    boolean heard = in.readBoolean();
    long leased = read(in);
    long returned = read(in);
    long[] days = new long[size(in, MOST_DAYS)];
    for (int day = size(in, days.length); day < days.length; day++) {
      days[day] = read(in);
    }
    return new NodeCount(heard, leased, returned, days);
  }

  private static int size(DataInputStream in, int most) throws IOException {
    long size = read(in);
    if (size < 0 || size > most) {
      throw new IllegalArgumentException("a quota with " + size + " where " + most + " may be");
    }
    return (int) size;
  }

  private static void write(DataOutputStream out, long number) throws IOException {
    long rest = number;
    while ((rest & -MORE) != 0) {
      out.writeByte((int) (rest & (MORE - 1)) | MORE);
      rest >>>= BITS;
    }
    out.writeByte((int) rest);
  }

  private static long read(DataInputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      int next = in.readByte();
      number |= (long) (next & (MORE - 1)) << shift;
      if ((next & MORE) == 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number that does not end");
  }
}
