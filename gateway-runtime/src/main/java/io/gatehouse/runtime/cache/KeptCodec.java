package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.cache.Kept.Facts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Kept answers as bytes: version, flags and facts, then the answer itself, in gzip where that
 * saves, or sealed. A sealed one is never compressed, for its length would tell of its content.
 */
final class KeptCodec {

  private static final int VERSION = 1;
  private static final int SEALED = 1;
  private static final int GZIP = 2;

  /** Shorter ones gain nothing. */
  private static final int WORTH_COMPRESSING = 1024;

  /** No kept answer comes near. */
  private static final int MOST_BYTES = 4 << 20;

  private static final int MOST_TEXT = 1 << 20;

  /** The bytes are no kept answer of this version, or not one of this key. */
  static final class Unreadable extends Exception {
    Unreadable(String message) {
      super(message, null, false, false);
    }
  }

  private KeptCodec() {}

  /** In the clear. */
  static byte[] encode(Facts facts, Answer answer) {
    byte[] content = content(answer);
    byte[] packed =
        content.length >= WORTH_COMPRESSING && facts.coding() == null ? gzip(content) : content;
    boolean smaller = packed.length < content.length - content.length / 8;
    return joined(facts(facts, smaller ? GZIP : 0, 0), smaller ? packed : content);
  }

  /** Sealed for its key. */
  static byte[] seal(Facts facts, Answer answer, CacheKey key, StageSeal seal, long nowMillis) {
    long period = StageSeal.period(nowMillis);
    byte[] head = facts(facts, SEALED, period);
    return joined(head, seal.close(period, content(answer), bound(key, head)));
  }

  /**
   * A kept answer that came from elsewhere.
   *
   * @param seal null where none is to be opened
   */
  static Kept decode(byte[] frame, CacheKey key, StageSeal seal, long nowMillis) throws Unreadable {
    Frame read = read(frame);
    if (!read.sealed()) {
      return new Kept(read.facts(), open(frame, read, key, null, nowMillis), null);
    }
    open(frame, read, key, seal, nowMillis); // what does not open is not kept
    return new Kept(read.facts(), null, frame);
  }

  /** The answer of a sealed one. */
  static Answer open(Kept kept, CacheKey key, StageSeal seal, long nowMillis) throws Unreadable {
    return open(kept.frame(), read(kept.frame()), key, seal, nowMillis);
  }

  /** What is known of it unopened. */
  static Facts factsOf(byte[] frame) throws Unreadable {
    return read(frame).facts();
  }

  private record Frame(Facts facts, boolean sealed, boolean packed, long period, int length) {}

  private static Answer open(byte[] frame, Frame read, CacheKey key, StageSeal seal, long nowMillis)
      throws Unreadable {
    byte[] head = Arrays.copyOf(frame, read.length());
    byte[] content = Arrays.copyOfRange(frame, read.length(), frame.length);
    if (read.sealed()) {
      if (seal == null || !StageSeal.isCurrent(read.period(), nowMillis)) {
        throw new Unreadable("sealed under a key that is not in use");
      }
      content = seal.open(read.period(), content, bound(key, head));
    }
    return answer(read.packed() ? gunzip(content) : content);
  }

  /** A sealed answer opens under its own key only, with its own facts. */
  private static byte[] bound(CacheKey key, byte[] head) {
    return joined(key.text().getBytes(StandardCharsets.UTF_8), head);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static byte[] facts(Facts facts, int flags, long period) {
    return written(
        out -> {
          out.writeByte(VERSION);
          out.writeByte(flags);
          out.writeLong(period);
          out.writeLong(facts.createdMillis());
          out.writeLong(facts.ttlMillis());
          out.writeLong(facts.staleMillis());
          out.writeInt(facts.backendMillis());
          text(out, facts.path());
          text(out, facts.resourcePath());
          text(out, facts.coding() == null ? "" : facts.coding());
          out.writeInt(facts.inputs().length);
          for (long mark : facts.inputs()) {
            out.writeLong(mark);
          }
        });
  }

  private static Frame read(byte[] frame) throws Unreadable {
    ByteArrayInputStream bytes = new ByteArrayInputStream(frame);
    try (DataInputStream in = new DataInputStream(bytes)) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new Unreadable("version " + version + " is not this node's " + VERSION);
      }
      int flags = in.readUnsignedByte();
      long period = in.readLong();
      Facts facts =
          new Facts(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readInt(),
              text(in),
              text(in),
              emptyToNull(text(in)),
              marks(in));
      return new Frame(
          facts,
          (flags & SEALED) != 0,
          (flags & GZIP) != 0,
          period,
          frame.length - bytes.available());
    } catch (IOException e) {
      throw new Unreadable("cut off");
    }
  }

  private static long[] marks(DataInputStream in) throws IOException, Unreadable {
    long[] marks = new long[bounded(in.readInt(), MOST_TEXT / 8)];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = in.readLong();
    }
    return marks;
  }

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static byte[] content(Answer answer) {
    return written(
        out -> {
          out.writeShort(answer.status());
          out.writeBoolean(answer.traced());
          out.writeInt(answer.headers().size());
          for (String field : answer.headers()) {
            text(out, field);
          }
          out.writeInt(answer.body().length);
          out.write(answer.body());
        });
  }

  private static Answer answer(byte[] content) throws Unreadable {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      int status = in.readUnsignedShort();
      boolean traced = in.readBoolean();
      int fields = bounded(in.readInt(), MOST_TEXT / 8);
      List<String> headers = new ArrayList<>(fields);
      for (int i = 0; i < fields; i++) {
        headers.add(text(in));
      }
      byte[] body = new byte[bounded(in.readInt(), MOST_BYTES)];
      in.readFully(body);
      if (headers.size() % 2 != 0 || in.read() >= 0) {
        throw new Unreadable("not whole");
      }
      return new Answer(status, List.copyOf(headers), body, traced);
    } catch (IOException e) {
      throw new Unreadable("cut off");
    }
  }

  private static int bounded(int number, int most) throws Unreadable {
    if (number < 0 || number > most) {
      throw new Unreadable("a length of " + number);
    }
    return number;
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException, Unreadable {
    byte[] bytes = new byte[bounded(in.readInt(), MOST_TEXT)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Writes into memory, which does not fail. */
  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) {
    return written(
        out -> {
          try (GZIPOutputStream coder = new GZIPOutputStream(out)) {
            coder.write(content);
          }
        });
  }

  private static byte[] gunzip(byte[] packed) throws Unreadable {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new Unreadable("too much is packed in it");
      }
      return content;
    } catch (IOException e) {
      throw new Unreadable("not whole");
    }
  }
}
