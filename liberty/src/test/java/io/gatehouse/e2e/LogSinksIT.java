package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.aws.Signature;
import io.gatehouse.model.aws.SigningSecret;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/** Logged requests on their way to a tenant's stream and to the operator's files. */
@ExtendWith(Installation.Shared.class)
@Order(8)
class LogSinksIT {

  private static final int REQUESTS = 20;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String STREAM = "amazon-apigateway-log-sinks";
  private static final String KEY = "AKIAFIREHOSE";
  private static final String SECRET = "the-secret-of-the-stream";

  private static final String DOCUMENT =
      """
      openapi: 3.0.1
      info: {title: Logged, version: "1.0"}
      paths:
        /ok:
          get:
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses: {default: {statusCode: "200"}}
      """;

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final Installation installation;
  private final ApiGatewayClient client;
  private HttpServer firehose;

  LogSinksIT(Installation installation) {
    this.installation = installation;
    this.client = installation.apiGateway();
  }

  @BeforeEach
  void open() throws Exception {
    firehose =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), installation.firehosePort()),
            0);
    firehose.createContext("/", this::take);
    firehose.start();
    BackendAccess.putRole(
        installation,
        BackendAccess.role(
            "aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway"),
        KEY,
        SECRET);
  }

  @AfterEach
  void close() {
    firehose.stop(0);
  }

  private void take(HttpExchange http) throws IOException {
    byte[] body = http.getRequestBody().readAllBytes();
    try {
      SigV4.Request request =
          new SigV4.Request(
              http.getRequestMethod(), "/", "", new HashMap<>(http.getRequestHeaders()), body);
      Signature signature = Signature.read(request);
      signature.requireCurrent(Instant.now());
      assertEquals(KEY, signature.authorization().accessKeyId());
      SigV4.verify(request, body, signature, new SigningSecret(SECRET));
      JsonObject batch = JsonText.object(body);
      if (batch.getString("DeliveryStreamName").equals(STREAM)) {
        batch
            .getJsonArray("Records")
            .getValuesAs(JsonObject.class)
            .forEach(record -> lines.add(line(record)));
      }
    } catch (RuntimeException | AssertionError e) {
      wrong.add(e.toString());
    }
    byte[] answer = "{\"FailedPutCount\":0}".getBytes(StandardCharsets.US_ASCII);
    http.sendResponseHeaders(200, answer.length);
    http.getResponseBody().write(answer);
    http.close();
  }

  private static String line(JsonObject record) {
    return new String(Base64.getDecoder().decode(record.getString("Data")), StandardCharsets.UTF_8);
  }

  private String publish() {
    String apiId = client.importRestApi(r -> r.body(SdkBytes.fromUtf8String(DOCUMENT))).id();
    client.createDeployment(r -> r.restApiId(apiId).stageName("prod"));
    client.updateStage(
        r ->
            r.restApiId(apiId)
                .stageName("prod")
                .patchOperations(
                    replace(
                        "/accessLogSettings/destinationArn",
                        "arn:aws:firehose:us-east-1:%s:deliverystream/%s"
                            .formatted(installation.get("GATEHOUSE_ACCOUNT"), STREAM)),
                    replace("/accessLogSettings/format", "$context.requestId $context.status")));
    return apiId;
  }

  private static PatchOperation replace(String path, String value) {
    return PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build();
  }

  @Test
  void theStreamAndTheFilesGetEachRequestOnce() throws Exception {
    String apiId = publish();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      String node = installation.nodes().get(i % installation.nodes().size());
      var answer = installation.call(node, apiId, "prod", "/ok");
      assertEquals(200, answer.statusCode());
      expected.add(answer.headers().firstValue("x-amzn-RequestId").orElseThrow());
    }
    Collections.sort(expected);
    List<String> expectedLines = expected.stream().map(id -> id + " 200\n").toList();

    until(() -> lines.size() >= REQUESTS);
    assertEquals(List.of(), wrong);
    assertEquals(expectedLines, lines.stream().sorted().toList());

    until(() -> inFiles(apiId).size() >= REQUESTS);
    assertEquals(expected, inFiles(apiId));
    for (int node = 0; node < installation.nodes().size(); node++) {
      String metrics = installation.operations(node, "/metrics").body();
      assertTrue(metrics.contains("gatehouse_sink_dropped_total{sink=\"firehose\"} 0.0"), metrics);
      assertTrue(metrics.contains("gatehouse_sink_waiting_records{sink=\"files\"} "), metrics);
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void until(Condition condition) throws IOException {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < deadline, "not all have arrived");
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** The ids of an API's requests, sorted. */
  private List<String> inFiles(String apiId) throws IOException {
    List<String> ids = new ArrayList<>();
    try (Stream<Path> files = Files.list(installation.logFiles())) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          RequestRecord record = RequestRecord.fromJson(line.getBytes(StandardCharsets.UTF_8));
          if (record.place().apiId().equals(apiId)) {
            ids.add(record.requestId());
          }
        }
      }
    }
    return ids.stream().sorted().toList();
  }
}
