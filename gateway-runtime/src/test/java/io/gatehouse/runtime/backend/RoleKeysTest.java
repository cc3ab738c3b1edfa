package io.gatehouse.runtime.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.aws.AwsKeys;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoleKeysTest {

  private static final String ACCOUNT = "123456789012";
  private static final String ROLE = "arn:aws:iam::123456789012:role/api";
  private static final Seal SEAL = new Seal(new byte[Seal.KEY_BYTES]);

  private final List<AwsKeys> assumedBy = new ArrayList<>();

  private RoleKeys keys(Optional<Seal> seal) {
    Reach reach =
        new Reach(
            new EgressGuard(List.of()),
            seal,
            new LiveSnapshots(),
            AwsEndpoints.NONE,
            "",
            Functions.NONE,
            InstantSource.system());
    return new RoleKeys(
        reach,
        (question, by) -> {
          assumedBy.add(by);
          return Future.succeededFuture(
              new AssumedRole.Session(
                  new AwsKeys("ASSUMED", "a", Optional.of("t")),
                  Instant.now().plus(Duration.ofHours(1))));
        });
  }

  private static RoleAccess role(String name, boolean assume) {
    String owner = RoleAccess.owner(ACCOUNT, name);
    return new RoleAccess(
        "AKID-" + name,
        Optional.of(SEAL.close(owner, "secret of " + name, new SecureRandom())),
        Optional.empty(),
        assume,
        Optional.empty(),
        Optional.empty());
  }

  private static BackendAccessSnapshot access(long revision, Map<String, RoleAccess> roles) {
    return new BackendAccessSnapshot(revision, ACCOUNT, List.of(), Map.of(), roles);
  }

  @Test
  void keysAreOpenedOnceForEachRevision() {
    RoleKeys keys = keys(Optional.of(SEAL));
    BackendAccessSnapshot first = access(1, Map.of(ROLE, role(ROLE, false)));
    AwsKeys opened = keys.of(first, ROLE).keys("r").result();
    assertEquals("secret of " + ROLE, opened.secret());
    assertSame(opened, keys.of(first, ROLE).keys("r").result());
    BackendAccessSnapshot second = access(2, Map.of(ROLE, role(ROLE, false)));
    assertNotSame(opened, keys.of(second, ROLE).keys("r").result());
  }

  @Test
  void aRoleThatIsTakenAwaySignsNoMore() {
    RoleKeys keys = keys(Optional.of(SEAL));
    assertTrue(keys.of(access(1, Map.of(ROLE, role(ROLE, false))), ROLE).keys("r").succeeded());
    assertEquals(
        Reason.ROLE_WITHOUT_KEYS,
        reason(keys.of(BackendAccessSnapshot.none(ACCOUNT), ROLE).keys("r")));
  }

  @Test
  void withoutTheNodesKeyNothingOpensAndTheVariableIsNamed() {
    Future<AwsKeys> none =
        keys(Optional.empty()).of(access(1, Map.of(ROLE, role(ROLE, false))), ROLE).keys("r");
    assertEquals(Reason.ROLE_KEYS_SEALED, reason(none));
    assertTrue(detail(none).endsWith("GATEHOUSE_NODE_KEY is not set"), detail(none));
    byte[] other = new byte[Seal.KEY_BYTES];
    other[0] = 1;
    Future<AwsKeys> wrong =
        keys(Optional.of(new Seal(other)))
            .of(access(1, Map.of(ROLE, role(ROLE, false))), ROLE)
            .keys("r");
    assertTrue(detail(wrong).endsWith("is not that of the control plane"), detail(wrong));
    assertFalse(detail(wrong).contains("secret of"), detail(wrong));
  }

  @Test
  void aRoleIsAssumedWithItsOwnKeysOrWithTheDefaultOnes() {
    String other = ROLE + "2";
    String third = ROLE + "3";
    RoleAccess bare =
        new RoleAccess(
            "", Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty());
    BackendAccessSnapshot access =
        access(1, Map.of(ROLE, role(ROLE, true), other, bare, "default", role("default", false)));
    RoleKeys keys = keys(Optional.of(SEAL));
    assertEquals("ASSUMED", keys.of(access, ROLE).keys("r").result().accessKeyId());
    assertEquals("ASSUMED", keys.of(access, other).keys("r").result().accessKeyId());
    assertEquals(
        List.of("AKID-" + ROLE, "AKID-default"),
        assumedBy.stream().map(AwsKeys::accessKeyId).toList());
    assertEquals(
        Reason.ROLE_WITHOUT_KEYS, reason(keys.of(access(2, Map.of(third, bare)), third).keys("r")));
  }

  @Test
  void anAssumedRoleIsSharedByAllWhoUseIt() {
    BackendAccessSnapshot access = access(1, Map.of(ROLE, role(ROLE, true)));
    RoleKeys keys = keys(Optional.of(SEAL));
    keys.of(access, ROLE).keys("r");
    keys.of(access, ROLE).keys("r");
    assertEquals(1, assumedBy.size());
  }

  private static Reason reason(Future<AwsKeys> failed) {
    return ((GatewayException) failed.cause()).reason();
  }

  private static String detail(Future<AwsKeys> failed) {
    return ((GatewayException) failed.cause()).detail();
  }
}
