package io.gatehouse.admin.functions;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.publish.ClusterClient;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.publish.SnapshotBuilder;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.snapshot.FunctionVersion;
import io.gatehouse.model.snapshot.FunctionVersion.EventInvoke;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.model.snapshot.Snapshot.Tombstone;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.DeleteLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionResponse;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;

/** What of functions lies in the database and goes to nodes, on both databases. */
class FunctionRowsTest {

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

    private static final String ROLE = "arn:aws:iam::111111111111:role/r";

    private final Database.Kind kind;
    private final List<Snapshot> published = new ArrayList<>();
    private Kit kit;
    private ClusterClient cluster;
    private Settings settings;
    private SnapshotBuilder snapshots;
    private FunctionNames names;
    private Functions functions;
    private Layers layers;
    private FunctionConfigurations configurations;
    private Publisher publisher;
    private int count;
    private String name;

    Cases(Database.Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open() {
      kit = new Kit(Database.open(kind));
      settings = Kit.settings(Map.of("GATEHOUSE_FUNCTIONS_STORAGE_MB", "1"));
      cluster = new ClusterClient("nobody", new Addresses(List.of("127.0.0.1:1")));
      snapshots =
          new SnapshotBuilder(
              settings,
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
      publisher =
          new Publisher(
              cluster,
              (snapshot, afterCommit) -> published.add(snapshot),
              snapshots,
              kit.revisions,
              Duration.ZERO);
      names = new FunctionNames(kit.functions);
      FunctionCode codes = new FunctionCode(kit.functionCodes, settings);
      configurations = new FunctionConfigurations(new Ids(new Random(3)), kit.clock);
      functions =
          new Functions(
              kit.functions,
              names,
              codes,
              new FunctionVersions(kit.functions, kit.layers, codes, configurations),
              configurations,
              publisher);
      layers = new Layers(kit.layers, codes, configurations);
    }

    @AfterAll
    void close() throws Exception {
      cluster.close();
      kit.database.close();
    }

    @BeforeEach
    void fresh() {
      published.clear();
      name = "f" + ++count;
    }

    private <R> R in(Supplier<R> operation) {
      return kit.database.inTransaction(operation);
    }

    private CreateFunctionRequest creation(SdkBytes code, String... layerArns) {
      return CreateFunctionRequest.builder()
          .functionName(name)
          .runtime("python3.12")
          .handler("a.b")
          .role(ROLE)
          .environment(e -> e.variables(Map.of("SECRET", "hush")))
          .layers(layerArns)
          .code(c -> c.zipFile(code))
          .build();
    }

    private FunctionSnapshot last() {
      return (FunctionSnapshot) published.getLast();
    }

    @Test
    void nodesGetVersionsAliasesPoliciesAndASealedEnvironment() throws Exception {
      SdkBytes code = LambdaDoor.code(name);
      in(() -> functions.createFunction(ALICE, creation(code)));
      in(
          () ->
              functions.publishVersion(
                  ALICE, PublishVersionRequest.builder().functionName(name).build()));
      in(
          () ->
              new Aliases(kit.functions, names, publisher, new Ids(new Random(4)))
                  .createAlias(
                      ALICE,
                      CreateAliasRequest.builder()
                          .functionName(name)
                          .name("prod")
                          .functionVersion("1")
                          .build()));
      in(
          () ->
              new FunctionPolicies(kit.functions, names, publisher, new Ids(new Random(5)))
                  .addPermission(
                      ALICE,
                      AddPermissionRequest.builder()
                          .functionName(name)
                          .qualifier("prod")
                          .statementId("s")
                          .action("lambda:InvokeFunction")
                          .principal("apigateway.amazonaws.com")
                          .build()));
      in(
          () ->
              new EventInvokeConfigs(kit.functions, names, publisher, kit.clock)
                  .putFunctionEventInvokeConfig(
                      ALICE,
                      PutFunctionEventInvokeConfigRequest.builder()
                          .functionName(name)
                          .maximumRetryAttempts(0)
                          .build()));
      in(
          () ->
              new FunctionConcurrency(kit.functions, names, publisher)
                  .putFunctionConcurrency(
                      ALICE,
                      PutFunctionConcurrencyRequest.builder()
                          .functionName(name)
                          .reservedConcurrentExecutions(7)
                          .build()));

      FunctionSnapshot snapshot = last();
      assertEquals("function/111111111111/" + name, snapshot.key());
      assertEquals(Set.of("$LATEST", "1"), snapshot.versions().keySet());
      FunctionVersion one = snapshot.versions().get("1");
      assertEquals("python3.12", one.runtime());
      assertEquals(64, one.codeSha256().length());
      assertEquals(EventInvoke.USUAL, one.eventInvoke());
      assertEquals(new EventInvoke(0, 6 * 3600), snapshot.versions().get("$LATEST").eventInvoke());
      String sealed = one.sealedEnvironment().orElseThrow();
      assertFalse(sealed.contains("hush"));
      assertEquals(
          "{\"SECRET\":\"hush\"}",
          settings
              .nodeKey()
              .open(FunctionVersion.owner("111111111111", name), sealed)
              .orElseThrow());
      assertEquals("1", snapshot.aliases().get("prod").version());
      assertEquals(Set.of("prod"), snapshot.policies().keySet());
      assertEquals(7, snapshot.reservedConcurrency().orElseThrow());
      assertEquals(snapshot, SnapshotCodec.decode(SnapshotCodec.encode(snapshot)));
      assertTrue(in(() -> kit.published.things()).containsKey(snapshot.key()));
      assertEquals(
          code,
          SdkBytes.fromByteArray(
              in(() -> kit.functionCodes.archive("111111111111", one.codeSha256())).orElseThrow()));
    }

    @Test
    void codeGoesWithTheLastThatNamesIt() {
      in(() -> functions.createFunction(ALICE, creation(LambdaDoor.code("first" + name))));
      String first = last().versions().get("$LATEST").codeSha256();
      in(
          () ->
              functions.publishVersion(
                  ALICE, PublishVersionRequest.builder().functionName(name).build()));
      in(
          () ->
              functions.updateFunctionCode(
                  ALICE,
                  UpdateFunctionCodeRequest.builder()
                      .functionName(name)
                      .zipFile(LambdaDoor.code("second" + name))
                      .build()));
      String second = last().versions().get("$LATEST").codeSha256();
      assertTrue(isKept(first), "version 1 names it");
      kit.database.run(
          () ->
              functions.deleteFunction(
                  ALICE,
                  DeleteFunctionRequest.builder().functionName(name).qualifier("1").build()));
      assertFalse(isKept(first));
      assertTrue(isKept(second));
      kit.database.run(
          () ->
              functions.deleteFunction(
                  ALICE, DeleteFunctionRequest.builder().functionName(name).build()));
      assertFalse(isKept(second));
      assertEquals("function/111111111111/" + name, ((Tombstone) published.getLast()).key());
    }

    @Test
    void aDeletedLayersCodeStaysWhileAFunctionHasIt() {
      GetLayerVersionResponse layer =
          in(
              () ->
                  layers.publishLayerVersion(
                      ALICE,
                      PublishLayerVersionRequest.builder()
                          .layerName("l" + name)
                          .content(c -> c.zipFile(LambdaDoor.code("layer" + name)))
                          .build()));
      in(
          () ->
              functions.createFunction(
                  ALICE, creation(LambdaDoor.code(name), layer.layerVersionArn())));
      String archive = last().versions().get("$LATEST").layers().getFirst();
      kit.database.run(
          () ->
              layers.deleteLayerVersion(
                  ALICE,
                  DeleteLayerVersionRequest.builder()
                      .layerName("l" + name)
                      .versionNumber(1L)
                      .build()));
      assertTrue(isKept(archive));
      kit.database.run(
          () ->
              functions.deleteFunction(
                  ALICE, DeleteFunctionRequest.builder().functionName(name).build()));
      assertFalse(isKept(archive));
    }

    @Test
    void anAccountsCodeIsBounded() {
      byte[] noise = new byte[900_000];
      new Random(count).nextBytes(noise);
      String text = HexFormat.of().formatHex(noise);
      ApiError exceeded =
          assertThrows(
              ApiError.class,
              () -> {
                for (int i = 0; i < 3; i++) {
                  name = "big" + i;
                  String mine = text + i;
                  in(() -> functions.createFunction(ALICE, creation(LambdaDoor.code(mine))));
                }
              });
      assertEquals(ApiError.Kind.STORAGE_EXCEEDED, exceeded.kind());
    }

    @Test
    void anotherTenantsFunctionIsNone() {
      in(() -> functions.createFunction(ALICE, creation(LambdaDoor.code(name))));
      assertTrue(in(() -> kit.functions.find(ALICE, name)).isPresent());
      assertTrue(in(() -> kit.functions.find(MALLORY, name)).isEmpty());
      String sha256 = last().versions().get("$LATEST").codeSha256();
      assertTrue(in(() -> kit.functionCodes.find(MALLORY, sha256)).isEmpty());
      assertTrue(in(() -> kit.functionCodes.archive("222222222222", sha256)).isEmpty());
    }

    private boolean isKept(String sha256) {
      return in(() -> kit.functionCodes.find(ALICE, sha256)).isPresent();
    }
  }
}
