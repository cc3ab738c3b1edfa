package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.AuditEntry;
import io.gatehouse.admin.guard.AuditTrail;
import io.gatehouse.admin.operations.BackendAccess.Authority;
import io.gatehouse.admin.operations.BackendAccess.BackendRole;
import io.gatehouse.admin.operations.BackendAccess.Endpoint;
import io.gatehouse.admin.operations.BackendAccess.RoleKeys;
import io.gatehouse.admin.operations.BackendAccess.Settled;
import io.gatehouse.admin.store.AuditStore;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.Published.Thing;
import io.gatehouse.admin.store.Secrets.WrongMasterKey;
import io.gatehouse.admin.store.StoredAuditRecord;
import io.gatehouse.admin.store.StoredBackendAccess;
import io.gatehouse.admin.store.StoredRole;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.wire.ApiError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a tenant sets for all of its integrations, from doors to nodes, on both databases. */
class BackendAccessTest {

  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(Database.Kind.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(Database.Kind.POSTGRESQL);
    }
  }

  abstract static class Cases extends OnOneDatabase {

    private static final String ROLE = "arn:aws:iam::111111111111:role/service-role/pets";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String TOKEN = "FwoGZXIvYXdzEXAMPLETOKEN==";
    private static final String POLICY =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
            + "\"lambda:InvokeFunction\",\"Resource\":\"*\"}]}";

    Cases(Database.Kind kind) {
      super(kind);
    }

    @AfterEach
    void takeEverythingAway() {
      house.run(
          () -> {
            StoredBackendAccess row = house.kit.backendAccess.lock(ALICE);
            house.kit.backendAccess.roles(row, Map.of());
            house.kit.backendAccess.endpoints(row, Map.of());
            house.kit.backendAccess.authorities(row, Map.of());
          });
    }

    @Test
    void whoHasSetNothingHasNothing() {
      assertEquals(
          new Settled(List.of(), List.of(), List.of()),
          house.in(() -> house.backendAccess.getBackendAccess(Kit.caller("333333333333"))));
    }

    @Test
    void keysReachTheNodesSealedForTheirRoleAlone() {
      put(ROLE, keys("AKIAEXAMPLE", SECRET, TOKEN));

      RoleAccess role = last().roles().get(ROLE);
      String owner = RoleAccess.owner(ALICE.account(), ROLE);
      Seal nodes = house.settings.nodeKey();
      assertEquals("AKIAEXAMPLE", role.accessKeyId());
      assertEquals(Optional.of(SECRET), nodes.open(owner, role.sealedSecret().orElseThrow()));
      assertEquals(Optional.of(TOKEN), nodes.open(owner, role.sealedSessionToken().orElseThrow()));
      byte[] other = new byte[32];
      Arrays.fill(other, (byte) 1);
      assertEquals(
          Optional.empty(), new Seal(other).open(owner, role.sealedSecret().orElseThrow()));
      assertEquals(
          Optional.empty(),
          nodes.open(RoleAccess.owner("222222222222", ROLE), role.sealedSecret().orElseThrow()));
    }

    @Test
    void theDatabaseHoldsNoSecretInTheClearAndASealedOneOpensInItsOwnPlaceOnly() throws Exception {
      put(ROLE, keys("AKIAEXAMPLE", SECRET, TOKEN));

      try (Connection connection = house.kit.database.dataSource().getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select roles from backend_access")) {
        assertTrue(row.next());
        assertFalse(row.getString(1).contains(SECRET));
        assertFalse(row.getString(1).contains(TOKEN));
      }
      house.run(
          () -> {
            StoredBackendAccess row = house.kit.backendAccess.lock(ALICE);
            StoredRole role = row.roles().get(ROLE);
            assertEquals(Optional.of(SECRET), house.kit.backendAccess.secret(row, ROLE, role));
            assertThrows(
                WrongMasterKey.class, () -> house.kit.backendAccess.secret(row, "default", role));
          });
    }

    @Test
    void nothingThatIsAnsweredOrSpelledOutHoldsASecret() {
      BackendRole put = put(ROLE, keys("AKIAEXAMPLE", SECRET, TOKEN));

      assertEquals(
          new BackendRole(ROLE, "AKIAEXAMPLE", true, false, Optional.empty(), Optional.empty()),
          put);
      assertEquals(List.of(put), settled().roles());
      assertFalse(keys("AKIAEXAMPLE", SECRET, TOKEN).toString().contains(SECRET));
      assertFalse(last().toString().contains(SECRET));
    }

    @Test
    void auditTellsOfTheKeysAndNeverTheirSecrets() {
      AuditStore audit = new AuditStore(house.kit.database.rows(), house.kit.clock);
      AuditEntry entry =
          new AuditEntry(ALICE, ALICE.account(), "PutBackendRole", "arn:x", AuditEntry.Kind.EITHER);
      for (RoleKeys each :
          List.of(
              keys("AKIAFIRST", SECRET, TOKEN), keys("AKIASECOND", SECRET + "2", TOKEN + "2"))) {
        house.run(
            () -> {
              try (AuditTrail.Watch watch = audit.watch()) {
                house.backendAccess.putBackendRole(ALICE, ROLE, each);
                watch.done(entry);
              }
            });
      }

      StoredAuditRecord record =
          house.in(
              () ->
                  audit
                      .list(
                          ALICE.account(), new AuditStore.Filter("", "", ""), new Page.Ask(null, 1))
                      .items()
                      .getFirst());
      assertTrue(record.before().contains("AKIAFIRST"), record.before());
      assertTrue(record.after().contains("AKIASECOND"), record.after());
      assertTrue(record.after().contains("(secret)"), record.after());
      String all = record.before() + record.after();
      assertFalse(all.contains(SECRET) || all.contains(TOKEN), all);
      String sealed =
          house.in(
              () ->
                  house
                      .kit
                      .backendAccess
                      .lock(ALICE)
                      .roles()
                      .get(ROLE)
                      .sealedSecret()
                      .orElseThrow());
      assertFalse(all.contains(sealed), all);
    }

    @Test
    void aSecretThatIsNotGivenAgainStaysAsLongAsTheKeyIdDoes() {
      put(ROLE, keys("AKIAEXAMPLE", SECRET, TOKEN));
      put(ROLE, new RoleKeys("AKIAEXAMPLE", none(), none(), true, Optional.of("x1"), none()));

      RoleAccess kept = last().roles().get(ROLE);
      assertTrue(kept.assume());
      assertEquals(Optional.of("x1"), kept.externalId());
      assertEquals(Optional.of(SECRET), open(kept.sealedSecret()));
      assertEquals(Optional.of(TOKEN), open(kept.sealedSessionToken()));

      assertRefused(
          "secretAccessKey is needed",
          () -> put(ROLE, new RoleKeys("AKIAOTHER", none(), none(), false, none(), none())));
      put(ROLE, keys("AKIAEXAMPLE", "another", null));
      assertEquals(Optional.empty(), last().roles().get(ROLE).sealedSessionToken());
    }

    @Test
    void aRoleForFunctionsAloneNeedsAPolicyAndNoKeys() {
      put("default", new RoleKeys("", none(), none(), false, none(), Optional.of(POLICY)));

      assertEquals(Optional.of(POLICY), last().roles().get("default").policy());
      assertFalse(last().roles().get("default").hasKeys());
    }

    @Test
    void aRoleThatMakesNoSenseIsRefusedInWordsWithoutItsSecret() {
      assertRefused("'default' or an ARN", () -> put("pets", keys("A", SECRET, null)));
      assertRefused(
          "'default' or an ARN",
          () -> put("arn:aws:iam::111111111111:user/x", keys("A", SECRET, null)));
      assertRefused(
          "'default' or an ARN",
          () -> put("arn:aws:iam::111111111111:role/a b", keys("A", SECRET, null)));
      assertRefused("accessKeyId", () -> put(ROLE, keys("A/../B", SECRET, null)));
      assertRefused("secretAccessKey needs", () -> put(ROLE, keys("", SECRET, null)));
      assertRefused("secretAccessKey must", () -> put(ROLE, keys("A", SECRET + "\n", null)));
      assertRefused("sessionToken must", () -> put(ROLE, keys("A", SECRET, TOKEN + "é")));
      assertRefused(
          "sessionToken needs",
          () -> put(ROLE, new RoleKeys("A", none(), Optional.of(TOKEN), false, none(), none())));
      assertRefused(
          "an accessKeyId, a policy, or both",
          () -> put(ROLE, new RoleKeys("", none(), none(), false, none(), none())));
      assertRefused(
          "assumed with keys",
          () -> put(ROLE, new RoleKeys("", none(), none(), true, none(), Optional.of(POLICY))));
      assertRefused(
          "cannot be assumed",
          () ->
              put("default", new RoleKeys("A", Optional.of(SECRET), none(), true, none(), none())));
      assertRefused(
          "Invalid policy",
          () ->
              put(ROLE, new RoleKeys("", none(), none(), false, none(), Optional.of("{\"a\":1}"))));
      assertEquals(List.of(), settled().roles());
    }

    @Test
    void rolesEndpointsAndAuthoritiesAreTakenAwayAgain() {
      put(ROLE, keys("A", SECRET, null));
      house.run(() -> house.backendAccess.putBackendEndpoint(ALICE, "sqs", "https://sqs.example"));
      house.run(() -> house.backendAccess.addBackendAuthorities(ALICE, authority("one")));
      String sha256 = settled().authorities().getFirst().sha256();
      long revision = last().revision();

      house.run(() -> house.backendAccess.deleteBackendRole(ALICE, ROLE));
      house.run(() -> house.backendAccess.deleteBackendEndpoint(ALICE, "sqs"));
      house.run(() -> house.backendAccess.deleteBackendAuthority(ALICE, sha256));

      assertEquals(
          new BackendAccessSnapshot(
              last().revision(), ALICE.account(), List.of(), Map.of(), Map.of()),
          last());
      assertTrue(last().revision() > revision);
      for (Runnable again :
          List.<Runnable>of(
              () -> house.backendAccess.deleteBackendRole(ALICE, ROLE),
              () -> house.backendAccess.deleteBackendEndpoint(ALICE, "sqs"),
              () -> house.backendAccess.deleteBackendAuthority(ALICE, sha256))) {
        ApiError refused = assertThrows(ApiError.class, () -> house.run(again));
        assertEquals(ApiError.Kind.NOT_FOUND, refused.kind());
      }
    }

    @Test
    void anEndpointIsAUrlOrAWord() {
      for (String[] fine :
          new String[][] {
            {"sqs", "https://sqs.example:9324/base"},
            {"*", "http://aws.internal:4566"},
            {"dynamodb", "aws"},
            {"lambda", "gatehouse"},
            {"execute-api", "http://[2606:4700::1]:80"}
          }) {
        Endpoint put =
            house.in(() -> house.backendAccess.putBackendEndpoint(ALICE, fine[0], fine[1]));
        assertEquals(new Endpoint(fine[0], fine[1], Optional.empty()), put);
        assertEquals(fine[1], last().endpoints().get(fine[0]));
      }
      for (String[] wrong :
          new String[][] {
            {"sqs", "gatehouse"},
            {"sqs", ""},
            {"sqs", "sqs.example"},
            {"sqs", "ftp://sqs.example"},
            {"sqs", "http://"},
            {"sqs", "http:///path"},
            {"sqs", "http://user:hunter2@sqs.example"},
            {"sqs", "http://sqs.example?x=hunter2"},
            {"sqs", "http://sqs.example#part"},
            {"sqs", "http://sqs.example:99999"},
            {"sqs", "http://sqs.example/\r\nHost: evil"},
            {"sqs", "http://sqs.example/" + "a".repeat(2050)},
            {"SQS", "https://sqs.example"},
            {"s q s", "https://sqs.example"},
            {"", "https://sqs.example"},
            {"../x", "https://sqs.example"}
          }) {
        ApiError refused =
            assertThrows(
                ApiError.class,
                () ->
                    house.run(
                        () -> house.backendAccess.putBackendEndpoint(ALICE, wrong[0], wrong[1])),
                wrong[1]);
        assertEquals(ApiError.Kind.BAD_REQUEST, refused.kind());
        assertFalse(refused.getMessage().contains("hunter2"), refused.getMessage());
      }
    }

    @Test
    void anEndpointThatNodesWouldNotConnectToIsKeptWithAWarning() {
      for (String url :
          List.of(
              "http://127.0.0.1:9324",
              "http://localhost:9324",
              "http://[::1]:9324",
              "http://169.254.169.254",
              "http://10.0.0.5")) {
        Endpoint put = house.in(() -> house.backendAccess.putBackendEndpoint(ALICE, "sqs", url));
        assertTrue(put.warning().orElseThrow().contains("GATEHOUSE_EGRESS_ALLOW"), url);
      }
      assertTrue(settled().endpoints().getFirst().warning().isPresent());
      BackendAccessRules allowing = new BackendAccessRules("127.0.0.1/32:9324", house.kit.clock);
      assertEquals(Optional.empty(), allowing.judged("sqs", "http://127.0.0.1:9324").warning());
      assertTrue(allowing.judged("sqs", "http://127.0.0.1:9325").warning().isPresent());
    }

    @Test
    void authoritiesAreAddedOnceAndTravelInPem() {
      String two = authority("one") + "Bag Attributes\n" + authority("two");
      List<Authority> added = house.in(() -> house.backendAccess.addBackendAuthorities(ALICE, two));
      assertEquals(
          List.of("CN=one", "CN=two"), added.stream().map(Authority::subject).sorted().toList());
      house.run(() -> house.backendAccess.addBackendAuthorities(ALICE, two));

      assertEquals(2, last().authorities().size());
      assertTrue(last().authorities().getFirst().startsWith("-----BEGIN CERTIFICATE-----\n"));
      assertEquals(Kit.NOON.plus(Duration.ofDays(9)), added.getFirst().expires());
    }

    @Test
    void whatIsNoAuthorityIsRefused() {
      String key = "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n";
      assertRefused("private key", () -> add(authority("one") + key));
      assertRefused(
          "not a certificate authority's",
          () -> add(Authorities.leaf("leaf", Kit.NOON.plusSeconds(9))));
      assertRefused("has expired", () -> add(Authorities.authority("old", Kit.NOON)));
      assertRefused("PEM", () -> add(""));
      assertRefused("PEM", () -> add("hello"));
      assertRefused(
          "PEM", () -> add("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
      assertRefused("256 KiB", () -> add("x".repeat(300_000)));
      assertEquals(List.of(), settled().authorities());
    }

    @Test
    void anAccountHasAtMostTwentyAuthorities() {
      StringBuilder many = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        many.append(authority("a" + i));
      }
      add(many.toString());

      ApiError refused = assertThrows(ApiError.class, () -> add(authority("one more")));
      assertEquals(ApiError.Kind.LIMIT_EXCEEDED, refused.kind());
      assertEquals(20, settled().authorities().size());
    }

    @Test
    void anotherTenantHasItsOwn() {
      put(ROLE, keys("A", SECRET, null));

      assertEquals(
          List.of(), house.in(() -> house.backendAccess.getBackendAccess(MALLORY)).roles());
      ApiError refused =
          assertThrows(
              ApiError.class,
              () -> house.run(() -> house.backendAccess.deleteBackendRole(MALLORY, ROLE)));
      assertEquals(ApiError.Kind.NOT_FOUND, refused.kind());
      house.run(() -> house.backendAccess.putBackendRole(MALLORY, ROLE, keys("M", "m", null)));
      assertEquals("A", settled().roles().getFirst().accessKeyId());
      assertEquals(MALLORY.account(), last().account());
      house.run(() -> house.backendAccess.deleteBackendRole(MALLORY, ROLE));
    }

    @Test
    void itIsListedForTheNodesAndLiftedAboveWhatTheyHaveSeen() {
      put(ROLE, keys("A", SECRET, null));
      Thing thing =
          house.in(house.kit.published::things).get(BackendAccessSnapshot.key(ALICE.account()));
      assertEquals(last().revision(), thing.revision());
      long far = thing.revision() + 1_000_000_000;

      BackendAccessSnapshot lifted =
          (BackendAccessSnapshot)
              house
                  .in(() -> house.kit.published.lift(thing, far, house.snapshots.readers()))
                  .orElseThrow();

      assertTrue(lifted.revision() > far);
      assertEquals(Optional.of(SECRET), open(lifted.roles().get(ROLE).sealedSecret()));
    }

    private BackendRole put(String role, RoleKeys keys) {
      return house.in(() -> house.backendAccess.putBackendRole(ALICE, role, keys));
    }

    private void add(String pem) {
      house.run(() -> house.backendAccess.addBackendAuthorities(ALICE, pem));
    }

    private Settled settled() {
      return house.in(() -> house.backendAccess.getBackendAccess(ALICE));
    }

    private BackendAccessSnapshot last() {
      return (BackendAccessSnapshot) house.published.getLast();
    }

    private Optional<String> open(Optional<String> sealed) {
      return house
          .settings
          .nodeKey()
          .open(RoleAccess.owner(ALICE.account(), ROLE), sealed.orElseThrow());
    }

    private static void assertRefused(String part, Runnable attempt) {
      ApiError refused = assertThrows(ApiError.class, attempt::run, part);
      assertEquals(ApiError.Kind.BAD_REQUEST, refused.kind());
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
      for (String secret : List.of(SECRET, TOKEN, "hunter2")) {
        assertFalse(refused.getMessage().contains(secret), refused.getMessage());
      }
    }

    private static String authority(String name) {
      return Authorities.authority(name, Kit.NOON.plus(Duration.ofDays(9)));
    }

    private static RoleKeys keys(String id, String secret, String token) {
      return new RoleKeys(
          id, Optional.of(secret), Optional.ofNullable(token), false, none(), none());
    }

    private static Optional<String> none() {
      return Optional.empty();
    }
  }
}
