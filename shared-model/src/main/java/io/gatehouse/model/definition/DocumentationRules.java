package io.gatehouse.model.definition;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartLocation;
import software.amazon.awssdk.services.apigateway.model.DocumentationVersion;

/**
 * What is told to the readers of an API about its parts, and the versions in which that is frozen.
 * Imitates the DocumentationPart and DocumentationVersion pages of the API reference.
 */
public final class DocumentationRules {

  /** The vendor's quota. */
  public static final int MOST_PARTS = 2000;

  private static final int LONGEST_VERSION = 255;

  /** Parts and versions travel with every edit of the API, so together they have a bound. */
  private static final int MOST_CHARACTERS = 6 << 20;

  private DocumentationRules() {}

  /**
   * @throws ApiError not found, when there is no such part
   */
  public static DocumentationPart get(ApiDefinition api, String id) {
    return Optional.ofNullable(api.documentationParts().get(id))
        .orElseThrow(() -> ApiError.notFound("Invalid Documentation part identifier specified"));
  }

  /** What could be documented and is not: locations without id and properties. */
  public static List<DocumentationPart> undocumented(ApiDefinition api) {
    Set<DocumentationPartLocation> documented =
        api.documentationParts().values().stream()
            .map(part -> PartLocation.whole(part.location()))
            .collect(Collectors.toSet());
    return DocumentationLocations.of(api).stream()
        .filter(location -> !documented.contains(PartLocation.whole(location)))
        .map(location -> DocumentationPart.builder().location(location).build())
        .toList();
  }

  /** A part with a sound location and sound properties; its id is left as it is. */
  public static DocumentationPart checked(DocumentationPart wanted) {
    return wanted.toBuilder()
        .location(PartLocation.checked(wanted.location()))
        .properties(checkedProperties(wanted.properties()))
        .build();
  }

  /** Properties that a part is about to get: the text of a JSON object. */
  public static String checkedProperties(String properties) {
    if (properties == null || properties.isBlank()) {
      throw ApiError.badRequest("Documentation part properties must be non-empty");
    }
    if (JsonText.spelled(properties).isEmpty()) {
      throw ApiError.badRequest("Documentation part properties must be a JSON object");
    }
    return properties;
  }

  /**
   * @param checked with the id that was drawn for it
   */
  public static ApiDefinition create(ApiDefinition api, DocumentationPart checked) {
    if (byLocation(api).containsKey(PartLocation.whole(checked.location()))) {
      throw ApiError.conflict(
          "Documentation part already exists for the specified location: "
              + PartLocation.text(checked.location()));
    }
    return with(api, List.of(checked));
  }

  public static ApiDefinition update(
      ApiDefinition api, String id, UnaryOperator<DocumentationPart> change) {
    return with(api, List.of(change.apply(get(api, id))));
  }

  public static ApiDefinition delete(ApiDefinition api, String id) {
    get(api, id);
    Map<String, DocumentationPart> rest = new LinkedHashMap<>(api.documentationParts());
    rest.remove(id);
    return api.withDocumentationParts(rest);
  }

  /**
   * Adds parts of a document, each location being there once. Of a part that is there already the
   * properties that the document does not name stay.
   */
  public static ApiDefinition merge(
      ApiDefinition api, List<DocumentationPart> checked, Supplier<String> ids) {
    Map<DocumentationPartLocation, DocumentationPart> former = byLocation(api);
    return with(
        api,
        checked.stream()
            .map(
                part -> {
                  DocumentationPart before = former.get(PartLocation.whole(part.location()));
                  return before == null
                      ? part.toBuilder().id(ids.get()).build()
                      : before.toBuilder().properties(merged(before, part)).build();
                })
            .toList());
  }

  /** The parts of a document take the place of all others; what keeps its place keeps its id. */
  public static ApiDefinition overwrite(
      ApiDefinition api, List<DocumentationPart> checked, Supplier<String> ids) {
    Map<DocumentationPartLocation, DocumentationPart> former = byLocation(api);
    return with(
        api.withDocumentationParts(Map.of()),
        checked.stream()
            .map(
                part ->
                    part.toBuilder()
                        .id(
                            Optional.ofNullable(former.get(PartLocation.whole(part.location())))
                                .map(DocumentationPart::id)
                                .orElseGet(ids))
                        .build())
            .toList());
  }

