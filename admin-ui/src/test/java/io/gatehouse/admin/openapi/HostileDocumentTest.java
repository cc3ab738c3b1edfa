package io.gatehouse.admin.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents are written by strangers: each is refused in time, with a sentence that helps. */
class HostileDocumentTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String HEAD = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\n";

  @Test
  void aliasBombsAreRefusedByWhatTheyStandFor() {
    StringBuilder bomb = new StringBuilder(HEAD + "x-a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("x-a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ",").repeat(8)).append("]\n");
    }
    assertInvalid("more than 500000 values, aliases counted in full", bomb.toString());
  }

  @Test
  void manyAliasesAreRefused() {
    assertInvalid("more than 5000 aliases", HEAD + "x-a: &a 1\nx-b: [" + "*a,".repeat(5001) + "]");
  }

  @Test
  void anAliasOfItselfOrOfNothingIsRefused() {
    assertInvalid("the alias *a stands for nothing before it, or for itself", HEAD + "x: &a [*a]");
    assertInvalid("the alias *b stands for nothing before it, or for itself", HEAD + "x: *b");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 5_000, 3_000_000})
  void deepNestingIsRefusedInBothLanguages(int depth) {
    assertInvalid("nested deeper than 200 levels", "{\"x\":" + "[".repeat(depth));
    assertInvalid("nested deeper than 200 levels", "{\"x\":".repeat(Math.min(depth, 1_000_000)));
    assertInvalid("", "x: " + "[".repeat(depth));
    assertInvalid("", "- ".repeat(depth) + "x");
    assertInvalid("", "? ".repeat(depth) + "x");
  }

  @Test
  void aReasonableDepthIsTaken() {
    String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
    Imports.read("{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"t\"},\"x-deep\":" + deep + "}");
  }

  @Test
  void documentsOverSixMegabytesAreRefusedUnread() {
    byte[] big = new byte[(6 << 20) + 1];
    Arrays.fill(big, (byte) '{');

    ApiError refused = assertThrows(ApiError.class, () -> OpenApiDocument.parse(big));

    assertEquals(ApiError.Kind.REQUEST_TOO_LARGE, refused.kind());
    assertEquals(
        "The document has 6291457 bytes, at most 6291456 are allowed", refused.getMessage());
  }

  @Test
  void manyValuesAreRefused() {
    assertInvalid("more than 500000 values", "{\"x\":[" + "1,".repeat(600_000) + "1]}");
    assertInvalid("more than 500000 values", "x: [" + "1,".repeat(600_000) + "1]");
  }

  @Test
  void aKeyTwiceIsRefusedWithItsPlace() {
    assertInvalid(
        "Line 3, column 1: the key 'info' stands here twice", HEAD + "info: {title: u}\n");
    assertInvalid("the key 'a' stands here twice", "{\"a\":1,\"a\":2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[1]",
        "text",
        "42",
        "null",
        "true",
        "- a\n- b",
        "\"{}\"",
        "# only a comment",
        "---"
      })
  void whatIsNotAnObjectIsRefused(String document) {
    assertInvalid("", document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n\t"})
  void nothingIsRefused(String document) {
    assertInvalid("The document is empty", document);
  }

  @Test
  void nulAndBadUtf8AreRefusedWithTheirOffset() {
    assertInvalid("The document has a NUL character at offset 3", "{\"a\0\":1}");
    ApiError refused =
        assertThrows(
            ApiError.class, () -> OpenApiDocument.parse("{\"a\":\"\u00e9\"}".getBytes(ISO_8859_1)));
    assertEquals(
        "Invalid OpenAPI input. The document is not UTF-8 text: see the byte at offset 6",
        refused.explained());
  }

  @Test
  void aByteOrderMarkIsNoHarm() {
    Imports.read("\uFEFF" + HEAD);
    Imports.read("\uFEFF{\"swagger\":\"2.0\",\"info\":{\"title\":\"t\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\"",
        "{\"a\":1",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{'key:value}",
        "{\"a\":01}",
        "{\"a\":\"\t\"}",
        "{a:1}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "{\"a\":1e999999999}"
      })
  void brokenJsonIsRefused(String document) {
    assertInvalid("", document);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "a: [",
        "\ta: 1",
        "a: 'x",
        "a: !!python/object:os.system x",
        "a: !Sub x",
        "a: !!binary aGk=",
        "a: 1\n---\nb: 2",
        "[a]: 1\n? {b: 1}\n: 2",
        "<<: {a: 1}",
        "a: @x",
        "%YAML 3.0\n---\na: 1",
        "a: 1e999999999"
      })
  void brokenOrExoticYamlIsRefused(String document) {
    assertInvalid("", document);
  }

  @Test
  void longNumbersAreRefused() {
    assertInvalid("a number of more than 100 digits", "{\"a\":" + "9".repeat(1_000_000) + "}");
  }

  @Test
  void versionsAreCheckedByName() {
    String wanted =
        "The member swagger must be \"2.0\" or the member openapi \"3.0.x\" or \"3.1.x\"";
    assertInvalid(wanted, "{}");
    assertInvalid(wanted + ", not \"1.2\"", "{\"swagger\":\"1.2\"}");
    assertInvalid(wanted + ", not \"4.0.0\"", "openapi: 4.0.0");
    assertInvalid(wanted + ", not \"{}\"", "{\"openapi\":{}}");
    assertInvalid(wanted, "{\"swagger\":\"2.0\",\"openapi\":\"3.0.0\"}");
  }

  @Test
  void circularReferencesOutsideOfSchemasAreNamed() {
    assertRefused(
        "The $ref at /paths/~1a/get/parameters/0 is circular",
        HEAD
            + "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/A'}]}}}\n"
            + "components: {parameters: {A: {$ref: '#/components/parameters/B'},"
            + " B: {$ref: '#/components/parameters/A'}}}");
    assertRefused(
        "The $ref at /paths/~1a is circular", HEAD + "paths: {/a: {$ref: '#/paths/~1a'}}");
    assertRefused(
        "circular",
        HEAD
            + "paths: {/a: {post: {requestBody: {$ref: '#/components/requestBodies/X'}}}}\n"
            + "components: {requestBodies: {X: {$ref: '#/components/requestBodies/X'}}}");
    assertRefused(
        "circular",
        HEAD
            + "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/X'}}}}}\n"
            + "components: {responses: {X: {$ref: '#/components/responses/X'}}}");
  }

  @Test
  void unresolvableReferencesAreNamedWithTheirPlace() {
    for (String place : new String[] {"parameters", "responses", "requestBodies", "schemas"}) {
      String ref = "{$ref: '#/components/" + place + "/Nope'}";
      String use =
          switch (place) {
            case "parameters" -> "parameters: [" + ref + "]";
            case "responses" -> "responses: {'200': " + ref + "}";
            case "requestBodies" -> "requestBody: " + ref;
            default -> "requestBody: {content: {application/json: {schema: " + ref + "}}}";
          };
      assertRefused(
          "cannot be resolved: there is no #/components/" + place + "/Nope",
          HEAD + "paths: {/a: {post: {" + use + "}}}");
    }
    assertRefused(
        "Unable to create model 'A': The $ref at /components/schemas/A/properties/b cannot be"
            + " resolved: there is no #/components/schemas/B",
        HEAD
            + "components: {schemas: {A: {properties:"
            + " {b: {$ref: '#/components/schemas/B'}}}}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "other.yaml#/x",
        "//host/x",
        ""
      })
  void referencesOutOfTheDocumentAreNeverFollowed(String ref) {
    assertRefused(
        "The $ref at /components/schemas/A leads out of the document",
        HEAD + "components: {schemas: {A: {$ref: '" + ref + "'}}}");
  }

  @Test
  void longChainsOfReferencesEnd() {
    StringBuilder chain = new StringBuilder(HEAD + "components:\n  parameters:\n");
    for (int i = 0; i < 20_000; i++) {
      chain.append("    P%d: {$ref: '#/components/parameters/P%d'}\n".formatted(i, i + 1));
    }
    chain.append("paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P0'}]}}}");
    assertRefused("circular", chain.toString());
  }

  @Test
  void tooManyPathsAreRefusedInTime() {
    StringBuilder many = new StringBuilder(HEAD + "paths:\n");
    for (int i = 0; i < 40_000; i++) {
      many.append("  /p%d: {get: {}}\n".formatted(i));
    }
    assertRefused("Maximum number of Resources for this API has been reached", many.toString());
  }

  @Test
  void tooManyInlineSchemasAndWrongPlacesTakeNoTime() {
    StringBuilder many = new StringBuilder(HEAD + "paths:\n  /a:\n    post:\n      requestBody:\n");
    many.append("        content:\n");
    for (int i = 0; i < 20_000; i++) {
      many.append("          a/b%d: {schema: {type: string, maxLength: %d}}\n".formatted(i, i));
    }
    soon(many.toString());
  }

  @Test
  void manySchemaNamesThatBecomeTheSameTakeNoTime() {
    StringBuilder many = new StringBuilder(HEAD + "components:\n  schemas:\n");
    for (int i = 0; i < 30_000; i++) {
      many.append("    \"%s\": {}\n".formatted("-".repeat(i % 50) + "a" + ".".repeat(i / 50)));
    }
    soon(many.toString());
  }

  @Test
  void randomBytesNeverEscapeAsAnythingButOurError() {
    Random random = new Random(7);
    byte[] good =
        (HEAD + "paths: {/a: {get: {responses: {200: {description: x}}}}}").getBytes(UTF_8);
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = good.clone();
      for (int k = 0; k < 4; k++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Imports.overwrite(bytes, Map.of(), false);
      } catch (ApiError expected) {
        assertTrue(expected.kind().status() < 500);
      }
    }
  }

  private static void soon(String document) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          try {
            Imports.read(document);
          } catch (ApiError refusedIsFineToo) {
            assertTrue(refusedIsFineToo.kind().status() < 500);
          }
        });
  }

  private static void assertInvalid(String part, String document) {
    ApiError refused =
        assertTimeoutPreemptively(
            SOON,
            () ->
                assertThrows(
                    ApiError.class, () -> OpenApiDocument.parse(document.getBytes(UTF_8))));
    assertEquals("Invalid OpenAPI input.", refused.getMessage());
    assertTrue(refused.explained().contains(part), refused.explained());
    assertTrue(refused.explained().length() < 400, refused.explained());
  }

  private static void assertRefused(String part, String document) {
    ApiError refused =
        assertTimeoutPreemptively(
            SOON, () -> assertThrows(ApiError.class, () -> Imports.read(document)));
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
    assertEquals(ApiError.Kind.BAD_REQUEST, refused.kind());
  }
}
