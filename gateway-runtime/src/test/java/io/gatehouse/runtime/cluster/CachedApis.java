package io.gatehouse.runtime.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.model.snapshot.CacheTags;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.Catalog;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.SampleUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

/** APIs whose answers are kept, each for those whom it concerns. */
final class CachedApis {

  static final String STAGE = "dev";

  /** One tagged public, whose answers are for everybody. */
  static final String OPEN = "open1";

  /** One whose answers are for who calls: by API key, signature or cookie. */
  static final String OWN = "own1";

  /** One that nobody calls but who looks whether nodes share. */
  static final String ONCE = "once1";

  /** Those whose backend answers by a header that is in no key. */
  static final List<String> LEAKING = List.of("leak1", "leak2", "leak3");

  static final List<String> KEYS =
      List.of("the-key-of-the-first-customer", "the-key-of-the-second-customer");
  static final List<String> USERS = List.of("ann", "bob");
  static final String SECRET = "a secret that both users have";

  private static final String PLAN = "plan";

  private final String backend;

  CachedApis(String backend) {
    this.backend = backend;
  }

  static String accessKey(String user) {
    return "AKIA000000000000" + user.toUpperCase() + "0";
  }

  /** What a backend is told of a user who signs. */
  static String userId(String user) {
    return "AIDA" + user.toUpperCase();
  }

  /** All that there is, the catalog at the end. */
  List<Snapshot> all() {
    List<Snapshot> all = new ArrayList<>();
    all.add(open(1));
    all.add(own(1));
    all.add(stage(ONCE, Map.of(), Map.of("/once/{id}", keyed("/once/{id}")), 1));
    LEAKING.forEach(api -> all.add(stage(api, Map.of(), Map.of("/leak", keyed("/leak")), 1)));
    all.add(new PlanSnapshot(1, SampleApi.ACCOUNT, PLAN, Set.of(OWN + ":" + STAGE)));
    for (String key : KEYS) {
      String sha256 = SnapshotCodec.sha256(key.getBytes(UTF_8));
      all.add(
          new KeySnapshot(
              1, SampleApi.ACCOUNT, sha256.substring(0, 10), sha256, true, Set.of(PLAN)));
    }
    for (String user : USERS) {
      all.add(SampleUser.user(SampleApi.ACCOUNT, user, accessKey(user), SECRET, SampleUser.ALL));
    }
    all.add(new Catalog(1, all.size(), System.currentTimeMillis()));
    return all;
  }

  /**
   * @param revision each of which has flushed the cache once more than the one before
   */
  StageSnapshot open(long revision) {
    return stage(
        OPEN,
        Map.of(CacheTags.SHARING, CacheTags.PUBLIC),
        Map.of("/open/{id}", keyed("/open/{id}", "method.request.querystring.v")),
        revision);
  }

  /**
   * @param revision each of which has flushed the cache once more than the one before
   */
  StageSnapshot own(long revision) {
    Method signed = keyed("/signed/{id}");
    Map<String, String> parameters = new HashMap<>(signed.methodIntegration().requestParameters());
    parameters.put("integration.request.header." + TellingBackend.WHO, "context.identity.user");
    return stage(
        OWN,
        Map.of(),
        Map.of(
            "/mine/{id}",
            keyed("/mine/{id}").toBuilder().apiKeyRequired(true).build(),
            "/kin/{id}",
            keyed("/kin/{id}"),
            "/signed/{id}",
            signed.toBuilder()
                .authorizationType("AWS_IAM")
                .methodIntegration(
                    signed.methodIntegration().toBuilder().requestParameters(parameters).build())
                .build()),
        revision);
  }

  private Method keyed(String path, String... more) {
    List<String> keys = new ArrayList<>(List.of(more));
    if (path.contains("{id}")) {
      keys.add("method.request.path.id");
    }
    Method method = SampleApi.proxyMethod(path, backend + path).build();
    return method.toBuilder()
        .methodIntegration(method.methodIntegration().toBuilder().cacheKeyParameters(keys).build())
        .build();
  }

  private static StageSnapshot stage(
      String apiId, Map<String, String> tags, Map<String, Method> methods, long revision) {
    Map<String, String> all = new HashMap<>(tags);
    all.put(CacheTags.HEADER, CacheTags.ON);
    SampleApi api = SampleApi.api(apiId, STAGE).flushed(revision - 1);
    methods.forEach((path, method) -> api.method("GET", path, method));
    return api.stage(
            stage ->
                stage
                    .cacheClusterEnabled(true)
                    .cacheClusterSize("0.5")
                    .deploymentId("one")
                    .tags(all)
                    // What is kept by cookie is soon past its time, so that there is always
                    // something to fetch.
                    .methodSettings(Map.of("*/*", setting(300), "kin/{id}/GET", setting(1))))
        .snapshot(revision);
  }

  private static MethodSetting setting(int seconds) {
    return MethodSetting.builder()
        .cachingEnabled(true)
        .cacheTtlInSeconds(seconds)
        .requireAuthorizationForCacheControl(false)
        .build();
  }
}
