package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.publish.ClusterClient;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.publish.NodeCaches;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseCachesTest {

  private final List<String> asked = new ArrayList<>();
  private final Nodes nodes = new Nodes();
  private final ResponseCaches caches = new ResponseCaches(new OneStage(), nodes);

  @Test
  void aPathOfTheCallersOwnStageIsPurged() {
    assertEquals(3, caches.purgeCache(ALICE, "api1", "prod", "/pets/*"));
    assertEquals(List.of(ALICE.account() + " api1 prod /pets/*"), asked);
    assertEquals(
        ApiError.Kind.NOT_FOUND, refused(MALLORY, "/pets/*").kind(), "another tenant's stage");
  }

  @Test
  void whatIsNoPathIsRefused() {
    for (String path : new String[] {null, "", "pets", "/" + "x".repeat(2048)}) {
      assertEquals(
          "A path to purge begins with / and has at most 2048 characters",
          refused(ALICE, path).getMessage());
    }
    assertEquals(List.of(), asked);
  }

  @Test
  void nodesThatCannotBeReachedAreSaid() {
    nodes.gone = true;
    assertEquals(ApiError.Kind.SERVICE_UNAVAILABLE, refused(ALICE, "/").kind());
    assertEquals(List.of(), caches.cacheLeaks(ALICE, "api1", "prod"));
  }

  @Test
  void leaksAreThoseOfTheStage() {
    assertEquals(
        List.of("/mine"),
        caches.cacheLeaks(ALICE, "api1", "prod").stream().map(LeakReport::resourcePath).toList());
  }

  private ApiError refused(Caller caller, String path) {
    return assertThrows(ApiError.class, () -> caches.purgeCache(caller, "api1", "prod", path));
  }

  private static final class OneStage extends StageStore {
    @Override
    public StoredStage get(Caller caller, String apiId, String stageName) {
      if (!caller.equals(ALICE)) {
        throw ApiError.notFound("Invalid stage identifier specified");
      }
      return null;
    }
  }

  private final class Nodes implements NodeCaches {
    private boolean gone;

    @Override
    public int purge(String account, String apiId, String stageName, String path)
        throws ClusterUnavailable {
      reach();
      asked.add(String.join(" ", account, apiId, stageName, path));
      return 3;
    }

    @Override
    public List<LeakReport> leaks(String account) throws ClusterUnavailable {
      reach();
      return List.of(leak(account, "prod", "/mine"), leak(account, "dev", "/other"));
    }

    private void reach() throws ClusterUnavailable {
      if (gone) {
        // A client that has found no node yet.
        ClusterClient client = new ClusterClient("nobody", new Addresses(List.of("127.0.0.1:1")));
        try {
          client.ask(instance -> instance.getMap("x").size());
        } finally {
          client.close();
        }
      }
    }

    private static LeakReport leak(String account, String stage, String path) {
      return new LeakReport(
          account, "api1", stage, "d1", "GET", path, "s", "node-1", 1, List.of("header.x"));
    }
  }
}
