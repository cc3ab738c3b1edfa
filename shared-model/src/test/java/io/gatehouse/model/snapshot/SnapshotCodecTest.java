package io.gatehouse.model.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.RestApiRules;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;

class SnapshotCodecTest {

  private static final ApiDefinition FIRST = definition("first");
  private static final ApiDefinition SECOND = definition("second");

  @Test
  void aStageTravelsWithItsCanary() throws Exception {
    StageSnapshot sent = snapshot(stage("d1", Optional.of("d2")), Optional.of(SECOND));

    StageSnapshot received = (StageSnapshot) SnapshotCodec.decode(SnapshotCodec.encode(sent));

    assertEquals(sent, received);
    assertEquals(12.5, received.stage().canarySettings().percentTraffic());
    assertEquals(Map.of("v", "c"), received.stage().canarySettings().stageVariableOverrides());
    assertEquals(Optional.of(SECOND), received.canary());
  }

  @Test
  void aCanaryOfTheStagesOwnDeploymentIsNotSentTwice() throws Exception {
    StageSnapshot sent = snapshot(stage("d1", Optional.of("d1")), Optional.of(FIRST));

    byte[] bytes = SnapshotCodec.encode(sent);

    assertTrue(json(bytes).contains("\"definition\""));
    assertTrue(!json(bytes).contains("canaryDefinition"), "the copy is left out");
    assertEquals(sent, SnapshotCodec.decode(bytes));
  }

  @Test
  void aStageWithoutACanarySaysNothingOfOne() throws Exception {
    StageSnapshot sent = snapshot(stage("d1", Optional.empty()), Optional.empty());

    byte[] bytes = SnapshotCodec.encode(sent);

    assertTrue(!json(bytes).contains("canary"));
    assertEquals(sent, SnapshotCodec.decode(bytes));
  }

  @Test
  void howOftenTheCacheWasFlushedTravelsAndIsNeverWithoutNeed() throws Exception {
    StageSnapshot once = snapshot(stage("d1", Optional.empty()), Optional.empty());
    StageSnapshot flushed =
        new StageSnapshot(
            once.revision(),
            once.account(),
            once.region(),
            once.apiId(),
            once.stage(),
            once.definition(),
            once.certificate(),
            once.canary(),
            1L << 40);

    assertEquals(flushed, SnapshotCodec.decode(SnapshotCodec.encode(flushed)));
    assertTrue(!json(SnapshotCodec.encode(once)).contains("cacheGeneration"));
    assertEquals(once, SnapshotCodec.decode(SnapshotCodec.encode(once)));
  }

  @Test
  void theCanaryOfAnOlderControlPlaneIsUnknown() throws Exception {
    StageSnapshot old = snapshot(stage("d1", Optional.of("d2")), Optional.empty());

    StageSnapshot received = (StageSnapshot) SnapshotCodec.decode(SnapshotCodec.encode(old));

    assertEquals(Optional.empty(), received.canary());
  }

  @Test
  void whatAnAccountHasSetForItsIntegrationsTravelsWhole() throws Exception {
    RoleAccess role =
        new RoleAccess(
            "AKID",
            Optional.of("1:secret"),
            Optional.of("1:token"),
            true,
            Optional.of("id"),
            Optional.of("{}"));
    RoleAccess bare =
        new RoleAccess(
            "", Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());
    BackendAccessSnapshot sent =
        new BackendAccessSnapshot(
            3,
            "111111111111",
            List.of("-----BEGIN"),
            Map.of("sqs", "http://127.0.0.1:9324", "*", BackendAccessSnapshot.VENDOR),
            Map.of("arn:aws:iam::111111111111:role/r", role, "default", bare));

    assertEquals(sent, SnapshotCodec.decode(SnapshotCodec.encode(sent)));
  }

  @Test
  void aVpcLinkTravelsWhole() throws Exception {
    VpcLinkSnapshot sent =
        new VpcLinkSnapshot(
            4,
            "111111111111",
            "abc123",
            List.of("10.0.0.5:8080", "[fd00::1]:8080"),
            new HealthCheck("/health", true, 5, 900, 3, 4));

    assertEquals(sent, SnapshotCodec.decode(SnapshotCodec.encode(sent)));
  }

  @Test
  void aFunctionTravelsWhole() throws Exception {
    FunctionVersion version =
        new FunctionVersion(
            "1",
            "ab".repeat(32),
            "nodejs20.x",
            "index.handler",
            256,
            7,
            Optional.of("1:env"),
            List.of("cd".repeat(32), "ab".repeat(32)),
            new FunctionVersion.EventInvoke(1, 60));
    FunctionSnapshot sent =
        new FunctionSnapshot(
            5,
            "111111111111",
            "us-east-1",
            "hello",
            Map.of("1", version),
            Map.of(
                "live",
                new FunctionAlias(
                    "1", Map.of("2", 0.25), Optional.of(new FunctionVersion.EventInvoke(0, 60)))),
            Map.of("", "{}", "live", "{}"),
            OptionalInt.of(3));

    assertEquals(sent, SnapshotCodec.decode(SnapshotCodec.encode(sent)));
  }

  private static StageSnapshot snapshot(Stage stage, Optional<ApiDefinition> canary) {
    return new StageSnapshot(
        7, "111111111111", "us-east-1", "api1", stage, FIRST, Optional.empty(), canary);
  }

  private static Stage stage(String deploymentId, Optional<String> canary) {
    Stage.Builder stage =
        Stage.builder()
            .stageName("prod")
            .deploymentId(deploymentId)
            .tags(Map.of("gatehouse:reason-header", "off"));
    canary.ifPresent(
        id ->
            stage.canarySettings(
                c ->
                    c.deploymentId(id)
                        .percentTraffic(12.5)
                        .stageVariableOverrides(Map.of("v", "c"))
                        .useStageCache(true)));
    return stage.build();
  }

  private static ApiDefinition definition(String name) {
    return RestApiRules.bare(RestApi.builder().name(name).build(), "api1", "root", Instant.EPOCH);
  }

  private static String json(byte[] bytes) throws Exception {
    int head = SnapshotCodec.header(bytes).length();
    byte[] packed = Arrays.copyOfRange(bytes, head, bytes.length);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