  /** Of parts for one location, the last counts. */
  public static List<DocumentationPart> lastOfEachLocation(List<DocumentationPart> parts) {
    return List.copyOf(byLocation(parts).values());
  }

  /** The ids of the API's parts that are in the places of these. */
  public static List<String> idsOf(ApiDefinition api, List<DocumentationPart> parts) {
    Map<DocumentationPartLocation, DocumentationPart> there = byLocation(api);
    return parts.stream().map(p -> there.get(PartLocation.whole(p.location())).id()).toList();
  }

  /**
   * @throws ApiError not found, when there is no such version
   */
  public static FrozenDocumentation version(ApiDefinition api, String name) {
    return Optional.ofNullable(api.documentationVersions().get(name))
        .orElseThrow(() -> ApiError.notFound("Invalid Documentation version specified"));
  }

  /** Freezes the parts as they are now. */
  public static ApiDefinition freeze(
      ApiDefinition api, String name, String description, Instant now) {
    if (name.isBlank()) {
      throw ApiError.badRequest("Documentation version must be non-empty");
    }
    Shapes.checkLength("Documentation version", name, LONGEST_VERSION);
    if (api.documentationVersions().containsKey(name)) {
      throw ApiError.conflict("Documentation version already exists: " + name);
    }
    DocumentationVersion version =
        DocumentationVersion.builder()
            .version(name)
            .createdDate(now)
            .description(Shapes.text(description))
            .build();
    return withVersion(
        api, new FrozenDocumentation(version, List.copyOf(api.documentationParts().values())));
  }

  public static ApiDefinition updateVersion(
      ApiDefinition api, String name, UnaryOperator<DocumentationVersion> change) {
    FrozenDocumentation before = version(api, name);
    return withVersion(
        api, new FrozenDocumentation(change.apply(before.version()), before.parts()));
  }

  public static ApiDefinition deleteVersion(ApiDefinition api, String name) {
    version(api, name);
    Map<String, FrozenDocumentation> rest = new LinkedHashMap<>(api.documentationVersions());
    rest.remove(name);
    return api.withDocumentationVersions(rest);
  }

  private static Map<DocumentationPartLocation, DocumentationPart> byLocation(ApiDefinition api) {
    return byLocation(api.documentationParts().values());
  }

  private static Map<DocumentationPartLocation, DocumentationPart> byLocation(
      Collection<DocumentationPart> parts) {
    Map<DocumentationPartLocation, DocumentationPart> places = new LinkedHashMap<>();
    parts.forEach(part -> places.put(PartLocation.whole(part.location()), part));
    return places;
  }

  private static String merged(DocumentationPart before, DocumentationPart after) {
    JsonObjectBuilder all =
        JSON.createObjectBuilder(
            JsonText.spelled(before.properties()).orElse(JsonObject.EMPTY_JSON_OBJECT));
    JsonText.spelled(after.properties()).orElse(JsonObject.EMPTY_JSON_OBJECT).forEach(all::add);
    return all.build().toString();
  }

  private static ApiDefinition with(ApiDefinition api, List<DocumentationPart> newer) {
    Map<String, DocumentationPart> parts = new LinkedHashMap<>(api.documentationParts());
    newer.forEach(part -> parts.put(part.id(), part));
    if (parts.size() > MOST_PARTS) {
      throw Shapes.quotaReached("Documentation parts");
    }
    return bounded(api.withDocumentationParts(parts));
  }

  private static ApiDefinition withVersion(ApiDefinition api, FrozenDocumentation frozen) {
    Shapes.checkDescription(frozen.version().description());
    Map<String, FrozenDocumentation> versions = new LinkedHashMap<>(api.documentationVersions());
    versions.put(frozen.version().version(), frozen);
    return bounded(api.withDocumentationVersions(versions));
  }

  private static ApiDefinition bounded(ApiDefinition api) {
    long characters = characters(api.documentationParts().values());
    for (FrozenDocumentation frozen : api.documentationVersions().values()) {
      characters += 1000 + characters(frozen.parts());
    }
    if (characters > MOST_CHARACTERS) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "The documentation of an API and all its versions together may hold at most "
              + MOST_CHARACTERS
              + " characters");
    }
    return api;
  }

  /** Every part counts a little more than its text, so that many small ones are bounded too. */
  private static long characters(Collection<DocumentationPart> parts) {
    return parts.stream().mapToLong(part -> 200 + part.properties().length()).sum();
  }
}
