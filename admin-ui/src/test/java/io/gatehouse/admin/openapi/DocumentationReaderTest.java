package io.gatehouse.admin.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationReaderTest {

  @Test
  void openApisOwnMembersBecomeParts() {
    assertEquals(
        List.of(
            "{\"type\":\"API\"} {\"info\":{\"description\":\"Pets\"},\"tags\":[{\"name\":\"pets\"}]}",
            "{\"type\":\"RESOURCE\",\"path\":\"/pets\"} {\"summary\":\"All\"}",
            "{\"type\":\"REQUEST_HEADER\",\"path\":\"/pets\",\"name\":\"X-Shop\"} {\"description\":\"Which shop\"}",
            "{\"type\":\"METHOD\",\"path\":\"/pets\",\"method\":\"GET\"} {\"summary\":\"List\",\"deprecated\":true}",
            "{\"type\":\"QUERY_PARAMETER\",\"path\":\"/pets\",\"method\":\"GET\",\"name\":\"q\"} {\"description\":\"Search\"}",
            "{\"type\":\"RESPONSE\",\"path\":\"/pets\",\"method\":\"GET\",\"statusCode\":\"200\"} {\"description\":\"Found\"}",
            "{\"type\":\"RESPONSE_HEADER\",\"path\":\"/pets\",\"method\":\"GET\",\"statusCode\":\"200\",\"name\":\"X-Next\"} {\"description\":\"More\"}",
            "{\"type\":\"RESPONSE\",\"path\":\"/pets\",\"method\":\"GET\",\"statusCode\":\"*\"} {\"description\":\"Failed\"}",
            "{\"type\":\"REQUEST_BODY\",\"path\":\"/pets\",\"method\":\"ANY\"} {\"description\":\"A pet\"}",
            "{\"type\":\"AUTHORIZER\",\"name\":\"guard\"} {\"description\":\"Guards\"}",
            "{\"type\":\"MODEL\",\"name\":\"aPet\"} {\"title\":\"Pet\"}"),
        read(
            """
            openapi: 3.0.1
            info: {title: t, version: '1', description: Pets}
            tags: [{name: pets}]
            paths:
              /pets:
                summary: All
                parameters: [{$ref: '#/components/parameters/shop'}]
                get:
                  summary: List
                  deprecated: true
                  parameters: [{name: q, in: query, description: Search}]
                  responses:
                    '200': {description: Found, headers: {X-Next: {description: More}}}
                    default: {description: Failed}
                    4XX: {description: dropped}
                x-amazon-apigateway-any-method:
                  requestBody: {description: A pet}
            components:
              parameters: {shop: {name: X-Shop, in: header, description: Which shop}}
              securitySchemes: {guard: {type: apiKey, description: Guards}}
              schemas: {a_Pet: {title: Pet}}
            """));
  }

  @Test
  void swaggerKeepsTheSameInOtherPlaces() {
    assertEquals(
        List.of(
            "{\"type\":\"REQUEST_BODY\",\"path\":\"/pets\",\"method\":\"POST\"} {\"description\":\"A pet\"}",
            "{\"type\":\"AUTHORIZER\",\"name\":\"guard\"} {\"description\":\"Guards\"}",
            "{\"type\":\"MODEL\",\"name\":\"Pet\"} {\"description\":\"One pet\"}"),
        read(
            """
            swagger: '2.0'
            info: {title: t, version: '1'}
            paths: {/pets: {post: {parameters: [{name: pet, in: body, description: A pet}]}}}
            securityDefinitions: {guard: {type: apiKey, description: Guards}}
            definitions: {Pet: {description: One pet}}
            """));
  }

  @Test
  void thePartsOfTheExtensionCountMore() {
    assertEquals(
        List.of(
            "{\"type\":\"METHOD\",\"path\":\"/\",\"method\":\"GET\"} {\"summary\":\"theirs\"}",
            "{\"type\":\"MODEL\",\"name\":\"Pet\"} { \"a\": 1 }"),
        read(
            """
            openapi: 3.0.1
            info: {title: t, version: '1'}
            paths: {/: {get: {summary: own}}}
            x-amazon-apigateway-documentation:
              documentationParts:
                - {location: {type: METHOD, path: /, method: GET}, properties: {summary: theirs}}
                - {location: {type: MODEL, name: Pet}, properties: '{ "a": 1 }'}
            """));
  }

  @Test
  void allThatIsWrongIsToldTogether() {
    assertEquals(
        "Errors found during import:\n"
            + "\tUnable to read the documentation at /paths: The value at /paths must be an object\n"
            + "\tUnable to import the documentation part at"
            + " /x-amazon-apigateway-documentation/documentationParts/0: The value at"
            + " /x-amazon-apigateway-documentation/documentationParts/0/location is missing\n"
            + "\tUnable to import the documentation part at"
            + " /x-amazon-apigateway-documentation/documentationParts/1: Invalid documentation part"
            + " location specified: type 'API' has no path\n"
            + "\tUnable to import the documentation part at"
            + " /x-amazon-apigateway-documentation/documentationParts/2: Documentation part"
            + " properties must be non-empty",
        refused(
            """
            openapi: 3.0.1
            info: {title: t, version: '1'}
            paths: []
            x-amazon-apigateway-documentation:
              documentationParts:
                - {properties: {}}
                - {location: {type: API, path: /}, properties: {}}
                - {location: {type: API}}
            """));
  }

  @Test
  void whatCannotBeReadHasTheVendorsSentence() {
    for (String broken : List.of("", "[]", "{'key:value}", "openapi: 1.2.3", "a: *b", "a: [")) {
      assertEquals("Unable to build importer with provided input.", refused(broken));
    }
    assertEquals(
        "Unable to build importer with provided input.",
        refused("{\"a\":".repeat(1000) + "1" + "}".repeat(1000)));
  }

  @Test
  void referencesThatRunInCirclesAreRefused() {
    assertEquals(
        "Errors found during import:\n"
            + "\tUnable to read the documentation at /paths: The $ref at"
            + " /paths/~1/parameters/0 is circular: it leads back to /components/parameters/a",
        refused(
            """
            openapi: 3.0.1
            info: {title: t, version: '1'}
            paths: {/: {parameters: [{$ref: '#/components/parameters/a'}]}}
            components: {parameters: {a: {$ref: '#/components/parameters/a'}}}
            """));
  }

  private static List<String> read(String document) {
    return DocumentationReader.read(document.getBytes(UTF_8), true).parts().stream()
        .map(part -> Wire.write(part.location()) + " " + part.properties())
        .toList();
  }

  private static String refused(String document) {
    return assertThrows(
            ApiError.class, () -> DocumentationReader.read(document.getBytes(UTF_8), false))
        .getMessage();
  }
}
