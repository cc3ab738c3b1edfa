package io.gatehouse.admin.store;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.publish.SnapshotBuilder;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.wire.ApiError;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

class UserPoolStoreTest {

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

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Cases {

    private final Database.Kind kind;
    private final Ids ids = new Ids(new Random(3));
    private Database database;
    private Kit kit;
    private SnapshotBuilder snapshots;

    Cases(Database.Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open() {
      database = Database.open(kind);
      kit = new Kit(database);
      snapshots =
          new SnapshotBuilder(
              Kit.settings(Map.of("GATEHOUSE_KEYCLOAK_URL", "http://127.0.0.1:9180")),
              kit.deployments,
              kit.plans,
              kit.usage,
              kit.certificates,
              kit.basePaths,
              kit.backendAccess,
              kit.functions,
              kit.accessKeys,
              kit.policies,
              kit.userPools,
              new SecureRandom());
    }

    @AfterAll
    void close() throws Exception {
      database.close();
    }

    private <T> T in(Supplier<T> work) {
      return database.inTransaction(work);
    }

    private String pool(Map<String, String> tags) {
      String id = "us-east-1_" + ids.userPool();
      UserPoolType.Builder body = UserPoolType.builder().id(id).name("shop");
      in(() -> kit.userPools.create(ALICE, body.userPoolTags(tags).build()));
      return id;
    }

    private StoredUserPoolClient client(String pool, Optional<String> secret) {
      return in(
          () ->
              kit.userPools.addClient(
                  kit.userPools.lock(ALICE, pool),
                  UserPoolClientType.builder()
                      .userPoolId(pool)
                      .clientId(ids.userPoolClient())
                      .clientName("web")
                      .clientSecret("never kept here")
                      .build(),
                  secret));
    }

    private UserPoolSnapshot snapshot(String pool) {
      return in(() -> snapshots.userPool(kit.userPools.get(ALICE, pool)));
    }

    @Test
    void aPoolIsItsTenantsAlone() {
      String id = pool(Map.of());
      assertEquals("shop", in(() -> kit.userPools.get(ALICE, id)).body().name());
      for (Supplier<StoredUserPool> other :
          List.<Supplier<StoredUserPool>>of(
              () -> kit.userPools.get(MALLORY, id), () -> kit.userPools.lock(MALLORY, id))) {
        assertEquals(ApiError.Kind.NOT_FOUND, assertThrows(ApiError.class, () -> in(other)).kind());
      }
      assertTrue(in(() -> kit.userPools.pools(MALLORY)).isEmpty());
    }

    @Test
    void aSecretIsSealedForItsClientAndTheBodyHasNone() {
      String id = pool(Map.of());
      StoredUserPoolClient client = client(id, Optional.of("s3cret"));
      assertEquals(Optional.of("s3cret"), in(() -> kit.userPools.secret(client)));
      assertEquals(null, client.body().clientSecret());
      assertFalse(client.sealedSecret().orElseThrow().contains("s3cret"));
      assertEquals(Optional.empty(), in(() -> kit.userPools.secret(client(id, Optional.empty()))));
    }

    @Test
    void aClientIsFoundInItsPoolAlone() {
      String one = pool(Map.of());
      String other = pool(Map.of());
      StoredUserPoolClient client = client(one, Optional.empty());
      assertThrows(
          ApiError.class,
          () -> in(() -> kit.userPools.client(kit.userPools.get(ALICE, other), client.clientId())));
      assertEquals(
          one, in(() -> kit.userPools.anyClient(client.clientId())).orElseThrow().poolId());
    }

    @Test
    void nodesTakeTokensOfTheClientsThatThereAreAndOfNoOthers() {
      String id = pool(Map.of());
      UserPoolSnapshot empty = snapshot(id);
      assertEquals(
          "http://127.0.0.1:9180/realms/pool-" + ALICE.account() + "-" + id, empty.issuer());
      assertEquals(1, empty.clients().size());
      assertTrue(empty.clients().iterator().next().contains(" "), "no client has such an id");
      StoredUserPoolClient client = client(id, Optional.empty());
      in(
          () -> {
            kit.userPools.touch(kit.userPools.lock(ALICE, id));
            return null;
          });
      assertEquals(Set.of(client.clientId()), snapshot(id).clients());
      assertTrue(snapshot(id).revision() > empty.revision());
    }

    @Test
    void aRegisteredPoolIsWhatItsTagsSay() {
      String id =
          pool(
              Map.of(
                  "gatehouse:issuer",
                  "https://id.example.com",
                  "gatehouse:keys-url",
                  "https://keys.example.com",
                  "gatehouse:clients",
                  "a  b",
                  "gatehouse:algorithms",
                  "ES256"));
      UserPoolSnapshot there = snapshot(id);
      assertEquals("https://id.example.com", there.issuer());
      assertEquals(Optional.of("https://keys.example.com"), there.keysUrl());
      assertEquals(Set.of("a", "b"), there.clients());
      assertEquals(Set.of("ES256"), there.algorithms());
      UserPoolSnapshot plain = snapshot(pool(Map.of("gatehouse:issuer", "https://id.example.com")));
      assertEquals(Optional.empty(), plain.keysUrl());
      assertEquals(Set.of(), plain.clients());
      assertEquals(Set.of("RS256"), plain.algorithms());
    }

    @Test
    void aPoolGoesWithAllThatIsInItAndThePublishedThingsKnowIt() {
      String id = pool(Map.of());
      client(id, Optional.of("s"));
      in(
          () ->
              kit.userPools.addServer(
                  kit.userPools.lock(ALICE, id),
                  ResourceServerType.builder()
                      .userPoolId(id)
                      .identifier("https://api.example")
                      .name("api")
                      .build()));
      String key = UserPoolSnapshot.key(ALICE.account(), id);
      assertTrue(in(() -> kit.published.things()).containsKey(key));
      in(
          () -> {
            kit.userPools.delete(kit.userPools.lock(ALICE, id));
            return null;
          });
      assertFalse(in(() -> kit.published.things()).containsKey(key));
    }
  }
}
