package io.gatehouse.model.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.wire.ApiError;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.apigateway.model.Stage;

class CorsRulesTest {

  private static final Cors ANY = origins("*");
  private static final Cors FULL =
      new Cors(
          List.of("https://app.example", "http://localhost:3000"),
          List.of("GET", "PUT"),
          List.of("Content-Type", "X-Token"),
          List.of("ETag"),
          Optional.of(600),
          true);

  @Test
  void originsAreAsBrowsersSendThem() {
    assertEquals(
        List.of(
            "https://app.example",
            "http://localhost:3000",
            "http://[::1]:8080",
            "https://10.0.0.1:80",
            "capacitor://localhost"),
        new Cors(
                List.of(
                    "HTTPS://App.Example:443",
                    "https://app.example",
                    "http://localhost:3000",
                    "http://[::1]:8080",
                    "https://10.0.0.1:80",
                    "capacitor://localhost"),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                true)
            .allowOrigins());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "app.example",
        "https://",
        "https://app.example/",
        "https://app.example/path",
        "https://app.example?q",
        "https://user@app.example",
        "https://*.app.example",
        "https://app.example:99999",
        "https://app.example:",
        "https://app.example\r\nX-Evil: 1",
        "https://app.example\u0000",
        "https://app.exa\u212aple",
        " https://app.example",
        "https://a, https://b",
        "**"
      })
  void whatIsNoOriginIsRefused(String origin) {
    ApiError refused = assertThrows(ApiError.class, () -> origins(origin));

    assertEquals(ApiError.Kind.BAD_REQUEST, refused.kind());
    assertTrue(
        refused.getMessage().endsWith("must be * or scheme://host[:port], without a path"),
        refused.getMessage());
    assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl));
  }

  @Test
  void methodsAreKnownVerbsOrAll() {
    assertEquals(List.of("*"), methods("*").allowMethods());
    assertEquals(List.of("PATCH", "HEAD"), methods("PATCH", "HEAD", "PATCH").allowMethods());
    for (String method : List.of("ANY", "get", "TRACE", "", "GET, PUT", "GET\n")) {
      assertThrows(ApiError.class, () -> methods(method), method);
    }
  }

  @Test
  void namesOfHeadersAreTokens() {
    assertEquals(List.of("*", "x-!#$%&'+.^_`|~9"), headers("*", "x-!#$%&'+.^_`|~9").allowHeaders());
    for (String name :
        List.of("", "a b", "a:b", "a,b", "\u00fc", "a\r\nb", "a".repeat(101), "\u0000")) {
      assertThrows(ApiError.class, () -> headers(name), name);
      assertThrows(ApiError.class, () -> exposed(name), name);
    }
  }

  @Test
  void whatABrowserWouldRefuseIsRefusedBefore() {
    assertEquals(
        "CORS cannot allow credentials to every origin: list the origins that may send them"
            + " instead of *, or do not allow credentials",
        assertThrows(
                ApiError.class,
                () ->
                    new Cors(
                        List.of("https://a", "*"),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        true))
            .getMessage());
    assertEquals(
        "CORS needs at least one allowed origin, which may be *",
        assertThrows(ApiError.class, CorsRulesTest::origins).getMessage());
    assertEquals(Optional.of(86_400), maxAge(86_400).maxAge());
    assertThrows(ApiError.class, () -> maxAge(86_401));
    assertThrows(ApiError.class, () -> maxAge(-1));
  }

  @Test
  void listsAndAllOfAnApiHaveAnEnd() {
    assertThrows(
        ApiError.class,
        () -> origins(Collections.nCopies(101, "https://a.example").toArray(String[]::new)));
    List<String> many = IntStream.range(0, 100).mapToObj(i -> "x".repeat(90) + i).toList();
    Cors large = new Cors(List.of("*"), List.of(), many, many, Optional.empty(), false);
    ApiDefinition api = Examples.api();
    int put = 0;
    try {
      for (; put < 100; put++) {
        api = ResourceTree.createPath(api, "/p" + put, id(put));
        api = CorsRules.put(api, api.resourceList().getLast().id(), large);
      }
    } catch (ApiError refused) {
      assertEquals(ApiError.Kind.LIMIT_EXCEEDED, refused.kind());
    }
    assertEquals(26, put);
  }

  @Test
  void settingsTravelWithTheDefinition() throws Exception {
    ApiDefinition api =
        CorsRules.put(CorsRules.put(Examples.api(), CorsRules.WHOLE_API, ANY), Examples.ROOT, FULL);

    assertEquals(api, ApiDefinition.fromJson(api.toJson()));
    assertEquals(Map.of("", ANY, Examples.ROOT, FULL), api.withoutDocumentation().cors());
    assertEquals(
        "{\"\":{\"allowOrigins\":[\"*\"],\"allowCredentials\":false},\"root000000\":"
            + "{\"allowOrigins\":[\"https://app.example\",\"http://localhost:3000\"],"
            + "\"allowMethods\":[\"GET\",\"PUT\"],\"allowHeaders\":[\"Content-Type\",\"X-Token\"],"
            + "\"exposeHeaders\":[\"ETag\"],\"maxAge\":600,\"allowCredentials\":true}}",
        api.toJson().getJsonObject("cors").toString());
    StageSnapshot sent =
        new StageSnapshot(1, "1", "us-east-1", "a", Stage.builder().stageName("s").build(), api);
    assertEquals(sent, SnapshotCodec.decode(SnapshotCodec.encode(sent)));
  }

  @Test
  void aResourceTakesItsSettingsWithIt() {
    ApiDefinition api = ResourceTree.createPath(Examples.api(), "/pets/{petId}", Examples.ids());
    String pets = ResourceTree.find(api, "/pets").orElseThrow().id();
    String pet = ResourceTree.find(api, "/pets/{petId}").orElseThrow().id();
    api = CorsRules.put(api, CorsRules.WHOLE_API, ANY);
    api = CorsRules.put(api, pets, ANY);
    api = CorsRules.put(api, pet, FULL);

    assertEquals(Map.of(CorsRules.WHOLE_API, ANY), ResourceTree.delete(api, pets).cors());
    assertEquals(Map.of(CorsRules.WHOLE_API, ANY, pets, ANY), ResourceTree.delete(api, pet).cors());
  }

  @Test
  void onlyWhatIsThereCanBeSetOrTakenAway() {
    ApiDefinition api = CorsRules.put(Examples.api(), Examples.ROOT, ANY);

    assertEquals(Examples.api(), CorsRules.delete(api, Examples.ROOT));
    assertEquals(
        ApiError.Kind.NOT_FOUND,
        assertThrows(ApiError.class, () -> CorsRules.put(api, "ghost", ANY)).kind());
    assertEquals(
        ApiError.Kind.NOT_FOUND,
        assertThrows(ApiError.class, () -> CorsRules.delete(api, CorsRules.WHOLE_API)).kind());
  }

  private static Supplier<String> id(int number) {
    return () -> "r" + number;
  }

  private static Cors origins(String... origins) {
    return new Cors(List.of(origins), List.of(), List.of(), List.of(), Optional.empty(), false);
  }

  private static Cors methods(String... methods) {
    return new Cors(List.of("*"), List.of(methods), List.of(), List.of(), Optional.empty(), false);
  }

  private static Cors headers(String... names) {
    return new Cors(List.of("*"), List.of(), List.of(names), List.of(), Optional.empty(), false);
  }

  private static Cors exposed(String... names) {
    return new Cors(List.of("*"), List.of(), List.of(), List.of(names), Optional.empty(), false);
  }

  private static Cors maxAge(int seconds) {
    return new Cors(List.of("*"), List.of(), List.of(), List.of(), Optional.of(seconds), false);
  }
}
