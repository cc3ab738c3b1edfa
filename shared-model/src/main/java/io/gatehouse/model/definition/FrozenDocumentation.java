package io.gatehouse.model.definition;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.Wire;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.DocumentationVersion;

/**
 * A documentation version: its name, date and description, and the parts as they were when it was
 * made.
 */
public record FrozenDocumentation(DocumentationVersion version, List<DocumentationPart> parts) {

  public FrozenDocumentation {
    parts = List.copyOf(parts);
  }

  JsonObject toJson() {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    parts.forEach(part -> list.add(Wire.write(part)));
    return JSON.createObjectBuilder()
        .add("version", Wire.write(version))
        .add("parts", list)
        .build();
  }

  static FrozenDocumentation fromJson(JsonObject json) {
    return new FrozenDocumentation(
        Wire.read(json.getJsonObject("version"), DocumentationVersion.builder()),
        json.getJsonArray("parts").stream()
            .map(part -> Wire.read(part.asJsonObject(), DocumentationPart.builder()))
            .toList());
  }
}
