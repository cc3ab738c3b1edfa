package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.impl.MemberImpl;
import com.hazelcast.version.MemberVersion;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.limit.Side;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MembershipTest {

  private long nanos = 1_000;
  private final Membership membership = new Membership(() -> nanos, Duration.ofSeconds(10));
  private final Set<Member> here = new LinkedHashSet<>();
  private final Member a = member("a");
  private final Member b = member("b");
  private final Member c = member("c");

  private static Member member(String name) {
    try {
      return new MemberImpl.Builder(new Address("127.0.0.1", 5701))
          .version(MemberVersion.UNKNOWN)
          .uuid(UUID.randomUUID())
          .attributes(Map.of(ClusterNames.NODE_NAME, name))
          .build();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void begin(Member... members) {
    here.addAll(List.of(members));
    membership.now(here);
  }

  private void comes(Member member) {
    here.add(member);
    membership.now(here);
  }

  private void vanishes(Member member) {
    here.remove(member);
    membership.gone(member, here);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void aNodeThatVanishedIsReckonedWithForTenMinutes() {
    begin(a, b, c);
    assertEquals(Side.whole(3), membership.side());

    vanishes(c);
    pass(Duration.ofSeconds(5));
    assertEquals(new Side(2, 3, 15_000, true), membership.side(), "it may have been silent before");

    pass(Duration.ofMinutes(10).minusSeconds(15));
    assertEquals(new Side(2, 3, 600_000, true), membership.side());
    pass(Duration.ofMillis(1));
    assertEquals(Side.whole(2), membership.side());
  }

  @Test
  void theFirstLossCountsAsLongAsItLasts() {
    begin(a, b, c);
    vanishes(c);
    pass(Duration.ofMinutes(6));
    vanishes(b);
    assertEquals(new Side(1, 3, 370_000, true), membership.side());

    pass(Duration.ofMinutes(5));
    assertEquals(new Side(1, 2, 310_000, true), membership.side());
  }

  @Test
  void aNodeThatStartsAgainIsBackByItsName() {
    begin(a, b, c);
    vanishes(c);
    comes(member("c"));
    assertEquals(Side.whole(3), membership.side());
  }

  @Test
  void aNodeThatLeftInOrderIsNotMissed() {
    List<UUID> gone = new ArrayList<>();
    membership.onVanished(gone::add);
    begin(a, b, c);
    vanishes(b);
    vanishes(c);
    assertEquals(List.of(b.getUuid(), c.getUuid()), gone);

    membership.left(c.getUuid());
    assertEquals(new Side(1, 2, 10_000, true), membership.side());
    membership.left(b.getUuid());
    assertEquals(Side.whole(1), membership.side());
  }

  @Test
  void whatWasSaidOfANodeIsNotHeldAgainstItsSuccessor() {
    begin(a, b);
    vanishes(b);
    Member successor = member("b");
    comes(successor);
    vanishes(successor);
    membership.left(b.getUuid());
    assertEquals(new Side(1, 2, 10_000, true), membership.side());
  }

  @Test
  void aMemberThatIsSilentCountsAsMissedUntilItIsHeard() {
    begin(a, b, c);
    for (Member member : here) {
      membership.heard(member.getUuid());
    }
    pass(Duration.ofMillis(1_500));
    membership.heard(a.getUuid());
    membership.heard(b.getUuid());
    assertEquals(Side.whole(3), membership.side());

    pass(Duration.ofMillis(1_500));
    assertEquals(new Side(2, 3, 3_000, true), membership.side());
    vanishes(c);
    assertEquals(new Side(2, 3, 3_000, true), membership.side(), "since it was heard");
    comes(c);
    membership.heard(c.getUuid());
    assertEquals(Side.whole(3), membership.side());
  }

  @Test
  void whoWasPausedItselfMissesEverybodyUntilTheyAreHeard() {
    begin(a, b, c);
    for (Member member : here) {
      membership.heard(member.getUuid());
    }
    pass(Duration.ofSeconds(30));
    membership.heard(a.getUuid());
    assertEquals(new Side(1, 3, 30_000, true), membership.side());
    membership.heard(b.getUuid());
    membership.heard(c.getUuid());
    assertEquals(Side.whole(3), membership.side());
  }

  @Test
  void aNodeOfBeforeThatNeverSpeaksIsNotMissed() {
    begin(a, b);
    pass(Duration.ofSeconds(30));
    assertEquals(Side.whole(2), membership.side());
  }

  @Test
  void everyChangeIsTold() {
    List<Side> told = new ArrayList<>();
    membership.onChange(() -> told.add(membership.side()));
    begin(a);
    comes(b);
    vanishes(b);
    assertEquals(List.of(Side.whole(1), Side.whole(2), new Side(1, 2, 10_000, true)), told);
  }
}
