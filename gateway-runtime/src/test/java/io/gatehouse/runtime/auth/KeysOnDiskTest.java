package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.SampleIssuer.silent;
import static io.gatehouse.runtime.auth.SampleIssuer.taken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.exchange.IssuerStatus;
import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that outlive the node, and files that are not what they were. */
class KeysOnDiskTest {

  @TempDir Path directory;
  private PoolNode node;

  @BeforeEach
  void start() {
    node = new PoolNode(directory);
  }

  private IssuerStatus status() {
    return node.issuers.statuses().getFirst();
  }

  @Test
  void aNodeThatStartsAloneHasTheKeysOnItsDisk() {
    String token = taken(node);
    node.pass(Duration.ofHours(23));
    node.start();
    assertNull(silent(node, token).reason());
    assertEquals(Duration.ofHours(23).toMillis(), status().ageMillis());
    node.pass(Duration.ofHours(1).plusMillis(1));
    assertEquals(Reason.ISSUER_KEYS_TOO_OLD, silent(node, token).reason());
  }

  @Test
  void keysOnDiskThatAreTooOldAreGone() throws IOException {
    String token = taken(node);
    node.pass(PoolNode.MAX_AGE.plusMillis(1));
    node.start();
    assertEquals(0, files().size());
    assertEquals(Reason.ISSUER_UNREACHABLE, silent(node, token).reason());
  }

  @Test
  void damagedKeysOnDiskCountAsNone() throws IOException {
    String token = taken(node);
    Path file = files().getFirst();
    String good = Files.readString(file);
    for (String bad :
        List.of(
            "",
            good.substring(0, good.length() / 2),
            good.replace("eu-1_Pool", "eu-1_Pule"),
            good + " ",
            good.replaceFirst("\n", ""),
            "x".repeat(400_000))) {
      Files.writeString(file, bad);
      node.start();
      assertEquals(Reason.ISSUER_UNREACHABLE, silent(node, token).reason());
      assertFalse(Files.exists(file));
    }
    Files.writeString(file, good);
    node.start();
    assertNull(silent(node, token).reason());
  }

  @Test
  void aWriteThatWasCutOffLeavesTheLastWholeOne() throws IOException {
    String token = taken(node);
    Path begun = directory.resolve("0000.begun");
    Files.writeString(begun, "half");
    node.start();
    assertFalse(Files.exists(begun));
    assertNull(silent(node, token).reason());
  }

  @Test
  void keysOnDiskAreOnlyForTheIssuerTheyAreFrom() {
    String token = taken(node);
    UserPoolSnapshot pool = PoolNode.pool(PoolNode.POOL);
    node.put(
        new UserPoolSnapshot(
            2,
            pool.account(),
            pool.poolId(),
            pool.issuer(),
            Optional.of("https://issuer.example/elsewhere"),
            pool.clients(),
            pool.algorithms()));
    node.start();
    assertEquals(Reason.ISSUER_UNREACHABLE, silent(node, token).reason());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
