package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.door.RawBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend whose answers are numbered, so that a kept one can be told from a new one. */
final class CountingBackend implements AutoCloseable {

  final AtomicInteger calls = new AtomicInteger();
  final RawBackend raw;

  CountingBackend() throws IOException {
    raw = new RawBackend((head, out, socket) -> out.write(next()));
  }

  private byte[] next() {
    return answer("answer " + calls.incrementAndGet());
  }

  static byte[] answer(String body) {
    return answer("200 OK", "", body);
  }

  static byte[] answer(String status, String headers, String body) {
    return ("HTTP/1.1 "
            + status
            + "\r\n"
            + headers
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  String url() {
    return raw.url();
  }

  String egress() {
    return "127.0.0.1/32:" + raw.port();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
