package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.model.seal.Seal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeStoreTest {

  private static final String ACCOUNT = "123456789012";
  private static final byte[] ZIP = new Zips().file("a", "one").bytes();

  @TempDir Path folder;
  private final AtomicInteger fetched = new AtomicInteger();

  private static String hash(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private CodeStore store(byte[] archive) throws IOException {
    return new CodeStore(
        folder.resolve("code"),
        (account, sha256, into) -> {
          fetched.incrementAndGet();
          Files.write(into, archive);
        });
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("code"))) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void codeIsFetchedOnceHoweverManyWantIt() throws Exception {
    CodeStore store = store(ZIP);
    String hash = hash(ZIP);
    List<Thread> threads = new ArrayList<>();
    CountDownLatch good = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  assertEquals("one", Files.readString(store.code(ACCOUNT, hash).resolve("a")));
                  good.countDown();
                } catch (IOException | InterruptedException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, good.getCount());
    assertEquals(1, fetched.get());
    assertEquals(List.of(hash), kept());
    store(ZIP).code(ACCOUNT, hash);
    assertEquals(1, fetched.get());
  }

  @Test
  void anArchiveOfAnotherHashIsNotUnpacked() throws Exception {
    String wanted = hash(new byte[] {1});
    String said =
        assertThrows(IOException.class, () -> store(ZIP).code(ACCOUNT, wanted)).getMessage();
    assertEquals("the archive " + wanted + " came with the hash " + hash(ZIP), said);
    assertEquals(List.of(), kept());
  }

  @Test
  void whatIsHalfDoneOrUnusedGoes() throws Exception {
    CodeStore store = store(ZIP);
    store.code(ACCOUNT, hash(ZIP));
    store.layers(ACCOUNT, List.of(hash(ZIP)));
    Files.createDirectories(folder.resolve("code/new-half/x"));
    assertEquals(3, kept().size());
    store(ZIP).keepOnly(Set.of(CodeStore.layersName(List.of(hash(ZIP)))));
    assertEquals(List.of(CodeStore.layersName(List.of(hash(ZIP)))), kept());
    assertEquals(Optional.empty(), store.layers(ACCOUNT, List.of()));
  }

  @Test
  void theControlPlaneGivesItToWhoeverHoldsTheNodeKey() throws Exception {
    Seal key = new Seal(new byte[Seal.KEY_BYTES]);
    String hash = hash(ZIP);
    String path = "/internal/functions/code/" + ACCOUNT + "/" + hash;
    byte[] tooMuch = new byte[1 << 20];
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String shown = exchange.getRequestHeaders().getFirst("x-gatehouse-node");
          boolean ours =
              key.open("function-code " + ACCOUNT + " " + hash, shown)
                  .equals(Optional.of("1700000000"));
          boolean there = exchange.getRequestURI().getPath().equals(path);
          exchange.sendResponseHeaders(ours && there ? 200 : there ? 403 : 200, 0);
          try (var out = exchange.getResponseBody()) {
            for (int i = 0; !there && i < 51; i++) {
              out.write(tooMuch);
            }
            out.write(ZIP);
          }
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Path into = folder.resolve("into");
      source(url, Optional.of(key)).fetch(ACCOUNT, hash, into);
      assertTrue(Arrays.equals(ZIP, Files.readAllBytes(into)));
      byte[] other = new byte[Seal.KEY_BYTES];
      other[0] = 1;
      assertSaid("answers 403", url, Optional.of(new Seal(other)), hash);
      assertSaid("GATEHOUSE_NODE_KEY is not set", url, Optional.empty(), hash);
      assertSaid("larger than 50 MB", url, Optional.of(key), hash(new byte[0]));
    } finally {
      server.stop(0);
    }
    assertFalse(Files.exists(folder.resolve("code")));
  }

  private static ControlPlaneCode source(String url, Optional<Seal> key) {
    return new ControlPlaneCode(
        url, key, new SecureRandom(), () -> Instant.ofEpochSecond(1_700_000_000));
  }

  private void assertSaid(String what, String url, Optional<Seal> key, String hash) {
    String said =
        assertThrows(
                IOException.class,
                () -> source(url, key).fetch(ACCOUNT, hash, folder.resolve("other")))
            .getMessage();
    assertTrue(said.contains(what), said);
  }
}
