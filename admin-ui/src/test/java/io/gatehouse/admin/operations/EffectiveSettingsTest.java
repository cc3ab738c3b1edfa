package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.operations.EffectiveSettings.MethodValues;
import io.gatehouse.admin.operations.EffectiveSettings.Origin;
import io.gatehouse.admin.operations.EffectiveSettings.Value;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.wire.ApiError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

/** Where the settings of methods come from, on both databases. */
class EffectiveSettingsTest {

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

    private static final Method MOCK =
        Method.builder().authorizationType("NONE").methodIntegration(i -> i.type("MOCK")).build();

    Cases(Database.Kind kind) {
      super(kind);
    }

    @BeforeEach
    void deployed() {
      house.run(
          () ->
              house.kit.apis.edit(
                  ALICE, apiId, api -> Kit.definition(apiId, Map.of("GET", MOCK, "POST", MOCK))));
      house.run(
          () ->
              house.deployments.createDeployment(
                  ALICE,
                  CreateDeploymentRequest.builder().restApiId(apiId).stageName("prod").build()));
    }

    @Test
    void whereNothingIsSetTheDefaultsHoldAndTheAccountLimits() {
      List<MethodValues> found = effective();

      assertEquals(List.of("*/*", "/GET", "/POST"), found.stream().map(MethodValues::key).toList());
      for (MethodValues method : found) {
        assertFalse(method.own());
        assertTrue(method.served());
        assertEquals(
            new Value("ERROR", Origin.DEFAULT), method.values().get(MethodSettingField.LOG_LEVEL));
        assertEquals(Origin.ACCOUNT, method.values().get(MethodSettingField.RATE).origin());
        assertEquals(
            new Value("false", Origin.DEFAULT), method.values().get(MethodSettingField.CACHING));
        assertEquals(
            new Value("300", Origin.DEFAULT), method.values().get(MethodSettingField.CACHE_TTL));
      }
    }

    @Test
    void settingsForAllMethodsHoldForAllButCachingForGetsOnly() {
      set("/*/*/logging/loglevel", "INFO");
      set("/*/*/throttling/rateLimit", "12.50");
      set("/*/*/throttling/burstLimit", "-1");
      set("/*/*/caching/enabled", "true");

      MethodValues get = effective().get(1);
      MethodValues post = effective().get(2);
      for (MethodValues method : List.of(get, post)) {
        assertEquals(
            new Value("INFO", Origin.ALL_METHODS),
            method.values().get(MethodSettingField.LOG_LEVEL));
        assertEquals(
            new Value("12.5", Origin.ALL_METHODS), method.values().get(MethodSettingField.RATE));
        assertEquals(Origin.ACCOUNT, method.values().get(MethodSettingField.BURST).origin());
      }
      assertEquals(
          new Value("true", Origin.ALL_METHODS), get.values().get(MethodSettingField.CACHING));
      assertEquals(
          new Value("false", Origin.DEFAULT), post.values().get(MethodSettingField.CACHING));
    }

    @Test
    void settingsOfAMethodTakeThePlaceOfAllOfThoseForAllMethods() {
      set("/*/*/metrics/enabled", "true");
      set("/*/*/logging/loglevel", "INFO");
      set("/~1/POST/caching/enabled", "true");

      MethodValues post = effective().get(2);
      assertTrue(post.own());
      assertEquals(new Value("true", Origin.METHOD), post.values().get(MethodSettingField.CACHING));
      assertEquals(
          new Value("false", Origin.METHOD), post.values().get(MethodSettingField.METRICS));
      assertEquals(
          new Value("ERROR", Origin.DEFAULT), post.values().get(MethodSettingField.LOG_LEVEL));

      patch(PatchOperation.builder().op(Op.REMOVE).path("/~1/POST").build());
      assertEquals(
          new Value("true", Origin.ALL_METHODS),
          effective().get(2).values().get(MethodSettingField.METRICS));
    }

    @Test
    void settingsOfMethodsThatAreNotServedAreListed() {
      set("/~1pets~1{id}/DELETE/metrics/enabled", "true");

      MethodValues gone = effective().getLast();
      assertEquals("pets/{id}/DELETE", gone.key());
      assertEquals("/pets/{id}", gone.path());
      assertEquals("DELETE", gone.verb());
      assertFalse(gone.served());
      assertTrue(gone.own());
    }

    @Test
    void anotherTenantIsToldNothing() {
      ApiError error =
          assertThrows(
              ApiError.class,
              () -> house.in(() -> settings().effectiveSettings(MALLORY, apiId, "prod")));
      assertEquals(ApiError.Kind.NOT_FOUND, error.kind());
    }

    private EffectiveSettings settings() {
      return new EffectiveSettings(
          house.kit.stages, house.kit.deployments, house.kit.tenants, house.settings);
    }

    private List<MethodValues> effective() {
      return house.in(() -> settings().effectiveSettings(ALICE, apiId, "prod"));
    }

    private void set(String path, String value) {
      patch(PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build());
    }

    private void patch(PatchOperation... operations) {
      house.run(
          () ->
              house.stages.updateStage(
                  ALICE,
                  UpdateStageRequest.builder()
                      .restApiId(apiId)
                      .stageName("prod")
                      .patchOperations(Arrays.asList(operations))
                      .build()));
    }
  }
}
