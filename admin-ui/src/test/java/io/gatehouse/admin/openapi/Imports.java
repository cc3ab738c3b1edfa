package io.gatehouse.admin.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.RestApiRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** Short ways to import in tests. */
final class Imports {

  /** The vendor's. */
  static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(29);

  private Imports() {}

  static ApiDefinition bare() {
    return RestApiRules.bare(
        RestApi.builder().name("before").build(), "api1234567", "root000000", Instant.EPOCH);
  }

  static ImportedApi overwrite(byte[] document, Map<String, String> parameters, boolean strict) {
    return new OpenApiReader(ids("new"), LONGEST_TIMEOUT)
        .overwrite(
            bare(), OpenApiDocument.parse(document), ImportParameters.of(parameters, strict));
  }

  static ImportedApi read(String document) {
    return overwrite(document.getBytes(UTF_8), Map.of(), false);
  }

  static ImportedApi merge(ApiDefinition before, String document) {
    return new OpenApiReader(ids("more"), LONGEST_TIMEOUT)
        .merge(
            before,
            OpenApiDocument.parse(document.getBytes(UTF_8)),
            ImportParameters.of(Map.of(), false));
  }

  static ImportedApi overwrite(ApiDefinition before, String document) {
    return overwrite(before, document, Map.of());
  }

  static ImportedApi overwrite(
      ApiDefinition before, String document, Map<String, String> parameters) {
    return new OpenApiReader(ids("more"), LONGEST_TIMEOUT)
        .overwrite(
            before,
            OpenApiDocument.parse(document.getBytes(UTF_8)),
            ImportParameters.of(parameters, false));
  }

  static Supplier<String> ids(String prefix) {
    AtomicInteger next = new AtomicInteger();
    return () -> prefix + next.incrementAndGet();
  }
}
