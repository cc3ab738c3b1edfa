package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.store.Database;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.Cors;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.model.definition.DefinitionDiff.Difference;
import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;

/** CORS of APIs and resources, from the console to the nodes, on both databases. */
class CorsSettingsTest {

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

    private static final Cors ANY = cors("*");
    private static final Cors ONE = cors("https://a.example");

    Cases(Database.Kind kind) {
      super(kind);
    }

    @Test
    void settingsAreKeptByApiAndResource() {
      put(CorsRules.WHOLE_API, ANY);
      put("root", ANY);
      put("root", ONE);

      assertEquals(Map.of(CorsRules.WHOLE_API, ANY, "root", ONE), all());
      house.run(() -> house.cors.deleteCors(ALICE, apiId, CorsRules.WHOLE_API));
      assertEquals(Map.of("root", ONE), all());
    }

    @Test
    void nodesAreToldByTheNextDeployment() {
      deploy();
      put(CorsRules.WHOLE_API, ANY);
      assertEquals(List.of("CORS of the API added"), changes());
      assertEquals(Map.of(), published().definition().cors());

      deploy();

      assertEquals(List.of(), changes());
      assertEquals(Map.of(CorsRules.WHOLE_API, ANY), published().definition().cors());
    }

    @Test
    void aDeletedResourceTakesItsSettingsAlong() {
      ApiDefinition grown =
          house.in(
              () ->
                  house.kit.apis.edit(
                      ALICE,
                      apiId,
                      api -> ResourceTree.createPath(api, "/pets", house.ids::small)));
      String pets = grown.resourceList().getLast().id();
      put(pets, ONE);
      put("root", ANY);

      house.run(() -> house.kit.apis.edit(ALICE, apiId, api -> ResourceTree.delete(api, pets)));

      assertEquals(Map.of("root", ANY), all());
    }

    @Test
    void anotherTenantSeesAndChangesNothing() {
      put("root", ANY);

      for (Runnable attempt :
          List.<Runnable>of(
              () -> house.cors.cors(MALLORY, apiId),
              () -> house.cors.putCors(MALLORY, apiId, "root", ONE),
              () -> house.cors.deleteCors(MALLORY, apiId, "root"),
              () -> house.cors.putCors(ALICE, apiId, "ghost", ONE),
              () -> house.cors.deleteCors(ALICE, apiId, CorsRules.WHOLE_API))) {
        ApiError refused = assertThrows(ApiError.class, () -> house.run(attempt));
        assertEquals(ApiError.Kind.NOT_FOUND, refused.kind());
      }
      assertEquals(Map.of("root", ANY), all());
    }

    private void put(String resourceId, Cors cors) {
      house.run(() -> house.cors.putCors(ALICE, apiId, resourceId, cors));
    }

    private Map<String, Cors> all() {
      return house.in(() -> house.cors.cors(ALICE, apiId));
    }

    private void deploy() {
      house.run(
          () ->
              house.deployments.createDeployment(
                  ALICE,
                  CreateDeploymentRequest.builder().restApiId(apiId).stageName("prod").build()));
    }

    private List<String> changes() {
      return house.in(() -> house.history.undeployedChanges(ALICE, apiId, "prod")).stream()
          .map(Difference::line)
          .toList();
    }

    private StageSnapshot published() {
      return (StageSnapshot) house.published.getLast();
    }

    private static Cors cors(String origin) {
      return new Cors(List.of(origin), List.of("*"), List.of(), List.of(), Optional.empty(), false);
    }
  }
}
