package io.gatehouse.operate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A backend that takes every request and never answers, for measuring who waits for whom. */
public final class SilentServer {

  private static final int BACKLOG = 4096;

  private SilentServer() {}

  /** Takes the ports, on loopback. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      System.err.println("usage: SilentServer PORT...");
      System.exit(2);
    }
    for (String port : arguments) {
      ServerSocket server = new ServerSocket();
      server.bind(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), BACKLOG);
      Thread.ofPlatform().start(() -> accept(server));
    }
  }

  private static void accept(ServerSocket server) {
    try (server) {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> swallow(socket));
      }
    } catch (IOException e) {
      System.err.println("no longer listening: " + e.getMessage());
    }
  }

  private static void swallow(Socket socket) {
    byte[] bytes = new byte[1024];
    try (socket) {
      while (socket.getInputStream().read(bytes) >= 0) {
        // it says nothing
      }
    } catch (IOException e) {
      // the caller is gone
    }
  }
}
