package io.gatehouse.model.definition;

import static io.gatehouse.model.definition.Examples.assertRefused;
import static io.gatehouse.model.wire.ApiError.Kind.BAD_REQUEST;
import static io.gatehouse.model.wire.ApiError.Kind.CONFLICT;
import static io.gatehouse.model.wire.ApiError.Kind.LIMIT_EXCEEDED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartLocation;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;

class DocumentationRulesTest {

  private static final String INVALID = "Invalid documentation part location specified: ";

  @Test
  void everyTypeHasItsOwnMembers() {
    refused("type 'API' has no path", l -> l.type("API").path("/"));
    refused("type 'RESOURCE' has no method", l -> l.type("RESOURCE").path("/").method("GET"));
    refused("type 'METHOD' has no name", l -> l.type("METHOD").name("x"));
    refused("type 'METHOD' has no statusCode", l -> l.type("METHOD").statusCode("200"));
    refused("type 'MODEL' needs a name", l -> l.type("MODEL").name(""));
    refused("type 'RESPONSE_HEADER' needs a name", l -> l.type("RESPONSE_HEADER"));
    refused("path must start with /", l -> l.type("RESOURCE").path("pets"));
    refused(
        "method must be * or one of GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
        l -> l.type("METHOD").method("get"));
    refused("statusCode must be * or 100 to 599", l -> l.type("RESPONSE").statusCode("600"));
    refused("there is no type 'NONE'", l -> l.type("NONE"));
  }

  @Test
  void emptyMembersOfALocationAreNotGiven() {
    DocumentationPart part =
        part(l -> l.type("METHOD").path("/a").method("").statusCode(" ").name(""));
    assertEquals(
        DocumentationPartLocation.builder().type("METHOD").path("/a").build(), part.location());
  }

  @Test
  void oneLocationIsDocumentedOnceHoweverItIsWritten() {
    ApiDefinition api =
        DocumentationRules.create(
            Examples.api(), part(l -> l.type("RESPONSE").path("/").method("*")));
    assertRefused(
        CONFLICT,
        "Documentation part already exists for the specified location: type 'RESPONSE', statusCode"
            + " '*'",
        () ->
            DocumentationRules.create(
                api,
                part(l -> l.type("RESPONSE").statusCode("*")).toBuilder().id("other").build()));
  }

  @Test
  void propertiesAreTheTextOfAnObject() {
    for (String blank : new String[] {null, "", " "}) {
      assertRefused(
          BAD_REQUEST,
          "Documentation part properties must be non-empty",
          () -> DocumentationRules.checkedProperties(blank));
    }
    for (String wrong : List.of("text", "[1]", "{\"a\":1", "{} {}")) {
      assertRefused(
          BAD_REQUEST,
          "Documentation part properties must be a JSON object",
          () -> DocumentationRules.checkedProperties(wrong));
    }
    assertEquals("{ \"a\": 1 }", DocumentationRules.checkedProperties("{ \"a\": 1 }"));
  }

  @Test
  void whateverAnApiHasCanBeDocumented() {
    ApiDefinition api = Examples.full(Examples.api());
    String pet = Examples.newest(api).id();
    api =
        MethodRules.update(
            api,
            pet,
            "GET",
            m ->
                m.toBuilder()
                    .requestParameters(
                        Map.of(
                            "method.request.path.petId", true,
                            "method.request.querystring.a.b", false,
                            "method.request.header.X", false))
                    .requestModels(Map.of("a/b", "Empty"))
                    .build());
    api =
        MethodResponseRules.put(
            api,
            pet,
            "GET",
            MethodResponse.builder()
                .statusCode("404")
                .responseParameters(Map.of("method.response.header.Y", false))
                .build());
    api = api.withAuthorizers(Map.of("x", Authorizer.builder().id("x").name("guard").build()));

    List<String> places =
        DocumentationRules.undocumented(api).stream()
            .map(part -> PartLocation.text(part.location()))
            .sorted()
            .toList();

    String get = ", path '/pets/{petId}', method 'GET'";
    assertEquals(
        List.of(
            "type 'API'",
            "type 'AUTHORIZER', name 'guard'",
            "type 'METHOD'" + get,
            "type 'MODEL', name 'Empty'",
            "type 'MODEL', name 'Error'",
            "type 'PATH_PARAMETER'" + get + ", name 'petId'",
            "type 'QUERY_PARAMETER'" + get + ", name 'a.b'",
            "type 'REQUEST_BODY'" + get,
            "type 'REQUEST_HEADER'" + get + ", name 'X'",
            "type 'RESOURCE', path '/'",
            "type 'RESOURCE', path '/pets'",
            "type 'RESOURCE', path '/pets/{petId}'",
            "type 'RESPONSE'" + get + ", statusCode '200'",
            "type 'RESPONSE'" + get + ", statusCode '404'",
            "type 'RESPONSE_BODY'" + get + ", statusCode '200'",
            "type 'RESPONSE_HEADER'" + get + ", statusCode '404', name 'Y'"),
        places);
  }

  @Test
  void documentationIsBoundedInNumberAndSize() {
    List<DocumentationPart> many = new ArrayList<>();
    for (int i = 0; i <= 2000; i++) {
      String name = "m" + i;
      many.add(part(l -> l.type("MODEL").name(name)));
    }
    assertRefused(
        LIMIT_EXCEEDED,
        "Maximum number of Documentation parts for this API has been reached. Please contact AWS"
            + " if you need additional Documentation parts.",
        () -> DocumentationRules.overwrite(Examples.api(), many, Examples.ids()));

    String large = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
    ApiDefinition api =
        DocumentationRules.create(
            Examples.api(), part(l -> l.type("API")).toBuilder().properties(large).build());
    assertRefused(
        LIMIT_EXCEEDED,
        "The documentation of an API and all its versions together may hold at most 6291456"
            + " characters",
        () -> {
          ApiDefinition grown = api;
          for (int i = 0; i < 6; i++) {
            grown = DocumentationRules.freeze(grown, "v" + i, null, Instant.EPOCH);
          }
        });
  }

  @Test
  void aVersionHasANameThatIsThereOnce() {
    ApiDefinition api = DocumentationRules.freeze(Examples.api(), "v1", "", Instant.EPOCH);
    assertEquals(null, DocumentationRules.version(api, "v1").version().description());
    assertRefused(
        CONFLICT,
        "Documentation version already exists: v1",
        () -> DocumentationRules.freeze(api, "v1", null, Instant.EPOCH));
    assertRefused(
        BAD_REQUEST,
        "Documentation version must be non-empty",
        () -> DocumentationRules.freeze(api, "", null, Instant.EPOCH));
    assertEquals(Map.of(), DocumentationRules.deleteVersion(api, "v1").documentationVersions());
  }

  private static void refused(String why, Consumer<DocumentationPartLocation.Builder> location) {
    assertRefused(BAD_REQUEST, INVALID + why, () -> part(location));
  }

  private static DocumentationPart part(Consumer<DocumentationPartLocation.Builder> location) {
    return DocumentationRules.checked(
        DocumentationPart.builder().id("part01").location(location).properties("{}").build());
  }
}
