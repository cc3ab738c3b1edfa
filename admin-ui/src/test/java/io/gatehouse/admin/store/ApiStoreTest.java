package io.gatehouse.admin.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.apigateway.model.RestApi;

class ApiStoreTest {

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
    private Database database;
    private ApiStore apis;

    Cases(Database.Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open() {
      database = Database.open(kind);
      apis = new ApiStore(database.rows());
    }

    @AfterAll
    void close() throws Exception {
      database.close();
    }

    @Test
    void anApiComesBackAsItWasWritten() {
      Caller caller = caller("100000000001");
      String longText = "ü".repeat(2_000_000);
      database.run(() -> apis.create(caller, api("aaaaaaaaa1", longText)));

      assertEquals(
          longText,
          database.inTransaction(() -> apis.get(caller, "aaaaaaaaa1")).restApi().description());
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
      Caller owner = caller("100000000002");
      Caller stranger = caller("100000000003");
      database.run(() -> apis.create(owner, api("aaaaaaaaa2", "mine")));

      database.run(() -> assertTrue(apis.find(stranger, "aaaaaaaaa2").isEmpty()));
      database.run(() -> assertEquals(List.of(), apis.list(stranger, Page.Ask.first()).items()));
      assertNotFound(() -> apis.get(stranger, "aaaaaaaaa2"));
      assertNotFound(() -> apis.edit(stranger, "aaaaaaaaa2", d -> d));
      assertNotFound(() -> apis.delete(stranger, "aaaaaaaaa2"));
      database.run(() -> assertEquals("mine", describe(owner, "aaaaaaaaa2")));
    }

    @Test
    void twoWritersNeverLoseAnEdit() throws Exception {
      Caller caller = caller("100000000004");
      database.run(() -> apis.create(caller, api("aaaaaaaaa4", "")));
      CyclicBarrier together = new CyclicBarrier(2);
      Callable<Void> writer =
          () -> {
            together.await();
            for (int i = 0; i < 25; i++) {
              database.run(
                  () ->
                      apis.edit(
                          caller,
                          "aaaaaaaaa4",
                          d -> api("aaaaaaaaa4", d.restApi().description() + "x")));
            }
            return null;
          };

      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        for (var done : threads.invokeAll(List.of(writer, writer))) {
          done.get();
        }
      }

      database.run(() -> assertEquals("x".repeat(50), describe(caller, "aaaaaaaaa4")));
    }

    @Test
    void anEditThatThrowsWritesNothing() {
      Caller caller = caller("100000000005");
      database.run(() -> apis.create(caller, api("aaaaaaaaa5", "before")));

      assertThrows(
          ApiError.class,
          () ->
              database.run(
                  () ->
                      apis.edit(
                          caller,
                          "aaaaaaaaa5",
                          d -> {
                            throw ApiError.badRequest("no");
                          })));

      database.run(() -> assertEquals("before", describe(caller, "aaaaaaaaa5")));
    }

    @Test
    void aListingIsPagedInOrderOfCreation() {
      Caller caller = caller("100000000006");
      for (String id : List.of("zz", "aa", "mm")) {
        database.run(() -> apis.create(caller, api(id + "0000000006", id)));
      }

      Page<ApiDefinition> first =
          database.inTransaction(() -> apis.list(caller, new Page.Ask(null, 2)));
      Page<ApiDefinition> second =
          database.inTransaction(
              () -> apis.list(caller, new Page.Ask(first.position().orElseThrow(), 2)));

      assertEquals(List.of("zz", "aa"), descriptions(first));
      assertEquals(List.of("mm"), descriptions(second));
      assertTrue(second.position().isEmpty());
      assertThrows(
          ApiError.class,
          () -> database.run(() -> apis.list(caller, new Page.Ask("no position", 2))));
    }

    @Test
    void aDeletedApiIsGone() {
      Caller caller = caller("100000000007");
      database.run(() -> apis.create(caller, api("aaaaaaaaa7", "")));

      database.run(() -> apis.delete(caller, "aaaaaaaaa7"));

      assertNotFound(() -> apis.get(caller, "aaaaaaaaa7"));
    }

    private String describe(Caller caller, String apiId) {
      return apis.get(caller, apiId).restApi().description();
    }

    private static List<String> descriptions(Page<ApiDefinition> page) {
      return page.items().stream().map(d -> d.restApi().description()).toList();
    }

    private void assertNotFound(Runnable question) {
      ApiError error = assertThrows(ApiError.class, () -> database.run(question));
      assertEquals(ApiError.Kind.NOT_FOUND, error.kind());
    }

    private static Caller caller(String account) {
      return new Caller(
          account, "us-east-1", "test", Set.of(Caller.Role.DEVELOPER), Caller.Door.MANAGEMENT_API);
    }

    private static ApiDefinition api(String id, String description) {
      return new ApiDefinition(
          RestApi.builder().id(id).name("n").description(description).build(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of());
    }
  }
}
