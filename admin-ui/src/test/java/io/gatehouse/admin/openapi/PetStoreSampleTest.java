package io.gatehouse.admin.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.compile.StageCompiler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.Stage;

class PetStoreSampleTest {

  @Test
  void theSampleIsImportedWithoutAWarningAndCanBeServed() throws IOException {
    ImportedApi imported = Imports.overwrite(sample(), Map.of(), true);

    assertEquals(List.of(), imported.warnings());
    assertEquals(
        List.of("/", "/health", "/pets", "/pets/{petId}", "/store", "/store/{proxy+}"),
        ResourceTree.sorted(imported.definition()).stream().map(Resource::path).toList());
    assertEquals(
        Set.of("Pet", "NewPet", "Pets", "Problem"), imported.definition().models().keySet());
    Stage stage =
        Stage.builder().stageName("demo").variables(Map.of("backend", "127.0.0.1:9280")).build();
    assertEquals(
        List.of(),
        StageCompiler.unserved(
            new StageSnapshot(
                1, "123456789012", "us-east-1", "api1234567", stage, imported.definition())));
  }

  private static byte[] sample() throws IOException {
    try (var in = OpenApiReader.class.getResourceAsStream("petstore.yaml")) {
      return in.readAllBytes();
    }
  }
}
