package io.gatehouse.runtime.sink;

import io.gatehouse.model.aws.DeliveryStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A line of an access log and the stream that it goes to, as they are kept.
 *
 * @param line in UTF-8, with a line break at its end, as the vendor sends it
 */
record StreamLine(DeliveryStream stream, byte[] line) {

  static byte[] write(DeliveryStream stream, String line) {
    byte[] name =
        (stream.region() + " " + stream.account() + " " + stream.name())
            .getBytes(StandardCharsets.US_ASCII);
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + name.length + text.length + 1)
        .put((byte) name.length)
        .put(name)
        .put(text)
        .put((byte) '\n')
        .array();
  }

  static StreamLine read(byte[] written) {
    ByteBuffer in = ByteBuffer.wrap(written);
    byte[] name = new byte[in.get() & 0xff];
    in.get(name);
    byte[] line = new byte[in.remaining()];
    in.get(line);
    String[] parts = new String(name, StandardCharsets.US_ASCII).split(" ");
    return new StreamLine(new DeliveryStream(parts[0], parts[1], parts[2]), line);
  }
}
