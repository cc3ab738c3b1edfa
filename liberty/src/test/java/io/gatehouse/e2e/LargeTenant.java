package io.gatehouse.e2e;

import io.gatehouse.admin.logs.LogSettings;
import io.gatehouse.admin.logs.LogStore;
import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Call;
import io.gatehouse.model.observed.RequestRecord.Integration;
import io.gatehouse.model.observed.RequestRecord.Level;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.gatehouse.model.observed.Series;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.spool.Spool;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiKeysFormat;
import software.amazon.awssdk.services.apigateway.model.PutMode;

/**
 * A program, not a test: gives a tenant much of everything. What is defined goes through the
 * management API, logs through the store's own writer, and figures through a node's spool.
 */
public final class LargeTenant {

  static final String STAGE = "prod";
  static final int AREAS = 111;
  static final int KEYS = 10_000;

  private static final int THINGS = 8;
  private static final int PLANS = 5;
  private static final int RECORDS_OF_ROUND = 5000;
  private static final Duration LOGGED = Duration.ofDays(13);
  private static final int COUNTED_MINUTES = (int) Duration.ofDays(14).toMinutes();
  private static final int COUNTED_METHODS = 4;
  private static final long METRIC_SPOOL_BYTES = 64L << 20;

  private LargeTenant() {}

  /**
   * Takes {@code define}, {@code logs DIRECTORY ACCOUNT API RECORDS} or {@code figures DIRECTORY
   * ACCOUNT API}; the first prints the API's id in its last line, the second a request's.
   */
  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "define" -> define();
      case "logs" ->
          logs(Path.of(arguments[1]), arguments[2], arguments[3], Integer.parseInt(arguments[4]));
      case "figures" -> figures(Path.of(arguments[1]), arguments[2], arguments[3]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void define() {
    try (ApiGatewayClient client =
        ApiGatewayClient.builder()
            .endpointOverride(URI.create(System.getenv("GATEHOUSE_MANAGEMENT_URL")))
            .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(Duration.ofMinutes(2)))
            .build()) {
      SdkBytes document = SdkBytes.fromUtf8String(document());
      String size =
          ", %,d paths in %,d bytes".formatted(paths(), document.asByteArrayUnsafe().length);
      String apiId =
          timed("ImportRestApi" + size, () -> client.importRestApi(r -> r.body(document)).id());
      timed(
          "PutRestApi" + size,
          () -> client.putRestApi(r -> r.restApiId(apiId).mode(PutMode.OVERWRITE).body(document)));
      timed(
          "CreateDeployment",
          () -> client.createDeployment(r -> r.restApiId(apiId).stageName(STAGE)));
      List<String> plans = new ArrayList<>();
      for (int i = 0; i < PLANS; i++) {
        String name = "plan " + i;
        plans.add(
            client
                .createUsagePlan(r -> r.name(name).apiStages(s -> s.apiId(apiId).stage(STAGE)))
                .id());
      }
      SdkBytes keys = SdkBytes.fromUtf8String(keys(plans));
      timed(
          "ImportApiKeys, %,d into %d plans".formatted(KEYS, PLANS),
          () -> client.importApiKeys(r -> r.format(ApiKeysFormat.CSV).body(keys)));
      System.out.println(apiId);
    }
  }

  static int paths() {
    return AREAS * (THINGS + 1);
  }

  /** Areas with things below them, each with two methods; with the root an API may have no more. */
  private static String document() {
    List<String> paths = new ArrayList<>();
    for (int area = 0; area < AREAS; area++) {
      paths.add(path("/area-%03d".formatted(area)));
      for (int thing = 0; thing < THINGS; thing++) {
        paths.add(path("/area-%03d/thing-%d".formatted(area, thing)));
      }
    }
    return """
        {"openapi": "3.0.1", "info": {"title": "Large", "version": "1"}, "paths": {%s},
          "components": {"securitySchemes": {"api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"}}}}"""
        .formatted(String.join(",\n", paths));
  }

  private static String path(String path) {
    String method =
        """
        {"security": [{"api_key": []}], "parameters": [{"name": "page", "in": "query", "schema": {"type": "string"}}],
          "responses": {"200": {"description": "ok"}},
          "x-amazon-apigateway-integration": {"type": "mock", "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
            "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": "{}"}}}}}""";
    return "\"%s\": {\"get\": %s, \"post\": %s}".formatted(path, method, method);
  }

  private static String keys(List<String> plans) {
    StringBuilder csv = new StringBuilder("name,key,description,enabled,usageplanIds\n");
    for (int i = 0; i < KEYS; i++) {
      csv.append(keyName(i))
          .append(",value-of-customer-")
          .append("%08d".formatted(i))
          .append(",made by the benchmark,true,")
          .append(plans.get(i % plans.size()))
          .append('\n');
    }
    return csv.toString();
  }

  static String keyName(int key) {
    return "customer %05d".formatted(key);
  }

