package io.gatehouse.runtime.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.backend.NameService;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Ways to write where tenants may not go, each compiled into a stage and called: a server that
 * listens on every address of this machine is never connected to. The lines of {@code
 * forbidden-addresses.txt} say what becomes of each: {@code invalid} is refused when compiled,
 * {@code unknown} is no address, {@code forbidden} is one that the guard refuses.
 */
class ForbiddenAddressTest {

  private static final Map<String, Reason> OUTCOMES =
      Map.of(
          "invalid", Reason.ENDPOINT_INVALID,
          "unknown", Reason.BACKEND_ADDRESS_UNKNOWN,
          "forbidden", Reason.BACKEND_ADDRESS_FORBIDDEN);

  private static final Map<String, String> NAMES =
      Map.of(
          "private.test", "192.168.7.7",
          "metadata.test", "169.254.169.254",
          "mapped.test", "::ffff:127.0.0.1",
          "sixtofour.test", "2002:7f00:1::1",
          "nat64.test", "64:ff9b::7f00:1",
          "ula.test", "fd00:ec2::254",
          "linklocal.test", "fe80::1",
          "mixed-all-bad.test", "10.0.0.1 ::1 127.0.0.1");

  private static ServerSocket server;
  private static final BlockingQueue<InetAddress> accepted = new LinkedBlockingQueue<>();
  private static Door strict;
  private static int number;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    server = new ServerSocket(0, 50);
    Thread.ofVirtual().start(ForbiddenAddressTest::accept);
    strict = Door.asking("", ForbiddenAddressTest::stub);
  }

  @AfterAll
  static void close() throws Exception {
    strict.close();
    server.close();
  }

  @AfterEach
  void closeDoors() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private static void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        accepted.add(socket.getLocalAddress());
        socket.getInputStream().read(new byte[4096]);
        socket
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes());
      } catch (IOException e) {
        // the server is closed, or the caller gone
      }
    }
  }

  /** Numbers are read by the system, names by a table; nothing leaves this machine. */
  private static InetAddress[] stub(String host) throws UnknownHostException {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
    if (name.matches("[0-9a-fx.:]+")) {
      return InetAddress.getAllByName(host);
    }
    String addresses = NAMES.get(name);
    if (addresses == null && name.matches("(.*\\.)?(localhost|localhost\\.[a-z]+|ip6-.*)")) {
      addresses = "127.0.0.1 ::1";
    }
    if (addresses == null && name.endsWith(".nip.test")) {
      addresses = name.contains("169.254") ? "169.254.169.254" : "127.0.0.1";
    }
    if (addresses == null) {
      throw new UnknownHostException(host);
    }
    List<InetAddress> found = new ArrayList<>();
    for (String one : addresses.split(" ")) {
      found.add(InetAddress.getByName(one));
    }
    return found.toArray(InetAddress[]::new);
  }

  private static List<String[]> table() throws IOException {
    List<String[]> table = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/forbidden-addresses.txt"))) {
      if (!line.startsWith("# ")) {
        table.add(line.split(" ", 2));
      }
    }
    return table;
  }

  private static String unescape(String text) {
    return text.replace("\\s", " ")
        .replace("\\t", "\t")
        .replace("\\u00ad", "\u00ad")
        .replace("\\u200b", "\u200b")
        .replace("\\\\", "\\");
  }

  @Test
  void thereAreManyOfThem() throws IOException {
    assertTrue(table().size() >= 150, "spellings");
  }

  @TestFactory
  Stream<DynamicTest> noSpellingReachesWhatIsForbidden() throws IOException {
    return table().stream()
        .map(row -> dynamicTest(row[1], () -> assertNotReached(row[0], unescape(row[1]))));
  }

  private static void assertNotReached(String outcome, String spelling) throws Exception {
    String id = "f" + ++number;
    String uri = "http://" + spelling + ":" + server.getLocalPort() + "/";
    strict.serve(SampleApi.api(id, "dev").proxy("GET", "/x", uri).snapshot(1));
    strict.get("/_aws/execute-api/" + id + "/dev/x");
    Exchange x = strict.exchange();
    assertEquals(500, x.status());
    assertEquals(OUTCOMES.get(outcome), x.refusal().reason(), x.refusal().detail());
    assertEquals(0, accepted.size(), "connections");
  }

  /** The same where the caller may choose the host, by a parameter that is mapped into the URI. */
  @Test
  void norDoesOneThatTheCallerChooses() throws Exception {
    String uri = "http://{host}:" + server.getLocalPort() + "/";
    strict.serve(
        SampleApi.api("chosen0001", "dev")
            .method("GET", "/{host}", SampleApi.proxyMethod("/{host}", uri).build())
            .snapshot(1));
    for (String[] row : table()) {
      String host = unescape(row[1]);
      if (host.matches("[!-~&&[^/?#\\\\%{}\\[\\]\"<>^`|]]+")) {
        strict.get("/_aws/execute-api/chosen0001/dev/" + host);
        Exchange x = strict.exchange();
        assertTrue(
            x.status() == 500 && OUTCOMES.containsValue(x.refusal().reason())
                || x.status() == 403 && x.refusal().reason() == Reason.ROUTE_NOT_FOUND,
            () -> host + " " + x.status() + " " + x.refusal());
        assertEquals(0, accepted.size(), host);
      }
    }
  }

  /** Without this the others might pass for no good reason. */
  @Test
  void whatTheOperatorAllowsIsReached() throws Exception {
    Door door = asking(host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")});
    serve(door, "allowed.test");
    assertTrue(get(door).startsWith("HTTP/1.1 200 "));
    assertEquals("127.0.0.1", accepted.poll(10, TimeUnit.SECONDS).getHostAddress());
  }

  /** The name leads elsewhere the second time it is asked for; what was judged is connected to. */
  @Test
  void aNameThatChangesItsMindReachesNothingMore() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    List<String> answers = List.of("127.0.0.1", "127.0.0.2", "127.0.0.2 127.0.0.1 ::1");
    Door door =
        asking(
            host -> {
              String found = answers.get(Math.min(asked.getAndIncrement(), 2));
              List<InetAddress> all = new ArrayList<>();
              for (String one : found.split(" ")) {
                all.add(InetAddress.getByName(one));
              }
              return all.toArray(InetAddress[]::new);
            });
    serve(door, "rebinding.test");
    for (int i = 0; i < 5; i++) {
      assertTrue(get(door).startsWith("HTTP/1.1 200 "));
    }
    assertEquals(1, asked.get(), "asked once for all of them");
    resolvedAnew(door, asked, 2);
    String refused = get(door);
    assertTrue(refused.contains("\r\nx-gatehouse-reason: BACKEND_ADDRESS_FORBIDDEN\r\n"), refused);
    resolvedAnew(door, asked, 3);
    for (int i = 0; i < 20; i++) {
      assertTrue(get(door).startsWith("HTTP/1.1 200 "), "those that are forbidden are left out");
    }
    List<InetAddress> reached = new ArrayList<>();
    accepted.drainTo(reached);
    for (InetAddress address : reached) {
      assertEquals("127.0.0.1", address.getHostAddress());
    }
  }

  private Door asking(NameService names) throws Exception {
    Door door = Door.asking("127.0.0.1/32:" + server.getLocalPort(), names);
    open.add(door);
    return door;
  }

  private static void serve(Door door, String host) {
    String uri = "http://" + host + ":" + server.getLocalPort() + "/";
    door.serve(SampleApi.api("abc123", "dev").proxy("GET", "/x", uri).snapshot(1));
  }

  private static String get(Door door) throws Exception {
    String answer = door.get("/_aws/execute-api/abc123/dev/x");
    door.exchange();
    return answer;
  }

  /** Lets what is remembered grow old, and waits until the name has been asked for again. */
  private static void resolvedAnew(Door door, AtomicInteger asked, int times) throws Exception {
    door.ahead.addAndGet(TimeUnit.SECONDS.toNanos(16));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    String before = get(door);
    String after = before;
    while (asked.get() < times || status(after).equals(status(before))) {
      assertTrue(System.nanoTime() < end, "what it resolves to now is not used");
      after = get(door);
    }
  }

  private static String status(String answer) {
    return answer.substring(0, answer.indexOf("\r\n"));
  }
}
