package io.gatehouse.runtime.mapping;

import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

class HttpMappingTest {

  private final HeaderList headers = new HeaderList();
  private String body = "";

  /** An exchange that has found its method, on an API of this one integration. */
  private Exchange exchange(String path, String query, Integration integration) throws Exception {
    Method method =
        Method.builder().authorizationType("NONE").methodIntegration(integration).build();
    CompiledStage stage =
        StageCompiler.compile(
            api("abc123", "dev")
                .variable("color", "blue")
                .method("ANY", "/{id}", method)
                .snapshot(1),
            SampleApi.NO_BACKENDS);
    Body content = new Body.Bytes(body.getBytes(StandardCharsets.UTF_8));
    Request request =
        new Request(
            "POST", "/dev" + path, query, "h", headers, content, "192.0.2.7", "http", "HTTP/1.1");
    Exchange x =
        new Exchange(request, "request-id", "extended=", "Root=1-a-b", 1000, new Timeline(0));
    x.stage(stage, path);
    var match = stage.routes().find(path, r -> true);
    x.method(match.value().method("POST"), match.captures());
    x.budget(Budget.of(100_000));
    return x;
  }

  @Test
  void mappedQueryAndHeadersAreMergedIntoAProxysRequestAsRecorded() throws Exception {
    headers.add("foobar", "mapped-value").add("headerVar", "request-value");
    Integration integration =
        Integration.builder()
            .type("HTTP_PROXY")
            .httpMethod("POST")
            .uri("http://example.com/?testVar={pathVar}&testQs={qsVar}")
            .requestParameters(
                Map.of(
                    "integration.request.header.headerVar", "method.request.header.foobar",
                    "integration.request.path.qsVar", "method.request.querystring.testVar",
                    "integration.request.path.pathVar", "method.request.path.id",
                    "integration.request.querystring.testQs",
                        "method.request.querystring.testQueryString",
                    "integration.request.querystring.testEmptyQs",
                        "method.request.header.emptyheader"))
            .build();
    Exchange x = exchange("/foobar", "testQueryString=foo&testVar=bar", integration);
    var sent = x.method().requestMapping().map(x);
    assertEquals(
        "/?testVar=foobar&testQs=bar&testQueryString=foo&testVar=bar&testQs=foo", sent.uri());
    assertEquals("mapped-value", sent.headers().first("headervar"));
    assertEquals("mapped-value", sent.headers().first("foobar"));
  }

