package io.gatehouse.runtime.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A backend that keeps the bytes it was sent and answers with bytes, so that nothing in between can
 * tidy them up.
 */
public final class RawBackend implements AutoCloseable {

  /** Answers one request on an open connection. */
  public interface Script {
    void answer(String head, OutputStream out, Socket socket) throws Exception;
  }

  public record Received(String head, byte[] body) {
    public String requestLine() {
      return head.substring(0, head.indexOf("\r\n"));
    }
  }

  public final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private volatile Script script;

  public RawBackend(Script script) throws IOException {
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  public static Script answering(String response) {
    return (head, out, socket) -> out.write(response.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void script(Script next) {
    script = next;
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public Received next() throws InterruptedException {
    Received next = received.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("the backend was not called");
    }
    return next;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        received.add(new Received(head, body(head, in)));
        script.answer(head, socket.getOutputStream(), socket);
        socket.getOutputStream().flush();
      }
    } catch (Exception e) {
      // the connection is gone, which is what some tests are about
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (b == '\n' && head.toString().endsWith("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }

  private static byte[] body(String head, InputStream in) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("\r\ncontent-length: ");
    if (at >= 0) {
      return in.readNBytes(
          Integer.parseInt(lower.substring(at + 18, lower.indexOf("\r\n", at + 2)).strip()));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean more = lower.contains("\r\ntransfer-encoding: chunked");
    while (more) {
      int size = Integer.parseInt(line(in), 16);
      body.write(in.readNBytes(size));
      more = size > 0;
      while (!line(in).isEmpty()) {
        // a trailer
      }
    }
    return body.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("cut off");
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
