package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.cluster.Members.Load;
import io.gatehouse.runtime.cluster.Members.Tally;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes in processes of their own, and requests at ten times the limit. {@link
 * ClusterLimitsBench} does so at length.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LimitsAcrossProcessesTest {

  private static final int NODES = 3;
  private static final int LAST = NODES - 1;
  private static final int CALLERS = 64;
  private static final int RATE = 300;
  private static final int BURST = 150;
  private static final int EVERY_MICROS = 1_000_000 * CALLERS / (RATE * 10);

  @TempDir static Path folder;
  private static Members members;

  @BeforeAll
  static void start() throws Exception {
    members = new Members(folder, NODES).start();
    members.run(new Load("warm-up", RATE, BURST, 0, CALLERS, EVERY_MICROS, 2_000));
  }

  @AfterAll
  static void stop() throws Exception {
    members.close();
  }

  private static Load quota(String key, long limit, long millis) {
    return new Load(key, 0, 0, limit, CALLERS, EVERY_MICROS, millis);
  }

  private static long passed(Tally tally) {
    return tally.admitted() + tally.late();
  }

  @Test
  @Order(1)
  void nodesTogetherLetPassTheRateAndTheBurst() throws Exception {
    long millis = 3_000;
    Tally tally = members.run(new Load("throttle", RATE, BURST, 0, CALLERS, EVERY_MICROS, millis));
    long allowed = RATE * millis / 1000 + BURST;
    // On a machine that is too busy for an owner to answer in time, nodes serve on.
    assertTrue(
        tally.admitted() - tally.ownShare() <= allowed * 1.01, () -> tally + " of " + allowed);
    assertTrue(tally.admitted() >= allowed * 0.9, () -> tally + " of " + allowed);
  }

  @Test
  @Order(2)
  void aQuotaIsUsedUpToTheLastRequestAndNotBeyond() throws Exception {
    Tally tally = members.run(quota("exact", 1_000, 2_500));
    assertEquals(1_000, passed(tally), tally::toString);
    assertEquals(0, tally.unreachable());
    members.awaitUsed("exact", 1_000);
  }

  @Test
  @Order(3)
  void whatANodeHadCountedSurvivesItsDeath() throws Exception {
    Load load = quota("killed", 1_000, 3_000);
    members.begin(load);
    members.awaitUsed("killed", 100, 900);
    members.kill(LAST);
    Tally tally = members.end(load);
    members.restart(LAST);
    members.awaitMembers(NODES);
    Tally rest = members.run(quota("killed", 1_000, 2_000));
    long all = passed(tally) + passed(rest);
    assertTrue(all <= 1_000, () -> tally + " and " + rest);
    // A caller may have died between its being counted and its hearing of it.
    members.awaitUsed("killed", all, all + CALLERS / NODES);
  }

  @Test
  @Order(4)
  void aNodeThatIsPausedGetsNothingTwice() throws Exception {
    Load load = quota("paused", 20_000, 8_000);
    members.begin(load);
    members.awaitUsed("paused", 100, 20_000);
    members.pause(LAST);
    members.awaitMembers(0, NODES - 1);
    members.resume(LAST);
    Tally tally = members.end(load);
    members.awaitMembers(NODES);
    assertTrue(passed(tally) <= 20_000, tally::toString);
    members.awaitUsed("paused", passed(tally));
  }

  @Test
  @Order(5)
  void inASplitNothingIsGrantedTwiceAndCountsAgreeWhenItHeals() throws Exception {
    Load load = quota("split", 6_000, 9_000);
    members.begin(load);
    members.awaitUsed("split", 100, 5_000);
    members.cutOff(Set.of(LAST));
    members.awaitMembers(0, NODES - 1);
    members.awaitMembers(LAST, 1);
    members.heal();
    Tally tally = members.end(load);
    members.awaitMembers(NODES);
    assertTrue(passed(tally) <= 6_000, tally::toString);
    members.awaitUsed("split", passed(tally));
    members.awaitHeard();
  }

  @Test
  @Order(6)
  void nothingIsGrantedAgainWhenAllWereKilledAtOnce() throws Exception {
    Load load = quota("all", 2_000, 3_000);
    members.begin(load);
    members.awaitUsed("all", 100, 1_500);
    for (int node = 0; node < NODES; node++) {
      members.kill(node);
    }
    Tally before = members.end(load);
    for (int node = 0; node < NODES; node++) {
      members.restart(node);
    }
    members.awaitMembers(NODES);
    Tally after = members.run(quota("all", 2_000, 3_000));
    assertTrue(passed(before) > 0, before::toString);
    long all = passed(before) + passed(after);
    assertTrue(all <= 2_000, () -> before + " and " + after);
    // What owners had granted and nodes had not heard of is not granted again, nor is it used. And
    // a caller may have died between its being counted and its hearing of it.
    members.awaitUsed("all", all, all + CALLERS);
  }
}