  @Test
  void aPlainHttpIntegrationSendsOnlyWhatIsMapped() throws Exception {
    headers.add("X-Secret", "s").add("Content-Type", "text/plain").add("Accept", "text/html");
    body = "hello";
    Integration integration =
        Integration.builder()
            .type("HTTP")
            .httpMethod("PUT")
            .uri("http://example.com/{id}/{undeclared}")
            .requestParameters(
                Map.of(
                    "integration.request.path.id", "method.request.path.id",
                    "integration.request.header.X-Color", "stageVariables.color",
                    "integration.request.header.X-Static", "'it''s'",
                    "integration.request.querystring.who", "context.identity.sourceIp"))
            .build();
    Exchange x = exchange("/a%2Fb", "q=1", integration);
    var sent = x.method().requestMapping().map(x);
    assertEquals("PUT", sent.method());
    assertEquals("/a%2Fb/{undeclared}?who=192.0.2.7", sent.uri());
    assertEquals(null, sent.headers().first("X-Secret"));
    assertEquals("application/json", sent.headers().first("Accept"));
    assertEquals("AmazonAPIGateway_abc123", sent.headers().first("User-Agent"));
    assertEquals("text/plain", sent.headers().first("Content-Type"));
    assertEquals("blue", sent.headers().first("X-Color"));
    assertEquals("hello", new String(((Body.Bytes) sent.body()).bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void aValueFromTheQueryCannotStartAnotherPartOfTheUriOrAnotherHeader() throws Exception {
    Integration.Builder integration = Integration.builder().type("HTTP").httpMethod("GET");
    Map<String, String> path = Map.of("integration.request.path.p", "method.request.querystring.p");
    var uri = integration.uri("http://example.com/{p}/end").requestParameters(path).build();
    Exchange x = exchange("/a", "p=..%2Fx%3Fy%23z%20w", uri);
    assertEquals("/..%2Fx%3Fy%23z%20w/end", x.method().requestMapping().map(x).uri());
    Map<String, String> header =
        Map.of("integration.request.header.X-P", "method.request.querystring.p");
    Exchange y = exchange("/a", "p=v%0d%0aX-Evil:1", integration.requestParameters(header).build());
    var refused = assertThrows(GatewayException.class, () -> y.method().requestMapping().map(y));
    assertEquals(Reason.MAPPING_SOURCE_INVALID, refused.reason());
    assertEquals(400, refused.status());
  }

  @Test
  void mappingAForbiddenHeaderFailsEachRequestAsRecorded() throws Exception {
    Map<String, String> forbidden = Map.of("integration.request.header.Content-Length", "'1'");
    Integration integration =
        Integration.builder()
            .type("HTTP")
            .httpMethod("GET")
            .uri("http://example.com")
            .requestParameters(forbidden)
            .build();
    Exchange x = exchange("/a", "", integration);
    var refused = assertThrows(GatewayException.class, () -> x.method().requestMapping().map(x));
    assertEquals(500, refused.status());
  }

  private Response answer(int backendStatus, Map<String, IntegrationResponse> responses)
      throws Exception {
    Integration integration =
        Integration.builder()
            .type("HTTP")
            .httpMethod("GET")
            .uri("http://example.com")
            .integrationResponses(responses)
            .build();
    Exchange x = exchange("/a", "", integration);
    x.backendResponse(
        new BackendResponse(
            backendStatus, new HeaderList().add("X-From", "there").add("X-Date", "D"), Body.EMPTY));
    return x.method().responseMapping().map(x, x.backendResponse());
  }

  @Test
  void theBackendsStatusChoosesTheIntegrationResponse() throws Exception {
    var any4xx =
        IntegrationResponse.builder().statusCode("404").selectionPattern("4\\d{2}").build();
    var otherwise = IntegrationResponse.builder().statusCode("200").build();
    assertEquals(404, answer(418, Map.of("404", any4xx, "200", otherwise)).status());
    assertEquals(200, answer(500, Map.of("404", any4xx, "200", otherwise)).status());
    var refused = assertThrows(GatewayException.class, () -> answer(500, Map.of("404", any4xx)));
    assertEquals(Reason.NO_INTEGRATION_RESPONSE, refused.reason());
    assertEquals(500, refused.status());
  }

  @Test
  void onlyMappedHeadersReachTheCallerAndSpecialOnesAreRemapped() throws Exception {
    Map<String, String> mapped =
        Map.of(
            "method.response.header.X-Here", "integration.response.header.X-From",
            "method.response.header.Date", "integration.response.header.X-Date",
            "method.response.header.X-None", "integration.response.header.X-Nothing");
    var response =
        answer(
            200,
            Map.of(
                "200",
                IntegrationResponse.builder()
                    .statusCode("200")
                    .responseParameters(mapped)
                    .build()));
    assertEquals("there", response.headers().first("X-Here"));
    assertEquals("D", response.headers().first("x-amzn-Remapped-Date"));
    assertEquals(null, response.headers().first("X-From"));
    assertEquals(null, response.headers().first("X-None"));
    assertEquals("application/json", response.headers().first("Content-Type"));
    assertEquals("Root=1-a-b", response.headers().first("X-Amzn-Trace-Id"));
  }

  @Test
  void whatSpeaksOfTheConnectionMayBeMappedAndIsNotSentAsRecorded() throws Exception {
    Integration integration =
        Integration.builder()
            .type("HTTP")
            .httpMethod("POST")
            .uri("http://example.com/")
            .requestTemplates(
                Map.of(
                    "application/json",
                    "#set($context.requestOverride.header.TE = 'trailers')"
                        + "#set($context.requestOverride.header.x-kept = 'yes')"))
            .requestParameters(
                Map.of(
                    "integration.request.header.Connection", "'close'",
                    "integration.request.header.Expect", "'100-continue'",
                    "integration.request.header.Via", "'1.1 other'",
                    "integration.request.header.Upgrade", "'HTTP/2.0'"))
            .build();
    Exchange x = exchange("/foobar", "", integration);

    HeaderList sent = (HeaderList) x.method().requestMapping().map(x).headers();

    assertEquals(null, sent.first("Connection"));
    assertEquals(null, sent.first("Expect"));
    assertEquals(null, sent.first("Via"));
    assertEquals(null, sent.first("TE"));
    assertEquals("HTTP/2.0", sent.first("Upgrade"));
    assertEquals("yes", sent.first("x-kept"));
  }
}
