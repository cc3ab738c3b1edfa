package io.gatehouse.model.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** What the tests of this package start from. */
final class Examples {

  static final String ROOT = "root000000";

  /** The vendor's longest timeout of an integration. */
  static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(29);

  private Examples() {}

  static Supplier<String> ids() {
    AtomicInteger next = new AtomicInteger();
    return () -> "id%04d".formatted(next.incrementAndGet());
  }

  static ApiDefinition api() {
    return RestApiRules.create(
        RestApi.builder().name("pets").build(), "api1234567", ROOT, ids(), Instant.EPOCH);
  }

  static ApiDefinition withMethod(String verb) {
    return MethodRules.put(api(), ROOT, method(verb).build());
  }

  static Method.Builder method(String verb) {
    return Method.builder().httpMethod(verb).authorizationType("NONE");
  }

  /** With something of everything that hangs below a resource. */
  static ApiDefinition full(ApiDefinition start) {
    ApiDefinition api = ResourceTree.createPath(start, "/pets/{petId}", ids());
    String pet = newest(api).id();
    api = MethodRules.put(api, pet, method("GET").apiKeyRequired(true).build());
    api =
        MethodResponseRules.put(
            api,
            pet,
            "GET",
            MethodResponse.builder()
                .statusCode("200")
                .responseModels(Map.of("application/json", "Empty"))
                .build());
    api =
        IntegrationRules.put(
            api,
            pet,
            "GET",
            Integration.builder()
                .type(IntegrationType.HTTP)
                .httpMethod("GET")
                .uri("http://example.com/{petId}")
                .build(),
            LONGEST_TIMEOUT);
    return IntegrationResponseRules.put(
        api, pet, "GET", IntegrationResponse.builder().statusCode("200").build());
  }

  /** The resource that was made last. */
  static Resource newest(ApiDefinition api) {
    return api.resourceList().getLast();
  }

  static void assertRefused(ApiError.Kind kind, String message, Executable action) {
    ApiError refused = assertThrows(ApiError.class, action);
    assertEquals(message, refused.getMessage());
    assertEquals(kind, refused.kind());
  }
}
