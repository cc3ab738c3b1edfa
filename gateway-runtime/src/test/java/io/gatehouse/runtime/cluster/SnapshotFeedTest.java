package io.gatehouse.runtime.cluster;

import static io.gatehouse.runtime.SampleApi.ACCOUNT;
import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.BasePath;
import io.gatehouse.model.snapshot.Snapshot.Catalog;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.Tombstone;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.compile.LiveSnapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFeedTest {

  @TempDir Path directory;
  private final List<Long> times = new ArrayList<>();
  private LiveSnapshots live = new LiveSnapshots();

  private SnapshotFeed feed() throws IOException {
    live = new LiveSnapshots();
    var clock = InstantSource.fixed(Instant.ofEpochMilli(42));
    return new SnapshotFeed(
        "n1",
        live,
        SampleApi.NO_BACKENDS,
        SampleApi.NO_AUTHORIZERS,
        new SnapshotDisk(directory),
        gone -> {},
        times::add,
        clock);
  }

  private static SampleApi sample() {
    return api("abc123", "dev").mock("GET", "/x", 200, "{}");
  }

  private static byte[] bytes(Snapshot snapshot) {
    return SnapshotCodec.encode(snapshot);
  }

  private List<Path> files() throws IOException {
    try (var list = Files.list(directory)) {
      return list.sorted().toList();
    }
  }

  @Test
  void theNewestRevisionIsServedWhateverTheOrderOfArrival() throws Exception {
    SnapshotFeed feed = feed();
    var second = sample().snapshot(2);
    assertEquals(2, feed.apply(second.key(), bytes(second)).orElseThrow().revision());
    assertTrue(feed.apply(second.key(), bytes(sample().snapshot(1))).isEmpty());
    assertTrue(feed.apply(second.key(), bytes(second)).isEmpty(), "said once");
    assertEquals(2, live.stages("abc123").get("dev").revision());
  }

  @Test
  void aTombstoneEndsWhatItNamesAndAnOlderCopyDoesNotComeBack() throws Exception {
    SnapshotFeed feed = feed();
    var stage = sample().snapshot(5);
    feed.apply(stage.key(), bytes(stage));
    var key = new KeySnapshot(5, ACCOUNT, "k", "ab".repeat(32), true, Set.of());
    feed.apply(key.key(), bytes(key));
    feed.apply(stage.key(), bytes(new Tombstone(stage.key(), 6)));
    feed.apply(key.key(), bytes(new Tombstone(key.key(), 6)));
    assertTrue(live.stages("abc123").isEmpty());
    assertNull(live.key(ACCOUNT, "ab".repeat(32)));
    assertTrue(feed.apply(stage.key(), bytes(stage)).isEmpty());
    SnapshotFeed restarted = feed();
    restarted.readDisk();
    assertTrue(live.stages("abc123").isEmpty());
  }

  @Test
  void aDomainIsKeptOnDiskAndItsNextOwnerTakesOverWhatTheFirstHad() throws Exception {
    SnapshotFeed before = feed();
    var first = domain(5, ACCOUNT, "pets000001");
    var next = domain(7, "999999999999", "shop000001");
    before.apply(first.key(), bytes(first));
    before.apply(next.key(), bytes(next));
    assertTrue(before.apply(first.key(), bytes(new Tombstone(first.key(), 6))).isEmpty());
    SnapshotFeed after = feed();
    after.readDisk();
    assertEquals(next, live.domain("api.example.com"));
    after.apply(next.key(), bytes(new Tombstone(next.key(), 8)));
    assertNull(live.domain("api.example.com"));
  }

  private static DomainSnapshot domain(long revision, String account, String apiId) {
    return new DomainSnapshot(
        revision,
        account,
        "api.example.com",
        Map.of(
            "", new BasePath(apiId, Optional.of("dev")),
            "pets", new BasePath(apiId, Optional.empty())));
  }

  @Test
  void aStageKeepsItsSealedCertificate() throws Exception {
    var certificate = new SealedCertificate("c1", "public", "sealed");
    var stage = sample().certificate(certificate).snapshot(1);
    var read = (StageSnapshot) SnapshotCodec.decode(bytes(stage));
    assertEquals(Optional.of(certificate), read.certificate());
    assertEquals(
        Optional.empty(),
        ((StageSnapshot) SnapshotCodec.decode(bytes(sample().snapshot(1)))).certificate());
  }

  @Test
  void aRestartedNodeServesFromItsDiskWhatItServedBefore() throws Exception {
    SnapshotFeed before = feed();
    var stage = sample().snapshot(7);
    before.apply(stage.key(), bytes(stage));
    before.apply(Catalog.KEY, bytes(new Catalog(8, 1, 77)));
    SnapshotFeed after = feed();
    assertFalse(after.hasCatalog());
    after.readDisk();
    assertTrue(after.hasCatalog());
    assertEquals(List.of(77L), times, "what lies on the disk is no news of the time");
    assertEquals(7, live.stages("abc123").get("dev").revision());
    assertEquals(Set.of(stage.key(), Catalog.KEY), after.everything().keySet());
    assertTrue(after.apply(stage.key(), bytes(sample().snapshot(6))).isEmpty());
  }

  @Test
  void aHalfWrittenFileIsPutAsideAndTheOthersAreServed() throws Exception {
    SnapshotFeed before = feed();
    var dev = sample().snapshot(1);
    var prod = api("abc123", "prod").mock("GET", "/x", 200, "{}").snapshot(1);
    before.apply(dev.key(), bytes(dev));
    Path devFile = files().getFirst();
    before.apply(prod.key(), bytes(prod));
    byte[] whole = Files.readAllBytes(devFile);
    Files.write(devFile, Arrays.copyOf(whole, whole.length / 2));
    Files.write(directory.resolve("0000.snapshot.begun"), new byte[] {1, 2, 3});
    Files.writeString(directory.resolve("ffff.snapshot"), "nonsense");
    SnapshotFeed after = feed();
    after.readDisk();
    assertEquals(Set.of("prod"), live.stages("abc123").keySet());
    List<String> names = files().stream().map(f -> f.getFileName().toString()).toList();
    assertEquals(2, names.stream().filter(n -> n.endsWith(".damaged")).count(), names.toString());
    assertTrue(names.stream().noneMatch(n -> n.endsWith(".begun")), names.toString());
    after.apply(dev.key(), bytes(dev));
    assertEquals(Set.of("dev", "prod"), live.stages("abc123").keySet());
  }

  @Test
  void everyByteCutOffOrChangedIsNoticed() throws Exception {
    byte[] whole = bytes(sample().snapshot(1));
    for (int i = 0; i < whole.length; i++) {
      byte[] cut = Arrays.copyOf(whole, i);
      assertUnreadable(cut, "cut at " + i);
    }
    int body = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 30;
    byte[] changed = whole.clone();
    changed[body] ^= 0x10;
    assertUnreadable(changed, "changed at " + body);
  }

  private static void assertUnreadable(byte[] bytes, String how) {
    try {
      SnapshotCodec.decode(bytes);
    } catch (SnapshotCodec.UnreadableSnapshot e) {
      return;
    }
    throw new AssertionError("read as if whole: " + how);
  }

  @Test
  void filesAreForTheirOwnerOnly() throws Exception {
    SnapshotFeed feed = feed();
    var stage = sample().snapshot(1);
    feed.apply(stage.key(), bytes(stage));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())));
  }

  @Test
  void aSnapshotOfANewerFormatOrUnderAForeignKeyIsNotTaken() throws Exception {
    SnapshotFeed feed = feed();
    var stage = sample().snapshot(1);
    String text =
        new String(bytes(stage), StandardCharsets.ISO_8859_1)
            .replaceFirst("gatehouse 1", "gatehouse 9");
    var word = feed.apply(stage.key(), text.getBytes(StandardCharsets.ISO_8859_1)).orElseThrow();
    assertTrue(word.failure().orElseThrow().contains("newer"), word.toString());
    assertTrue(
        feed.apply("stage/" + ACCOUNT + "/other/dev", bytes(stage))
            .orElseThrow()
            .failure()
            .isPresent());
    assertTrue(live.stages("abc123").isEmpty());
  }
}
