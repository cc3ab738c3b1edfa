package io.gatehouse.model.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartType;
import software.amazon.awssdk.services.apigateway.model.DocumentationVersion;

class ApiDefinitionTest {

  private static final DocumentationPart BEFORE = part("{\"description\":\"old\"}");
  private static final DocumentationPart NOW = part("{\"description\":\"new\"}");

  private final ApiDefinition documented =
      Examples.full(Examples.api())
          .withDocumentationParts(Map.of(NOW.id(), NOW))
          .withDocumentationVersions(
              Map.of(
                  "v1",
                  new FrozenDocumentation(
                      DocumentationVersion.builder()
                          .version("v1")
                          .createdDate(Instant.EPOCH)
                          .build(),
                      List.of(BEFORE))));

  @Test
  void documentationIsPartOfTheDocument() {
    assertEquals(documented, ApiDefinition.fromJson(documented.toJson()));
  }

  @Test
  void whatIsDeployedCarriesNoDocumentation() {
    ApiDefinition deployed = documented.withoutDocumentation();

    assertEquals(Examples.full(Examples.api()), deployed);
    assertFalse(deployed.toJson().toString().contains("documentation"));
  }

  private static DocumentationPart part(String properties) {
    return DocumentationPart.builder()
        .id("part01")
        .location(l -> l.type(DocumentationPartType.API))
        .properties(properties)
        .build();
  }
}
