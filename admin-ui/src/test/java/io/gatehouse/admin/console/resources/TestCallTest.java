package io.gatehouse.admin.console.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodRequest;

class TestCallTest {

  private static final TestedMethod PET =
      method("/shops/{shop}/files/{rest+}", Method.builder().httpMethod("POST").build());

  private static TestedMethod method(String path, Method method) {
    return new TestedMethod("a1", "r1", path, method);
  }

  private static TestCall call(Map<String, String> path, String query, String headers) {
    return new TestCall("POST", path, query, headers, "it's {}", "host=h:1\n", "");
  }

  @Test
  void parametersOfThePathAreFilledInEncoded() {
    TestCall call = call(Map.of("shop", "a/b c", "rest", "/x/y z"), "?type=a b", "");

    assertEquals("/shops/a%2Fb%20c/files/x/y%20z?type=a%20b", call.target(PET.path()));
    assertEquals(List.of("shop", "rest+"), TestCall.parameters(PET.path()));
  }

  @Test
  void aParameterWithoutAValueIsNamed() {
    ApiError missing =
        assertThrows(ApiError.class, () -> call(Map.of("shop", "1"), "", "").target(PET.path()));

    assertEquals("The path parameter rest has no value", missing.getMessage());
  }

  @Test
  void headersOfOneNameAreKeptInOrder() {
    TestInvokeMethodRequest request =
        call(Map.of("shop", "1", "rest", "x"), "", "accept: a\n\n x-id : 1:2\naccept: b\n")
            .request(PET);

    assertEquals(
        Map.of("accept", List.of("a", "b"), "x-id", List.of("1:2")), request.multiValueHeaders());
    assertEquals(Map.of("host", "h:1"), request.stageVariables());
    assertEquals("/shops/1/files/x", request.pathWithQueryString());
  }

  @Test
  void aLineThatIsNothingIsRefusedAndShown() {
    TestCall noHeader = call(Map.of("shop", "1", "rest", "x"), "", "accept a");
    ApiError refused = assertThrows(ApiError.class, () -> noHeader.request(PET));
    assertTrue(refused.getMessage().endsWith(": accept a"), refused.getMessage());

    TestCall noVariable = new TestCall("GET", Map.of(), "", "", "", "=x", "");
    assertThrows(ApiError.class, noVariable::variableValues);
  }

  @Test
  void commandsQuoteWhatWasTyped() {
    TestCall call = call(Map.of("shop", "1", "rest", "x"), "a='$(id)'", "x: `id`");

    String cli = call.cli(PET, "http://here");
    assertTrue(cli.contains("--multi-value-headers '{\"x\":[\"`id`\"]}'"), cli);
    assertTrue(cli.contains("--body 'it'\\''s {}'"), cli);
    assertTrue(cli.contains("--stage-variables '{\"host\":\"h:1\"}'"), cli);
    String curl = call.curl(PET, "http://node/prod", true);
    assertEquals(
        "curl -i -X POST -H \"x-api-key: $API_KEY\" -H 'x: `id`' --data-raw 'it'\\''s {}'"
            + " 'http://node/prod/shops/1/files/x?a='\\''$(id)'\\'''",
        curl);
  }

  @Test
  void theLastCallOfEachMethodIsKeptButNotAllOfThem() {
    RecentTests recent = new RecentTests();
    for (int i = 0; i <= RecentTests.MOST; i++) {
      recent.used(
          "1",
          new TestedMethod("a" + i, "r", "/", Method.builder().httpMethod("GET").build()),
          TestCall.first("GET"));
    }
    Method get = Method.builder().httpMethod("GET").build();

    assertTrue(recent.of("1", new TestedMethod("a0", "r", "/", get)).isEmpty());
    assertEquals("GET", recent.of("1", new TestedMethod("a1", "r", "/", get)).orElseThrow().verb());
    assertTrue(recent.of("2", new TestedMethod("a1", "r", "/", get)).isEmpty(), "of a tenant");
  }
}
