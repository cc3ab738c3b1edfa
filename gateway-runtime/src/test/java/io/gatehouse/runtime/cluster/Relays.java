package io.gatehouse.runtime.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The network between members of one machine: each listens behind a relay, and relays know from the
 * port of a connection who calls. Where it is cut, bytes vanish and connections stay open, as when
 * a switch fails; new ones come to nothing.
 */
final class Relays implements AutoCloseable {

  private static final int OWN_PORTS = 60;
  private static final int CLUSTER_PORTS = 400;
  private static final int FIRST_PORT = 20_000;

  /** Those from here on the system gives to whoever asks for any. */
  private static final int LAST_PORT = 32_000;

  private static final int CLUSTERS = 15;
  private static final int BYTES = 1 << 16;

  private record Link(int from, int to, Socket in, Socket out) {
    void close() {
      for (Socket socket : List.of(in, out)) {
        try {
          socket.close();
        } catch (IOException e) {
          // it was closed
        }
      }
    }
  }

  private final int base;
  private final int members;
  private final List<ServerSocket> doors = new ArrayList<>();
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private volatile Set<Integer> cutOff = Set.of();

  private Relays(int base, int members) throws IOException {
    this.base = base;
    this.members = members;
    try {
      for (int member = 0; member < members; member++) {
        new ServerSocket(port(member)).close();
        new ServerSocket(doorPort(member)).close();
        doors.add(new ServerSocket(relayPort(member), 50, InetAddress.getByName("127.0.0.1")));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
    for (int member = 0; member < members; member++) {
      ServerSocket door = doors.get(member);
      int to = member;
      Thread.ofPlatform().daemon().start(() -> accept(door, to));
    }
  }

  /** Takes ports that are free now: of members, of their relays, of what members call from. */
  static Relays between(int members) throws IOException {
    int first = FIRST_PORT + (int) (ProcessHandle.current().pid() % CLUSTERS) * CLUSTER_PORTS;
    for (int base = first; base < LAST_PORT - CLUSTER_PORTS; base += CLUSTER_PORTS) {
      try {
        return new Relays(base, members);
      } catch (BindException e) {
        // somebody has one of them
      }
    }
    throw new IOException("no ports are free between " + first + " and " + LAST_PORT);
  }

  /** Where the member itself listens. */
  int port(int member) {
    return base + member;
  }

  /** Where the others reach it. */
  int relayPort(int member) {
    return base + members + member;
  }

  /** From which ports it calls others. */
  String outboundPorts(int member) {
    int first = firstOutbound(member);
    return first + "-" + (first + OWN_PORTS - 1);
  }

  /** Where the front door of a node may listen. */
  int doorPort(int member) {
    return firstOutbound(members) + member;
  }

  private int firstOutbound(int member) {
    return base + 2 * members + member * OWN_PORTS;
  }

  /** From now on these hear nothing of the others, nor the others of them. */
  void cutOff(Set<Integer> side) {
    cutOff = Set.copyOf(side);
  }

  /** What was cut is connected anew. */
  void heal() {
    Set<Integer> side = cutOff;
    cutOff = Set.of();
    for (Link link : links) {
      if (side.contains(link.from) != side.contains(link.to)) {
        link.close();
      }
    }
  }

  private boolean isCut(int from, int to) {
    return cutOff.contains(from) != cutOff.contains(to);
  }

  private void accept(ServerSocket door, int to) {
    try {
      while (true) {
        Socket in = door.accept();
        int from = (in.getPort() - firstOutbound(0)) / OWN_PORTS;
        if (isCut(from, to)) {
          in.close();
        } else {
          Thread.ofPlatform().daemon().start(() -> relay(in, from, to));
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void relay(Socket in, int from, int to) {
    Link link = null;
    try {
      Socket out = new Socket();
      link = new Link(from, to, in, out);
      links.add(link);
      out.connect(new InetSocketAddress("127.0.0.1", port(to)), 2_000);
      in.setTcpNoDelay(true);
      out.setTcpNoDelay(true);
      Link both = link;
      Thread.ofPlatform().daemon().start(() -> pump(both, in, out));
      pump(both, out, in);
    } catch (IOException e) {
      if (link != null) {
        link.close();
        links.remove(link);
      }
    }
  }

  private void pump(Link link, Socket from, Socket to) {
    byte[] bytes = new byte[BYTES];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (!isCut(link.from, link.to)) {
          out.write(bytes, 0, n);
        }
      }
    } catch (IOException e) {
      // the other side is closed below
    }
    link.close();
    links.remove(link);
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket door : doors) {
      door.close();
    }
    links.forEach(Link::close);
  }
}
