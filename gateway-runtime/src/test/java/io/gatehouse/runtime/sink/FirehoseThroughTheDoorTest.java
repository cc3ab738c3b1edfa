package io.gatehouse.runtime.sink;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.aws.Signature;
import io.gatehouse.model.aws.SigningSecret;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.wire.JsonText;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.log.RequestLog;
import io.gatehouse.runtime.spool.Spool;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access logs of a stage as its account's Firehose gets them. */
class FirehoseThroughTheDoorTest {

  private static final String STREAM = "amazon-apigateway-pets";
  private static final String ARN =
      "arn:aws:firehose:eu-west-1:" + SampleApi.ACCOUNT + ":deliverystream/" + STREAM;
  private static final String ROLE =
      "arn:aws:iam::"
          + SampleApi.ACCOUNT
          + ":role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway";

  @TempDir private Path folder;
  private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final List<String> signedBy = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<String, String> secrets = Map.of("AKID", "first secret", "AKSLR", "second");
  private volatile int refusingOfTheFirst;
  private HttpServer firehose;
  private Door door;
  private Spool store;
  private LogSinks sinks;

  @BeforeEach
  void open() throws Exception {
    firehose = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    firehose.createContext("/", this::answer);
    firehose.start();
    openDoor("127.0.0.1/32:" + firehose.getAddress().getPort());
  }

  private void openDoor(String egress) throws Exception {
    door = new Door(egress, 100);
    store = new Spool(folder.resolve("logs"), 1 << 20, () -> "id");
    sinks =
        new LogSinks(
            new SinkSettings(true, Optional.empty(), Optional.empty(), Optional.empty()),
            new LogSinks.Parts(
                "node-1",
                store,
                folder,
                1 << 20,
                door.backends,
                door.live,
                door.backends.loop(),
                InstantSource.system(),
                System::nanoTime,
                () -> 0,
                () -> "id"));
    door.observer = new RequestLog(sinks, System.nanoTime());
    access(1, Map.of(BackendAccessSnapshot.DEFAULT_ROLE, role("default", "AKID")));
  }

  @AfterEach
  void close() throws Exception {
    sinks.close();
    store.close();
    door.close();
    firehose.stop(0);
    assertEquals(List.of(), wrong);
  }

  private RoleAccess role(String name, String id) {
    return new RoleAccess(
        id,
        Optional.of(
            Door.NODE_KEY.close(
                RoleAccess.owner(SampleApi.ACCOUNT, name), secrets.get(id), new SecureRandom())),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  private void access(long revision, Map<String, RoleAccess> roles) {
    door.live.put(
        new BackendAccessSnapshot(
            revision,
            SampleApi.ACCOUNT,
            List.of(),
            Map.of("firehose", "http://127.0.0.1:" + firehose.getAddress().getPort()),
            roles));
  }

  private void answer(HttpExchange http) throws IOException {
    byte[] body = http.getRequestBody().readAllBytes();
    try {
      Map<String, List<String>> headers = new HashMap<>(http.getRequestHeaders());
      SigV4.Request request =
          new SigV4.Request(
              http.getRequestMethod(), http.getRequestURI().getRawPath(), "", headers, body);
      Signature signature = Signature.read(request);
      String id = signature.authorization().accessKeyId();
      signature.requireCurrent(Instant.now());
      SigV4.verify(request, body, signature, new SigningSecret(secrets.get(id)));
      signedBy.add(id);
      assertTrue(
          http.getRequestHeaders()
              .getFirst("Authorization")
              .contains("/eu-west-1/firehose/aws4_request"));
      assertEquals(
          "Firehose_20150804.PutRecordBatch", http.getRequestHeaders().getFirst("X-Amz-Target"));
      assertEquals("application/x-amz-json-1.1", http.getRequestHeaders().getFirst("Content-Type"));
    } catch (RuntimeException | AssertionError e) {
      wrong.add(e.toString());
    }
    byte[] answer = take(JsonText.object(body)).toString().getBytes(UTF_8);
    http.sendResponseHeaders(200, answer.length);
    http.getResponseBody().write(answer);
    http.close();
  }

  private JsonObject take(JsonObject batch) {
    assertEquals(STREAM, batch.getString("DeliveryStreamName"));
    int refusing = calls.getAndIncrement() == 0 ? refusingOfTheFirst : 0;
    int failed = 0;
    JsonArrayBuilder answers = JSON.createArrayBuilder();
    for (JsonObject record : batch.getJsonArray("Records").getValuesAs(JsonObject.class)) {
      if (failed < refusing) {
        failed++;
        answers.add(
            JSON.createObjectBuilder()
                .add("ErrorCode", "ServiceUnavailableException")
                .add("ErrorMessage", "Slow down."));
      } else {
        String data = ((JsonString) record.get("Data")).getString();
        taken.add(new String(Base64.getDecoder().decode(data), UTF_8));
        answers.add(JSON.createObjectBuilder().add("RecordId", "id"));
      }
    }
    return JSON.createObjectBuilder()
        .add("FailedPutCount", failed)
        .add("Encrypted", false)
        .add("RequestResponses", answers)
        .build();
  }

  private void serve(String destination) {
    door.serve(
        SampleApi.api("log0000001", "prod")
            .mock("GET", "/ok", 200, "{}")
            .stage(
                stage ->
                    stage.accessLogSettings(
                        a ->
                            a.destinationArn(destination)
                                .format("$context.requestId $context.status")))
            .snapshot(1));
  }

  private List<String> call(int times) throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      door.get("/_aws/execute-api/log0000001/prod/ok");
      expected.add(door.exchange().id() + " 200\n");
    }
    return expected;
  }

