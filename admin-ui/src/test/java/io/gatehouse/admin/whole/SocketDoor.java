package io.gatehouse.admin.whole;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.admin.awsface.ManagementApi.Answered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole house behind a real socket, for the vendor's own clients. */
public final class SocketDoor implements AutoCloseable {

  /** A request as the client sent it. */
  public record Sent(String verb, String path, String target, int status) {}

  private final WholeHouse house = new WholeHouse();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  public SocketDoor() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  public WholeHouse house() {
    return house;
  }

  /** In the order in which they came. */
  public List<Sent> sent() {
    return sent;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    String path = exchange.getRequestURI().getRawPath();
    Answered answer =
        house
            .api()
            .signed(
                exchange.getRequestMethod(),
                path,
                query == null ? "" : query,
                exchange.getRequestHeaders(),
                exchange.getRequestBody());
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    sent.add(new Sent(exchange.getRequestMethod(), path, target, answer.status()));
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    boolean empty = answer.status() == 204 || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) {
      exchange.getResponseBody().write(answer.body());
    }
    exchange.close();
  }

  @Override
  public void close() throws Exception {
    server.stop(0);
    house.close();
  }
}
