package io.gatehouse.admin.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.apigateway.model.Resource;
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
      apis = new ApiStore(database.rows(), new SecureRandom());
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

    @Test
    void aChangeWritesTheChangedResourceOnlyAndKeepsTheOrder() {
      Caller caller = caller("100000000008");
      database.run(() -> apis.create(caller, api("aaaaaaaaa8", "", "r", "a", "b")));
      List<?> before = ordinals("aaaaaaaaa8");

      database.run(() -> apis.edit(caller, "aaaaaaaaa8", d -> d.with(resource("a", "/changed"))));
      database.run(() -> apis.edit(caller, "aaaaaaaaa8", d -> d.with(resource("c", "/c"))));

      assertEquals(before, ordinals("aaaaaaaaa8").subList(0, 3));
      assertEquals(List.of("/r", "/changed", "/b", "/c"), paths(apis, caller, "aaaaaaaaa8"));
      assertEquals(List.of("/r", "/changed", "/b", "/c"), paths(another(), caller, "aaaaaaaaa8"));
    }

    @Test
    void resourcesThatAreGoneOrStandInAnotherOrderComeBackThatWay() {
      Caller caller = caller("100000000009");
      database.run(() -> apis.create(caller, api("aaaaaaaaa9", "", "r", "a", "b", "c")));

      database.run(() -> apis.edit(caller, "aaaaaaaaa9", d -> with(d, "r", "a", "c")));
      assertEquals(List.of("/r", "/a", "/c"), paths(another(), caller, "aaaaaaaaa9"));
      database.run(() -> apis.edit(caller, "aaaaaaaaa9", d -> with(d, "c", "new", "r")));
      assertEquals(List.of("/c", "/new", "/r"), paths(another(), caller, "aaaaaaaaa9"));
      database.run(() -> apis.edit(caller, "aaaaaaaaa9", d -> with(d)));
      assertEquals(List.of(), paths(another(), caller, "aaaaaaaaa9"));
    }

    @Test
    void whatAnotherServerHasWrittenIsSeenAtOnce() {
      Caller caller = caller("100000000010");
      ApiStore other = another();
      database.run(() -> apis.create(caller, api("aaaaaaaa10", "", "r")));

      assertEquals(List.of("/r"), paths(other, caller, "aaaaaaaa10"));
      database.run(() -> other.edit(caller, "aaaaaaaa10", d -> d.with(resource("a", "/a"))));
      assertEquals(List.of("/r", "/a"), paths(apis, caller, "aaaaaaaa10"));
      database.run(() -> apis.edit(caller, "aaaaaaaa10", d -> d.with(resource("b", "/b"))));
      assertEquals(List.of("/r", "/a", "/b"), paths(other, caller, "aaaaaaaa10"));
      database.run(() -> other.delete(caller, "aaaaaaaa10"));
      assertNotFound(() -> apis.get(caller, "aaaaaaaa10"));
    }

    @Test
    void whatWasRolledBackIsNeverSeen() {
      Caller caller = caller("100000000011");
      database.run(() -> apis.create(caller, api("aaaaaaaa11", "", "r")));

      assertThrows(
          IllegalStateException.class,
          () ->
              database.run(
                  () -> {
                    apis.edit(caller, "aaaaaaaa11", d -> d.with(resource("a", "/a")));
                    assertEquals(2, apis.get(caller, "aaaaaaaa11").resources().size());
                    throw new IllegalStateException("after the edit");
                  }));

      assertEquals(List.of("/r"), paths(apis, caller, "aaaaaaaa11"));
      database.run(() -> apis.edit(caller, "aaaaaaaa11", d -> d.with(resource("b", "/b"))));
      assertEquals(List.of("/r", "/b"), paths(another(), caller, "aaaaaaaa11"));
    }

    @Test
    void severalEditsOfOneTransactionBuildOnEachOther() {
      Caller caller = caller("100000000012");
      database.run(() -> apis.create(caller, api("aaaaaaaa12", "", "r")));

      database.run(
          () -> {
            apis.edit(caller, "aaaaaaaa12", d -> d.with(resource("a", "/a")));
            apis.edit(caller, "aaaaaaaa12", d -> d.with(resource("a", "/b")));
            apis.edit(caller, "aaaaaaaa12", d -> with(d, "a"));
          });

      assertEquals(List.of("/a"), paths(another(), caller, "aaaaaaaa12"));
      assertEquals(List.of("/a"), paths(apis, caller, "aaaaaaaa12"));
    }

    @Test
    void anApiFromBeforeResourcesHadRowsIsCarriedOverByItsFirstEdit() {
      Caller caller = caller("100000000013");
      ApiDefinition old = api("aaaaaaaa13", "old", "r", "a");
      database.run(
          () -> {
            apis.create(caller, api("aaaaaaaa13", "old"));
            sql("update api set token = '', document = ?1 where api_id = 'aaaaaaaa13'")
                .setParameter(1, Documents.text(old.toJson()))
                .executeUpdate();
          });

      ApiStore later = another();
      database.run(() -> assertEquals(old, later.get(caller, "aaaaaaaa13")));
      database.run(() -> later.edit(caller, "aaaaaaaa13", d -> d.with(resource("b", "/b"))));

      ApiDefinition after = old.with(resource("b", "/b"));
      database.run(() -> assertEquals(after, another().get(caller, "aaaaaaaa13")));
      assertEquals(3, ordinals("aaaaaaaa13").size());
      database.run(() -> assertTrue(document("aaaaaaaa13").contains("old")));
      database.run(() -> assertFalse(document("aaaaaaaa13").contains("resources")));
    }

    @Test
    void aListingReadsNoResources() {
      Caller caller = caller("100000000014");
      database.run(() -> apis.create(caller, api("aaaaaaaa14", "d", "r")));
      database.run(
          () ->
              sql("update api_resource set body = 'unreadable' where api_id = 'aaaaaaaa14'")
                  .executeUpdate());

      database.run(
          () -> assertEquals(List.of("d"), descriptions(another().list(caller, Page.Ask.first()))));
      assertThrows(
          JsonException.class, () -> database.run(() -> another().get(caller, "aaaaaaaa14")));
    }

    @Test
    void aReadThatAnotherWriterOvertakesIsReadAgain() {
      Caller caller = caller("100000000015");
      database.run(() -> apis.create(caller, api("aaaaaaaa15", "before", "r")));
      ApiDefinition next = api("aaaaaaaa15", "after", "r", "a");
      // The API's row is read by the first question, its resources by a later one.
      EntityManager overtaken =
          database.before(
              "select r.resourceId",
              () ->
                  CompletableFuture.runAsync(
                          () -> database.run(() -> apis.edit(caller, "aaaaaaaa15", d -> next)))
                      .join());

      ApiStore reader = new ApiStore(overtaken, new SecureRandom());

      database.run(() -> assertEquals(next, reader.get(caller, "aaaaaaaa15")));
    }

    /** As a second control server has it: with nothing in its memory. */
    private ApiStore another() {
      return new ApiStore(database.rows(), new SecureRandom());
    }

    private List<String> paths(ApiStore store, Caller caller, String apiId) {
      return database.inTransaction(() -> store.get(caller, apiId)).resourceList().stream()
          .map(Resource::path)
          .toList();
    }

    private List<?> ordinals(String apiId) {
      return database.inTransaction(
          () ->
              sql("select ordinal from api_resource where api_id = ?1 order by ordinal")
                  .setParameter(1, apiId)
                  .getResultList());
    }

    private String document(String apiId) {
      return (String)
          sql("select cast(document as varchar) from api where api_id = ?1")
              .setParameter(1, apiId)
              .getSingleResult();
    }

    private Query sql(String statement) {
      return database.rows().createNativeQuery(statement);
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

    private static ApiDefinition api(String id, String description, String... resourceIds) {
      RestApi restApi = RestApi.builder().id(id).name("n").description(description).build();
      return with(Kit.mock(id).withRestApi(restApi), resourceIds);
    }

    private static ApiDefinition with(ApiDefinition api, String... resourceIds) {
      Map<String, Resource> resources = new LinkedHashMap<>();
      for (String id : resourceIds) {
        resources.put(id, resource(id, "/" + id));
      }
      return api.withResources(resources);
    }

    private static Resource resource(String id, String path) {
      return Resource.builder().id(id).path(path).build();
    }
  }
}