  private SinkStatus status() {
    return sinks.statuses().getLast();
  }

  @Test
  void theStreamGetsEachLineOnceSignedByTheAccountsDefaultKeys() throws Exception {
    refusingOfTheFirst = 1;
    serve(ARN);
    List<String> expected = call(20);
    SinkSamples.await("all sent", () -> status().sent() == 20);
    assertEquals(expected.stream().sorted().toList(), taken.stream().sorted().toList());
    assertTrue(signedBy.stream().allMatch("AKID"::equals), signedBy.toString());
    assertTrue(calls.get() >= 2);
    SinkSamples.await("in the store as well", () -> store.waiting(0) == 20);
  }

  @Test
  void theKeysOfTheVendorsRoleGoBeforeTheDefault() throws Exception {
    access(
        2,
        Map.of(
            BackendAccessSnapshot.DEFAULT_ROLE,
            role("default", "AKID"),
            ROLE,
            role(ROLE, "AKSLR")));
    serve(ARN);
    call(1);
    SinkSamples.await("sent", () -> status().sent() == 1);
    assertEquals(List.of("AKSLR"), signedBy);
  }

  @Test
  void anAccountWithoutKeysIsToldSo() throws Exception {
    access(2, Map.of());
    serve(ARN);
    call(1);
    SinkSamples.await("failing", () -> status().failing().equals("ROLE_WITHOUT_KEYS"));
    assertEquals(0, calls.get());
  }

  @Test
  void whatTenantsMayNotReachIsNoStream() throws Exception {
    sinks.close();
    store.close();
    door.close();
    openDoor("192.0.2.1/32");
    serve(ARN);
    call(1);
    SinkSamples.await("failing", () -> status().failing().equals("BACKEND_ADDRESS_FORBIDDEN"));
    assertEquals(0, calls.get());
  }

  @Test
  void aLogGroupAndAStreamOfAnotherAccountGetNothing() throws Exception {
    for (String other :
        List.of(
            "arn:aws:logs:eu-west-1:" + SampleApi.ACCOUNT + ":log-group:g",
            ARN.replace(SampleApi.ACCOUNT, "210987654321"),
            ARN.replace("amazon-apigateway-", ""))) {
      serve(other);
      call(1);
    }
    SinkSamples.await("in the store", () -> store.waiting(0) == 3);
    assertEquals(0, status().waiting());
    assertEquals(0, calls.get());
  }
}
