package io.gatehouse.runtime.bench;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;

/** The stages that the benchmark loads: groups of ten resources that look alike. */
final class BenchApi {

  /** What stands behind every method of an API. */
  enum Kind {
    MOCK("MOCK"),
    HTTP_PROXY("HTTP_PROXY"),
    MODEL("HTTP_PROXY, validator and model"),
    TEMPLATES("HTTP, templates both ways, 3 integration responses");

    final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /** One resource of a group and the path of a request that it answers. */
  record Shape(String resource, String request) {}

  /** Literals, variables and greedy ones, side by side so that a search has to choose. */
  static final List<Shape> SHAPES =
      List.of(
          new Shape("", ""),
          new Shape("/items", "/items"),
          new Shape("/items/{itemId}", "/items/8c1f"),
          new Shape("/items/latest", "/items/latest"),
          // A dead end under the literal "latest" first.
          new Shape("/items/{itemId}/reviews", "/items/latest/reviews"),
          new Shape("/items/{itemId}/reviews/{reviewId}", "/items/8c1f/reviews/77"),
          new Shape("/{customerId}", "/c-1042"),
          new Shape("/{customerId}/orders", "/c-1042/orders"),
          new Shape("/files/{path+}", "/files/2024/05/a.pdf"),
          new Shape("/{customerId}/documents/{path+}", "/c-1042/documents/a/b/c.pdf"));

  static final String STAGE = "prod";

  /** Of segments; this makes 1,022 resources. */
  static final int LABYRINTH_DEPTH = 9;

  private static final String SCHEMA =
      """
      {"$schema": "http://json-schema.org/draft-04/schema#", "type": "object",
       "required": ["customer", "items"],
       "properties": {
         "customer": {"type": "string", "pattern": "^c-[0-9]+$"},
         "items": {"type": "array", "minItems": 1, "items": {"type": "object",
           "required": ["sku", "quantity"],
           "properties": {"sku": {"type": "string"}, "quantity": {"type": "integer", "minimum": 1}}}}}}
      """;

  private static final String REQUEST_TEMPLATE =
      """
      #set($order = $input.path('$'))
      {"id": "$context.requestId", "customer": "$util.escapeJavaScript($order.customer)",
       "lines": [#foreach($item in $order.items)
         {"sku": "$item.sku", "quantity": $item.quantity}#if($foreach.hasNext),#end
       #end], "shipping": $input.json('$.shipping')}
      """;

  private static final String RESPONSE_TEMPLATE =
      """
      #set($made = $input.path('$'))
      {"order": "$made.id", "state": "$util.escapeJavaScript($made.state)",
       "lines": $input.json('$.lines')}
      """;

  private BenchApi() {}

  /** A stage of {@code groups} times ten resources with one GET each, the kinds in turn. */
  static StageSnapshot stage(String apiId, int groups, Kind... kinds) {
    SampleApi api = SampleApi.api(apiId, STAGE);
    int next = 0;
    for (int group = 0; group < groups; group++) {
      for (Shape shape : SHAPES) {
        String path = "/" + group(group) + shape.resource();
        add(api, path, kinds[next++ % kinds.length]);
      }
    }
    return withModel(api.snapshot(1));
  }

  /** Of one length, so that requests to a large API cost no more to read. */
  static String group(int group) {
    return "g%04d".formatted(group);
  }

  /**
   * Each segment a literal or a variable, and a GET for variables only: its search passes through
   * every other resource first.
   */
  static StageSnapshot labyrinth(String apiId) {
    SampleApi api = SampleApi.api(apiId, STAGE);
    for (int variables = 0; variables < 1 << LABYRINTH_DEPTH; variables++) {
      boolean exit = variables == (1 << LABYRINTH_DEPTH) - 1;
      api.mock(exit ? "GET" : "POST", labyrinthPath(variables), 200, "{}");
    }
    return api.snapshot(1);
  }

  /**
   * @param variables a bit for each segment that is one
   */
  static String labyrinthPath(int variables) {
    StringBuilder path = new StringBuilder();
    for (int at = 0; at < LABYRINTH_DEPTH; at++) {
      path.append((variables >> at & 1) == 0 ? "/a" : "/{v" + at + "}");
    }
    return path.toString();
  }

  private static void add(SampleApi api, String path, Kind kind) {
    String uri = "http://backend.example.com/";
    switch (kind) {
      case MOCK -> api.mock("GET", path, 200, "{\"ok\": true}");
      case HTTP_PROXY -> api.proxy("GET", path, uri);
      case MODEL ->
          api.method(
              "GET",
              path,
              SampleApi.proxyMethod(path, uri)
                  .requestValidatorId("validator")
                  .requestModels(Map.of("application/json", "Order"))
                  .build());
      case TEMPLATES -> api.method("GET", path, templates(uri));
    }
  }

  private static Method templates(String uri) {
    return Method.builder()
        .authorizationType("NONE")
        .methodIntegration(
            Integration.builder()
                .type("HTTP")
                .httpMethod("POST")
                .uri(uri)
                .requestTemplates(Map.of("application/json", REQUEST_TEMPLATE))
                .integrationResponses(
                    Map.of(
                        "200", response("200", null, RESPONSE_TEMPLATE),
                        "400", response("400", "4\\d{2}", "{\"message\": \"refused\"}"),
                        "502", response("502", "5\\d{2}", "{\"message\": \"try again\"}")))
                .build())
        .build();
  }

  private static IntegrationResponse response(String status, String pattern, String template) {
    return IntegrationResponse.builder()
        .statusCode(status)
        .selectionPattern(pattern)
        .responseTemplates(Map.of("application/json", template))
        .build();
  }

  private static StageSnapshot withModel(StageSnapshot snapshot) {
    ApiDefinition api = snapshot.definition();
    return new StageSnapshot(
        snapshot.revision(),
        snapshot.account(),
        snapshot.region(),
        snapshot.apiId(),
        snapshot.stage(),
        new ApiDefinition(
            api.restApi(),
            api.resources(),
            Map.of("Order", Model.builder().name("Order").schema(SCHEMA).build()),
            Map.of(),
            Map.of(
                "validator",
                RequestValidator.builder().id("validator").validateRequestBody(true).build()),
            Map.of()),
        snapshot.certificate());
  }
}
