package io.gatehouse.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Port ranges that nobody uses, so that two runs on one machine do not meet. */
final class Ports {

  private static final int FIRST = 21_000;
  private static final int LAST = 29_000;
  private static final int RANGE = 50;

  private Ports() {}

  /**
   * A base for GATEHOUSE_PORT_BASE: it and the ports above it that an installation takes are free
   * now.
   */
  static int freeBase() {
    for (int base = FIRST; base < LAST; base += 100) {
      if (allFree(base)) {
        return base;
      }
    }
    throw new IllegalStateException("no free ports from " + FIRST + " to " + LAST);
  }

  /** Does anything listen on a loopback port? */
  static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean allFree(int base) {
    for (int port = base; port < base + RANGE; port++) {
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        probe.setReuseAddress(true);
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
