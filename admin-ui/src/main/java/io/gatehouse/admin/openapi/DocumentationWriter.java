package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;
import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.definition.FrozenDocumentation;
import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartLocation;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartType;

/**
 * Documentation parts in a document: all of them in the vendor's extension, and the descriptions of
 * what a part names exactly also where OpenAPI has them.
 */
final class DocumentationWriter {

  private record Key(
      DocumentationPartType type, String path, String method, String statusCode, String name) {}

  private static final Comparator<DocumentationPart> BY_LOCATION =
      Comparator.comparing(
          part ->
              String.join(
                  "\0",
                  part.location().typeAsString(),
                  String.valueOf(part.location().path()),
                  String.valueOf(part.location().method()),
                  String.valueOf(part.location().statusCode()),
                  String.valueOf(part.location().name())));

  private final Optional<FrozenDocumentation> documentation;
  private final Map<Key, JsonObject> properties = new HashMap<>();

  /**
   * @param documentation empty for exports without any
   */
  DocumentationWriter(Optional<FrozenDocumentation> documentation) {
    this.documentation = documentation;
    for (DocumentationPart part : documentation.map(d -> d.parts()).orElse(List.of())) {
      JsonText.spelled(part.properties())
          .ifPresent(told -> properties.put(key(part.location()), told));
    }
  }

  /** Adds the extension, when there is documentation. */
  void extension(ObjectWriter out) {
    documentation.ifPresent(
        frozen ->
            out.add(
                EXTENSION + "documentation",
                new ObjectWriter()
                    .text("version", frozen.version().version())
                    .text(
                        "createdDate",
                        Optional.ofNullable(frozen.version().createdDate())
                            .map(date -> date.truncatedTo(ChronoUnit.SECONDS).toString())
                            .orElse(null))
                    .objects(
                        "documentationParts",
                        frozen.parts().stream()
                            .sorted(BY_LOCATION)
                            .map(DocumentationWriter::part)
                            .toList())
                    .done()));
  }

  Place method(String path, String verb) {
    return new Place(new Key(DocumentationPartType.METHOD, path, verb, null, null));
  }

  Place authorizer(String name) {
    return new Place(new Key(DocumentationPartType.AUTHORIZER, null, null, null, name));
  }

  private static JsonObject part(DocumentationPart part) {
    DocumentationPartLocation at = part.location();
    return new ObjectWriter()
        .add(
            "location",
            new ObjectWriter()
                .text("type", at.typeAsString())
                .text("path", at.path())
                .text("method", at.method())
                .text("statusCode", at.statusCode())
                .text("name", at.name())
                .done())
        .add(
            "properties",
            JsonText.spelled(part.properties())
                .<JsonValue>map(told -> told)
                .orElseGet(() -> JSON.createValue(part.properties())))
        .done();
  }

  /** Only places below a path have defaults, and no place without one is looked up. */
  private static Key key(DocumentationPartLocation at) {
    boolean below = at.type() != DocumentationPartType.AUTHORIZER;
    String path = below && at.path() == null ? "/" : at.path();
    return new Key(at.type(), path, at.method(), at.statusCode(), at.name());
  }

  /** One thing that may be documented. */
  final class Place {

    private final Key key;

    private Place(Key key) {
      this.key = key;
    }

    Place parameter(String in, String name) {
      return switch (in) {
        case "path" -> at(DocumentationPartType.PATH_PARAMETER, null, name);
        case "query" -> at(DocumentationPartType.QUERY_PARAMETER, null, name);
        default -> at(DocumentationPartType.REQUEST_HEADER, null, name);
      };
    }

    Place body() {
      return at(DocumentationPartType.REQUEST_BODY, null, null);
    }

    Place response(String statusCode) {
      return at(DocumentationPartType.RESPONSE, statusCode, null);
    }

    Place header(String name) {
      return at(DocumentationPartType.RESPONSE_HEADER, key.statusCode(), name);
    }

    /** Adds what an operation can say of itself. */
    void operation(ObjectWriter out) {
      if (told().get("tags") instanceof JsonArray tags
          && tags.stream().allMatch(JsonString.class::isInstance)
          && new HashSet<>(tags).size() == tags.size()) {
        out.add("tags", tags);
      }
      text("summary").ifPresent(summary -> out.text("summary", summary));
      describe(out);
      if (told().get("deprecated") == JsonValue.TRUE) {
        out.add("deprecated", true);
      }
    }

    ObjectWriter describe(ObjectWriter out) {
      return out.text("description", description().orElse(null));
    }

    Optional<String> description() {
      return text("description");
    }

    private Optional<String> text(String member) {
      return told().get(member) instanceof JsonString text
          ? Optional.of(text.getString())
          : Optional.empty();
    }

    private JsonObject told() {
      return properties.getOrDefault(key, JsonValue.EMPTY_JSON_OBJECT);
    }

    private Place at(DocumentationPartType type, String statusCode, String name) {
      return new Place(new Key(type, key.path(), key.method(), statusCode, name));
    }
  }
}
