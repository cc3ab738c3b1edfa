package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.CreateResourceRequest;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteIntegrationRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteIntegrationResponseRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteMethodRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteMethodResponseRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteResourceRequest;
import software.amazon.awssdk.services.apigateway.model.GetResourcesRequest;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.PutIntegrationRequest;
import software.amazon.awssdk.services.apigateway.model.PutIntegrationResponseRequest;
import software.amazon.awssdk.services.apigateway.model.PutMethodRequest;
import software.amazon.awssdk.services.apigateway.model.PutMethodResponseRequest;
import software.amazon.awssdk.services.apigateway.model.PutMode;
import software.amazon.awssdk.services.apigateway.model.PutRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** One REST API that many change at once, through two control servers on one database. */
class ManyWritersTest {

  private static final int WRITERS = 20;
  private static final int BRANCHES = 30;
  private static final List<String> VERBS = List.of("GET", "POST", "DELETE");

  /** A control server: the families share what it keeps in memory. */
  private static final class Server {
    final ApiStore apis;
    final RestApis restApis;
    final Resources resources;
    final Methods methods;
    final Integrations integrations;
    final MethodResponses methodResponses;
    final IntegrationResponses integrationResponses;

    Server(Database database, long seed) {
      Ids ids = new Ids(new Random(seed));
      apis = new ApiStore(database.rows(), new SecureRandom());
      restApis = new RestApis(apis, null, ids, InstantSource.system(), Kit.settings());
      resources = new Resources(apis, ids);
      methods = new Methods(apis);
      integrations = new Integrations(apis, Kit.settings());
      methodResponses = new MethodResponses(apis);
      integrationResponses = new IntegrationResponses(apis);
    }
  }

  @ParameterizedTest
  @EnumSource(Database.Kind.class)
  void nothingOfWhatManyWritersDoAtOnceIsLostOrRefused(Database.Kind kind) throws Exception {
    try (Database database = Database.open(kind);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      Run run = new Run(database, threads);

      run.build();
      run.assertAllIsThere();
      run.tearDown();
      run.assertOnlyTheImportedIsThere();
    }
  }

  private static final class Run {

    private final Database database;
    private final ExecutorService threads;
    private final List<Server> servers;
    private final RestApi api;
    private final Set<String> branches = ConcurrentHashMap.newKeySet();

    Run(Database database, ExecutorService threads) {
      this.database = database;
      this.threads = threads;
      servers = List.of(new Server(database, 1), new Server(database, 2));
      api =
          in(
              () ->
                  servers
                      .getFirst()
                      .restApis
                      .createRestApi(ALICE, CreateRestApiRequest.builder().name("many").build()));
    }

    /** Everyone below the same root, while others import documents and read. */
    void build() throws Exception {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < BRANCHES; i++) {
        int branch = i;
        work.add(() -> branch(branch));
        if (i % 10 == 0) {
          work.add(() -> merge(branch));
        }
        work.add(this::read);
      }
      all(work);
    }

