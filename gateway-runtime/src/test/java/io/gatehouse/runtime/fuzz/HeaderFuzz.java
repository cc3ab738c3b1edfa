package io.gatehouse.runtime.fuzz;

import static io.gatehouse.runtime.SampleApi.api;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.door.RequestTarget;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Cors;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.json.Json;
import io.gatehouse.runtime.pipeline.GatewayResponses;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * The name of a mapped header, then a value that comes in the query, the body and the backend's
 * answer, then the content type of the templates.
 */
public final class HeaderFuzz {

  /** What the control plane lets be the name of a mapped header. */
  private static final Pattern STORED_NAME = Pattern.compile("\\S+");

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final String OVERRIDES =
      "#set($v = $input.path('$.v'))#set($n = $input.path('$.n'))"
          + "$context.requestOverride.header.put($n, $v)$context.responseOverride.header.put($n, $v)";

  private HeaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Parts parts = Parts.of(input);
    String name = parts.part(0);
    String type = parts.part(2).isEmpty() ? "application/json" : parts.part(2);
    String mapped = STORED_NAME.matcher(name).matches() ? name : "X-Mapped";
    String body = Json.text(Map.of("n", name, "v", parts.part(1)), Budget.of(Long.MAX_VALUE));
    String query = "v=" + URLEncoder.encode(parts.part(1), StandardCharsets.UTF_8);
    for (String template : new String[] {"{}", OVERRIDES}) {
      Exchange x =
          Served.of(snapshot(mapped, type, template))
              .exchange(new RequestTarget("/a", query), new HeaderList(), body);
      served(x, body);
    }
    if (isValue(parts.part(1))) {
      asked(parts.part(1));
    }
  }

  /** What a page's preflight is answered, which says some of what it has asked. */
  private static void asked(String value) {
    HeaderList headers =
        new HeaderList()
            .add("Origin", value)
            .add("Access-Control-Request-Method", value)
            .add("Access-Control-Request-Headers", value);
    Exchange x =
        Served.of(snapshot("X", "text/plain", "{}"))
            .exchange(new RequestTarget("/a", ""), headers, "");
    for (String origin : new String[] {"*", "https://example.com"}) {
      HeaderList out = new HeaderList();
      Cors cors = new Cors(List.of(origin), List.of("*"), List.of(), List.of("*"), 5, true);
      cors.allow(x.request(), out);
      cors.preflight(x.request(), out);
      areFields(out);
    }
  }

  /** What goes out to the backend and to the caller, whether it is served or refused. */
  private static void served(Exchange x, String body) {
    GatewayException refusal =
        GatewayException.of(ResponseType.DEFAULT_4XX, Reason.MAPPING_SOURCE_INVALID);
    try {
      x.backendRequest(x.method().requestMapping().map(x));
      areFields(x.backendRequest().headers());
      Body answer = new Body.Bytes(body.getBytes(StandardCharsets.UTF_8));
      x.backendResponse(new BackendResponse(200, new HeaderList(), answer));
      x.response(x.method().responseMapping().map(x, x.backendResponse()));
      areFields(x.response().headers());
    } catch (GatewayException e) {
      refusal = e;
    } catch (BudgetExhausted e) {
      // refused as it may be
    }
    new GatewayResponses("x-reason").answer(x, refusal);
    areFields(x.response().headers());
  }

  private static void areFields(Headers headers) {
    headers.forEach(
        (name, value) -> {
          if (!TOKEN.matcher(name).matches()) {
            throw new AssertionError("a header has the name " + name);
          }
          if (name.equalsIgnoreCase("Transfer-Encoding")) {
            throw new AssertionError("a mapping says how a message is framed");
          }
          if (!isValue(value)) {
            throw new AssertionError("the header " + name + " has the value " + value);
          }
        });
  }

  private static boolean isValue(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff));
  }

  private static StageSnapshot snapshot(String header, String type, String template) {
    StageSnapshot plain =
        api("abc123", "dev").method("ANY", "/a", method(header, type, template)).snapshot(1);
    ApiDefinition api = plain.definition();
    GatewayResponse customised =
        GatewayResponse.builder()
            .responseType("DEFAULT_4XX")
            .responseParameters(
                Map.of("gatewayresponse.header." + header, "method.request.querystring.v"))
            .responseTemplates(Map.of(type, "$context.error.message $method.request.querystring.v"))
            .build();
    return new StageSnapshot(
        1,
        plain.account(),
        plain.region(),
        plain.apiId(),
        plain.stage(),
        api.withGatewayResponses(
            Map.of(
                "DEFAULT_4XX",
                customised,
                "DEFAULT_5XX",
                customised.toBuilder().responseType("DEFAULT_5XX").build())));
  }

  private static Method method(String header, String type, String template) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("integration.request.header.X-Body", "method.request.body.v");
    parameters.put("integration.request.header." + header, "method.request.querystring.v");
    return Method.builder()
        .methodIntegration(
            Integration.builder()
                .type("HTTP")
                .httpMethod("POST")
                .uri("http://example.com/")
                .requestParameters(parameters)
                .requestTemplates(Map.of("application/json", template))
                .integrationResponses(
                    Map.of(
                        "200",
                        IntegrationResponse.builder()
                            .responseParameters(
                                Map.of(
                                    "method.response.header." + header,
                                    "integration.response.body.v"))
                            .responseTemplates(Map.of(type, template))
                            .build()))
                .build())
        .build();
  }
}
