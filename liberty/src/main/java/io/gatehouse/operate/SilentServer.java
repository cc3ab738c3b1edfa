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

  /** Takes the port, on loopback. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: SilentServer PORT");
      System.exit(2);
    }
    try (ServerSocket server = new ServerSocket()) {
      server.bind(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
          BACKLOG);
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> swallow(socket));
      }
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