    private Void branch(int number) throws Exception {
      Server server = servers.get(number % 2);
      String id = resource(server, api.rootResourceId(), "branch-" + number).id();
      branches.add(id);
      // The verbs of one resource at the same time, too.
      try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Void>> verbs =
            VERBS.stream().map(verb -> together.submit(() -> verb(id, verb))).toList();
        resource(servers.get((number + 1) % 2), id, "{leaf}");
        for (Future<Void> verb : verbs) {
          verb.get();
        }
      }
      return null;
    }

    private Resource resource(Server server, String parentId, String part) {
      CreateResourceRequest wanted =
          CreateResourceRequest.builder()
              .restApiId(api.id())
              .parentId(parentId)
              .pathPart(part)
              .build();
      return in(() -> server.resources.createResource(ALICE, wanted));
    }

    private Void verb(String resourceId, String verb) {
      Server server = servers.get(verb.length() % 2);
      in(
          () ->
              server.methods.putMethod(
                  ALICE,
                  PutMethodRequest.builder()
                      .restApiId(api.id())
                      .resourceId(resourceId)
                      .httpMethod(verb)
                      .authorizationType("NONE")
                      .build()));
      in(
          () ->
              server.integrations.putIntegration(
                  ALICE,
                  PutIntegrationRequest.builder()
                      .restApiId(api.id())
                      .resourceId(resourceId)
                      .httpMethod(verb)
                      .type(IntegrationType.MOCK)
                      .build()));
      in(
          () ->
              server.methodResponses.putMethodResponse(
                  ALICE,
                  PutMethodResponseRequest.builder()
                      .restApiId(api.id())
                      .resourceId(resourceId)
                      .httpMethod(verb)
                      .statusCode("200")
                      .build()));
      return in(
          () -> {
            server.integrationResponses.putIntegrationResponse(
                ALICE,
                PutIntegrationResponseRequest.builder()
                    .restApiId(api.id())
                    .resourceId(resourceId)
                    .httpMethod(verb)
                    .statusCode("200")
                    .build());
            return null;
          });
    }

    private Void merge(int number) {
      String document =
          """
          {"openapi": "3.0.1", "info": {"title": "many"},
           "paths": {"/imported/%d": {"get": {"responses": {"200": {"description": "ok"}},
             "x-amazon-apigateway-integration": {"type": "mock"}}}}}"""
              .formatted(number);
      in(
          () ->
              servers
                  .get(1)
                  .restApis
                  .putRestApi(
                      ALICE,
                      PutRestApiRequest.builder()
                          .restApiId(api.id())
                          .mode(PutMode.MERGE)
                          .body(SdkBytes.fromUtf8String(document))
                          .build()));
      return null;
    }

    /** Whatever instant a reader sees, it is a whole one: nobody is without a parent. */
    private Void read() {
      for (Server server : servers) {
        List<Resource> seen =
            in(
                () ->
                    server
                        .resources
                        .getResources(
                            ALICE,
                            GetResourcesRequest.builder().restApiId(api.id()).limit(500).build())
                        .items());
        Set<String> ids = seen.stream().map(Resource::id).collect(Collectors.toSet());
        assertTrue(seen.stream().allMatch(r -> r.parentId() == null || ids.contains(r.parentId())));
      }
      return null;
    }

    void assertAllIsThere() {
      ApiDefinition seen = definition();
      assertEquals(BRANCHES, branches.size());
      assertEquals(1 + 2 * BRANCHES + 1 + BRANCHES / 10, seen.resources().size());
      for (String id : branches) {
        Map<String, Method> methods = seen.resources().get(id).resourceMethods();
        assertEquals(Set.copyOf(VERBS), methods.keySet());
        for (Method method : methods.values()) {
          assertEquals(Set.of("200"), method.methodResponses().keySet());
          assertEquals(Set.of("200"), method.methodIntegration().integrationResponses().keySet());
        }
      }
    }

    /** As Terraform destroys: leaves of its graph first, ten and more at once. */
    void tearDown() throws Exception {
      List<Callable<Void>> work = new ArrayList<>();
      for (String id : branches) {
        for (String verb : VERBS) {
          work.add(() -> removeVerb(id, verb));
        }
      }
      all(work);
      all(branches.stream().<Callable<Void>>map(id -> () -> remove(id)).toList());
    }

    private Void removeVerb(String id, String verb) {
      Server server = servers.get((id.hashCode() + verb.length()) & 1);
      return in(
          () -> {
            server.integrationResponses.deleteIntegrationResponse(
                ALICE,
                DeleteIntegrationResponseRequest.builder()
                    .restApiId(api.id())
                    .resourceId(id)
                    .httpMethod(verb)
                    .statusCode("200")
                    .build());
            server.methodResponses.deleteMethodResponse(
                ALICE,
                DeleteMethodResponseRequest.builder()
                    .restApiId(api.id())
                    .resourceId(id)
                    .httpMethod(verb)
                    .statusCode("200")
                    .build());
            server.integrations.deleteIntegration(
                ALICE,
                DeleteIntegrationRequest.builder()
                    .restApiId(api.id())
                    .resourceId(id)
                    .httpMethod(verb)
                    .build());
            server.methods.deleteMethod(
                ALICE,
                DeleteMethodRequest.builder()
                    .restApiId(api.id())
                    .resourceId(id)
                    .httpMethod(verb)
                    .build());
            return null;
          });
    }

    private Void remove(String id) {
      return in(
          () -> {
            servers
                .get(id.hashCode() & 1)
                .resources
                .deleteResource(
                    ALICE,
                    DeleteResourceRequest.builder().restApiId(api.id()).resourceId(id).build());
            return null;
          });
    }

    void assertOnlyTheImportedIsThere() {
      Set<String> paths =
          definition().resources().values().stream()
              .map(Resource::path)
              .collect(Collectors.toSet());
      assertEquals(Set.of("/", "/imported", "/imported/0", "/imported/10", "/imported/20"), paths);
    }

    /** What the database holds; what both servers remember must be the same. */
    private ApiDefinition definition() {
      ApiDefinition truth =
          in(() -> new ApiStore(database.rows(), new SecureRandom()).get(ALICE, api.id()));
      for (Server server : servers) {
        assertEquals(truth, in(() -> server.apis.get(ALICE, api.id())));
      }
      return truth;
    }

    private void all(List<Callable<Void>> work) throws Exception {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    }

    private <T> T in(Supplier<T> operation) {
      return database.inTransaction(operation);
    }
  }
}
