package io.gatehouse.model.observed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Bytes that are mostly zeros, made small. */
final class Packed {

  /** Something that is written. */
  @FunctionalInterface
  interface Content {
    void write(DataOutput out) throws IOException;
  }

  private Packed() {}

  static byte[] bytes(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  static DataInput input(byte[] bytes) {
    return new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)));
  }
}