  private static void logs(Path directory, String account, String apiId, int records)
      throws Exception {
    LogStore store =
        new LogStore(
            LogSettings.of(Map.of("GATEHOUSE_DATA_DIR", directory.toString())),
            InstantSource.system());
    Instant now = InstantSource.system().instant();
    Random random = new Random(1);
    String some = "";
    double begin = now();
    for (int first = 0; first < records; first += RECORDS_OF_ROUND) {
      List<byte[]> round = new ArrayList<>();
      for (int i = first; i < Math.min(records, first + RECORDS_OF_ROUND); i++) {
        Instant time = now.minus(LOGGED.multipliedBy(records - i).dividedBy(records));
        RequestRecord record = record(account, apiId, time, random);
        some = i == records / 2 ? record.requestId() : some;
        round.add(record.toJson());
      }
      store.store(List.of(new Delivery("bench", "bench", first + 1L, round)));
    }
    System.out.printf(
        "%,d records logged, %,d MB, in %.1f s%n",
        store.counts().stored(), store.counts().bytes() >> 20, (now() - begin) / 1000);
    store.close();
    System.out.println(some);
  }

  /** Of ten one is throttled, and of twenty others one fails at its backend. */
  private static RequestRecord record(String account, String apiId, Instant time, Random random) {
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    boolean throttled = random.nextInt(10) == 0;
    int status = throttled ? 429 : random.nextInt(20) == 0 ? 502 : 200;
    String path = "/area-%03d/thing-%d".formatted(random.nextInt(AREAS), random.nextInt(THINGS));
    int micros = 500 + random.nextInt(200_000);
    Reason reason = Reason.THROTTLED_BY_PLAN;
    long millis = time.toEpochMilli();
    return new RequestRecord(
        id,
        "E" + id.substring(0, 13) + "=",
        "Root=1-6a6b6c6d-" + id.substring(24),
        millis,
        new Place(account, apiId, STAGE, false, "dep001", "res001", path),
        new Call(
            "GET",
            "/" + STAGE + path,
            "198.51.100." + random.nextInt(250),
            "key" + random.nextInt(KEYS)),
        new Answer(
            status,
            throttled
                ? new Refusal(reason.name(), reason.text(), "THROTTLED", "10 a second")
                : null,
            micros,
            throttled ? null : new Integration(micros - 300, status),
            null,
            100 + random.nextInt(2000)),
        List.of(
            new Step("FindStage", 10),
            new Step("FindMethod", 8),
            new Step("CallBackend", micros - 300)),
        status >= 400 ? Level.ERROR : Level.INFO,
        List.of(
            new Line(millis, "(" + id + ") Extended Request Id: E" + id.substring(0, 13) + "="),
            new Line(millis, "(" + id + ") Starting execution for request: " + id),
            new Line(
                millis + micros / 1000, "(" + id + ") Method completed with status: " + status)),
        null);
  }

  /** A record of each minute, as a node writes them. */
  private static void figures(Path directory, String account, String apiId) throws Exception {
    Random random = new Random(2);
    long now = InstantSource.system().millis() / Duration.ofMinutes(1).toMillis();
    double begin = now();
    try (Spool spool =
        new Spool(directory, METRIC_SPOOL_BYTES, () -> UUID.randomUUID().toString())) {
      for (long minute = now - COUNTED_MINUTES; minute < now; minute++) {
        byte[] record = new MinuteRecord(minute, minute(account, apiId, random)).encode();
        while (!spool.offer(record)) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
          if (spool.bytes() + record.length > METRIC_SPOOL_BYTES) {
            throw new IllegalStateException(
                "the spool is full after " + (minute - now + COUNTED_MINUTES));
          }
        }
      }
    }
    System.out.printf(
        "figures of %,d minutes, each of a stage and %d methods, in a node's spool in %.1f s%n",
        COUNTED_MINUTES, COUNTED_METHODS, (now() - begin) / 1000);
  }

  private static Map<Series, Figures> minute(String account, String apiId, Random random) {
    Map<Series, Figures> minute = new HashMap<>();
    Series stage = Series.ofStage(account, apiId, STAGE);
    for (int method = 0; method < COUNTED_METHODS; method++) {
      Figures figures = new Figures();
      int requests = 5 + random.nextInt(20);
      for (int i = 0; i < requests; i++) {
        int micros = 500 + (int) (20_000 * Math.exp(random.nextGaussian()));
        figures.request(
            random.nextInt(50) == 0 ? 502 : random.nextInt(10) == 0 ? 429 : 200, micros);
        figures.integration(micros - 300);
      }
      minute.put(stage.method("GET", "/area-%03d".formatted(method)), figures);
      minute.computeIfAbsent(stage, s -> new Figures()).add(figures);
    }
    return minute;
  }

  private static <T> T timed(String what, Supplier<T> call) {
    double begin = now();
    T answer = call.get();
    System.out.printf("  %-56s %,9.0f ms%n", what, now() - begin);
    return answer;
  }

  private static double now() {
    return System.nanoTime() / 1e6;
  }
}
