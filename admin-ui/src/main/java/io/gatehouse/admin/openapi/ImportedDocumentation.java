package io.gatehouse.admin.openapi;

import java.util.List;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;

/**
 * What a document tells about an API.
 *
 * @param parts checked and without ids, each location once
 * @param warnings what was dropped and may be missed
 */
public record ImportedDocumentation(List<DocumentationPart> parts, List<String> warnings) {

  public ImportedDocumentation {
    parts = List.copyOf(parts);
    warnings = List.copyOf(warnings);
  }
}
