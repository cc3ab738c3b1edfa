package io.gatehouse.e2e;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysResponse;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.PutMode;

/**
 * A program, not a test: measures the management API of the installation that the environment
 * names, as the SDK sees it and without its retries. Prints milliseconds and what was refused.
 */
public final class ManagementBench {

  private static final int PARALLEL = 20;
  private static final int RESOURCES = 300;
  private static final int KEYS = 10_000;
  private static final int PAGE = 500;
  private static final int DOCUMENT_BYTES = 2_000_000;
  private static final List<String> VERBS = List.of("GET", "PUT", "POST", "DELETE", "PATCH");

  private final ApiGatewayClient client;
  private final Map<String, List<Double>> times = new LinkedHashMap<>();
  private final Map<String, Integer> errors = new TreeMap<>();

  private ManagementBench(ApiGatewayClient client) {
    this.client = client;
  }

  /** Takes nothing; {@code scripts/status --env} tells the environment it needs. */
  public static void main(String[] arguments) throws Exception {
    try (ApiGatewayClient client =
        ApiGatewayClient.builder()
            .endpointOverride(URI.create(System.getenv("GATEHOUSE_MANAGEMENT_URL")))
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .maxConnections(PARALLEL)
                    .socketTimeout(Duration.ofMinutes(1)))
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build()) {
      new ManagementBench(client).run();
    }
  }

  private void run() throws Exception {
    String apiId = client.createRestApi(r -> r.name("bench")).id();
    List<String> resourceIds = build(apiId);
    onTheLargeApi(apiId, resourceIds);
    imports();
    client.deleteRestApi(r -> r.restApiId(apiId));
    keys();
    System.out.println(errors.isEmpty() ? "nothing was refused" : "REFUSED: " + errors);
  }

  /** Call by call, as Terraform would with {@code -parallelism=20}. */
  private List<String> build(String apiId) throws Exception {
    String root = client.getRestApi(r -> r.restApiId(apiId)).rootResourceId();
    double begin = now();
    List<String> ids =
        inParallel(
            IntStream.range(0, RESOURCES)
                .<Callable<String>>mapToObj(
                    i ->
                        () -> {
                          String id =
                              timed(
                                  "CreateResource",
                                  () ->
                                      client
                                          .createResource(
                                              r ->
                                                  r.restApiId(apiId)
                                                      .parentId(root)
                                                      .pathPart("thing-" + i))
                                          .id());
                          VERBS.forEach(verb -> method(apiId, id, verb));
                          return id;
                        })
                .toList());
    double seconds = (now() - begin) / 1000;
    int calls = RESOURCES * (1 + 4 * VERBS.size());
    System.out.printf(
        "%d resources with %d methods each: %d calls, %d in parallel, in %.1f s, %.0f a second%n",
        RESOURCES, VERBS.size(), calls, PARALLEL, seconds, calls / seconds);
    System.out.println("the last tenth of the calls, at that size and with that many in parallel:");
    times.forEach((name, all) -> print(name, all.subList(all.size() * 9 / 10, all.size())));
    times.clear();
    return ids;
  }

  private void method(String apiId, String resourceId, String verb) {
    timed(
        "PutMethod",
        () ->
            client.putMethod(
                r ->
                    r.restApiId(apiId)
                        .resourceId(resourceId)
                        .httpMethod(verb)
                        .authorizationType("NONE")
                        .requestParameters(Map.of("method.request.querystring.page", false))));
    timed(
        "PutIntegration",
        () ->
            client.putIntegration(
                r ->
                    r.restApiId(apiId)
                        .resourceId(resourceId)
                        .httpMethod(verb)
                        .type(IntegrationType.MOCK)
                        .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}"))));
    timed(
        "PutMethodResponse",
        () ->
            client.putMethodResponse(
                r ->
                    r.restApiId(apiId)
                        .resourceId(resourceId)
                        .httpMethod(verb)
                        .statusCode("200")
                        .responseModels(Map.of("application/json", "Empty"))));
    timed(
        "PutIntegrationResponse",
        () ->
            client.putIntegrationResponse(
                r ->
                    r.restApiId(apiId)
                        .resourceId(resourceId)
                        .httpMethod(verb)
                        .statusCode("200")
                        .responseTemplates(Map.of("application/json", "{}"))));
  }

  private void onTheLargeApi(String apiId, List<String> resourceIds) {
    timed("CreateDeployment", () -> client.createDeployment(r -> r.restApiId(apiId)));
    for (int i = 0; i < 100; i++) {
      String id = resourceIds.get(i * RESOURCES / 100);
      timed(
          "GetMethod",
          () -> client.getMethod(r -> r.restApiId(apiId).resourceId(id).httpMethod("GET")));
      timed(
          "PutMethod",
          () ->
              client.putMethod(
                  r ->
                      r.restApiId(apiId)
                          .resourceId(id)
                          .httpMethod("HEAD")
                          .authorizationType("NONE")));
    }
    for (int i = 0; i < 10; i++) {
      timed(
          "GetResources, 500 with methods",
          () -> client.getResources(r -> r.restApiId(apiId).limit(PAGE).embed("methods")));
    }
    print("one after the other, on that API:");
  }

  private void imports() {
    SdkBytes document = SdkBytes.fromUtf8String(document());
    for (int i = 0; i < 3; i++) {
      String id = timed("ImportRestApi", () -> client.importRestApi(r -> r.body(document)).id());
      timed(
          "PutRestApi, overwrite",
          () -> client.putRestApi(r -> r.restApiId(id).mode(PutMode.OVERWRITE).body(document)));
      client.deleteRestApi(r -> r.restApiId(id));
    }
    print("a document of %,d bytes:".formatted(document.asByteArrayUnsafe().length));
  }

  /** 250 paths with four methods each, of which each has a model of its own. */
  private static String document() {
    List<String> paths = new ArrayList<>();
    List<String> schemas = new ArrayList<>();
    int each = DOCUMENT_BYTES / 1000 - 580; // the rest of a method and its model
    for (int path = 0; path < 250; path++) {
      List<String> methods = new ArrayList<>();
      for (String verb : List.of("get", "put", "post", "delete")) {
        String name = "M" + path + verb;
        methods.add(
            """
            "%s": {"operationId": "%s", "parameters": [{"name": "page", "in": "query", "schema": {"type": "string"}}],
              "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/%s"}}}}},
              "x-amazon-apigateway-integration": {"type": "mock", "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
                "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": "{}"}}}}}"""
                .formatted(verb, name, name));
        schemas.add(
            """
            "%s": {"type": "object", "description": "%s", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}"""
                .formatted(name, "a thing of the shop ".repeat(each / 20)));
      }
      paths.add("\"/things-%d\": {%s}".formatted(path, String.join(",", methods)));
    }
    return """
        {"openapi": "3.0.1", "info": {"title": "large", "version": "1"}, "paths": {%s}, "components": {"schemas": {%s}}}"""
        .formatted(String.join(",", paths), String.join(",", schemas));
  }

  private void keys() throws Exception {
    double begin = now();
    List<String> ids =
        inParallel(
            IntStream.range(0, KEYS)
                .<Callable<String>>mapToObj(
                    i ->
                        () ->
                            timed(
                                "CreateApiKey",
                                () -> client.createApiKey(r -> r.name("bench " + i)).id()))
                .toList());
    System.out.printf("%,d keys made in %.1f s%n", ids.size(), (now() - begin) / 1000);
    times.clear();
    for (boolean values : new boolean[] {false, true}) {
      String name = values ? "GetApiKeys, 500 with values" : "GetApiKeys, 500";
      int seen = 0;
      GetApiKeysResponse page = null;
      do {
        String position = page == null ? null : page.position();
        page =
            timed(
                name,
                () ->
                    client.getApiKeys(r -> r.limit(PAGE).position(position).includeValues(values)));
        seen += page.items().size();
      } while (page.position() != null);
      if (seen < KEYS) {
        throw new IllegalStateException("only " + seen + " keys are listed");
      }
    }
    print("page by page through all of them:");
  }

  private <T> List<T> inParallel(List<Callable<T>> work) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL)) {
      for (Future<T> done : threads.invokeAll(work)) {
        results.add(done.get());
      }
    }
    return results;
  }

  /** Counts a refusal, which ends the run where it has to answer something. */
  private <T> T timed(String name, Supplier<T> call) {
    double begin = now();
    try {
      return call.get();
    } catch (AwsServiceException e) {
      synchronized (this) {
        errors.merge(name + " " + e.getMessage(), 1, Integer::sum);
      }
      return null;
    } finally {
      double took = now() - begin;
      synchronized (this) {
        times.computeIfAbsent(name, n -> new ArrayList<>()).add(took);
      }
    }
  }

  private void print(String title) {
    System.out.println(title);
    times.forEach(ManagementBench::print);
    times.clear();
  }

  private static void print(String name, List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "  %-32s %5d calls   p50 %8.1f ms   p99 %8.1f ms   longest %8.1f ms%n",
        name,
        sorted.length,
        sorted[sorted.length / 2],
        sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)],
        sorted[sorted.length - 1]);
  }

  private static double now() {
    return System.nanoTime() / 1e6;
  }
}
