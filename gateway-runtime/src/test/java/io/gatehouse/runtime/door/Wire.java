package io.gatehouse.runtime.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A caller that sends bytes in pieces of its own choosing and reads until it is hung up on. */
final class Wire {

  private Wire() {}

  /**
   * All that came back. Writing goes on beside the reading and may fail: whoever refuses need not
   * hear all of it.
   */
  static String exchange(int port, byte[] bytes, int piece) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      Thread writer = Thread.ofVirtual().start(() -> write(socket, bytes, piece));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      in.transferTo(answer);
      writer.interrupt();
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private static void write(Socket socket, byte[] bytes, int piece) {
    try {
      for (int at = 0; at < bytes.length; at += piece) {
        socket.getOutputStream().write(bytes, at, Math.min(piece, bytes.length - at));
        socket.getOutputStream().flush();
        Thread.yield();
      }
    } catch (IOException e) {
      // it has heard enough
    }
  }

  /** The answers in what came back, by their Content-Length. */
  static List<String> answers(String received) {
    List<String> answers = new ArrayList<>();
    int at = 0;
    while (at < received.length()) {
      int head = received.indexOf("\r\n\r\n", at);
      if (head < 0 || !received.startsWith("HTTP/1.", at)) {
        throw new AssertionError("no answer: " + received.substring(at));
      }
      int length = 0;
      for (String line : received.substring(at, head).split("\r\n")) {
        if (line.toLowerCase().startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      int end = head + 4 + length;
      answers.add(received.substring(at, end));
      at = end;
    }
    return answers;
  }

  static String status(String answer) {
    return answer.substring(9, 12);
  }
}
