package io.gatehouse.admin.console.apis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The pet store as an OpenAPI document, leading to the sample backend of this installation. */
final class SampleApi {

  private static final String RESOURCE = "/io/gatehouse/admin/openapi/petstore.yaml";
  private static final String BACKEND = "http://${stageVariables.backend}";

  private SampleApi() {}

  static String document(String backendUrl) {
    try (InputStream in = SampleApi.class.getResourceAsStream(RESOURCE)) {
      // its comments tell what is done here
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.replace(BACKEND, backendUrl) + "\n")
          .collect(Collectors.joining());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
