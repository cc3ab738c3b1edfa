package io.gatehouse.e2e;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.InputStream;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Integrations that call the vendor's services, published through the SDK, each before a real
 * server that speaks the service's protocol: what was sent is found there by the service's own
 * client.
 */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
class IntegrationsIT {

  private static final String STAGE = "prod";
  private static final String TABLE = "orders-by-customer";
  private static final String STREAM = "orders-in-order";
  private static final String BUCKET = "order-papers";

  private final Installation installation;
  private Peers peers;
  private String queue;
  private String apiId;

  IntegrationsIT(Installation installation) {
    this.installation = installation;
  }

  @BeforeAll
  void prepareThePeersAndPublish() throws Exception {
    peers = installation.peers();
    queue = peers.sqs().createQueue(r -> r.queueName("orders")).queueUrl();
    peers
        .dynamoDb()
        .createTable(
            r ->
                r.tableName(TABLE)
                    .keySchema(
                        k -> k.attributeName("customer").keyType(KeyType.HASH),
                        k -> k.attributeName("number").keyType(KeyType.RANGE))
                    .attributeDefinitions(
                        a -> a.attributeName("customer").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("number").attributeType(ScalarAttributeType.N))
                    .provisionedThroughput(t -> t.readCapacityUnits(5L).writeCapacityUnits(5L)));
    peers.dynamoDb().waiter().waitUntilTableExists(r -> r.tableName(TABLE));
    peers.kinesis().createStream(r -> r.streamName(STREAM).shardCount(1));
    peers.kinesis().waiter().waitUntilStreamExists(r -> r.streamName(STREAM));
    peers.s3().createBucket(r -> r.bucket(BUCKET));
    BackendAccess.set(installation, peers);

    String document;
    try (InputStream in = getClass().getResourceAsStream("/integrations/services.yaml")) {
      document = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (var name :
        Map.of(
                "QUEUE_URL",
                queue,
                "SIGNED_ROLE",
                BackendAccess.OWN_KEYS,
                "SECURE",
                installation.secureBackendUrl(),
                "BUCKET",
                BUCKET)
            .entrySet()) {
      document = document.replace(name.getKey(), name.getValue());
    }
    for (var name :
        Map.of(
                "QUEUE",
                "orders",
                "ROLE",
                BackendAccess.PEERS_KEYS,
                "TABLE",
                TABLE,
                "STREAM",
                STREAM)
            .entrySet()) {
      document = document.replace(name.getKey(), name.getValue());
    }
    SdkBytes body = SdkBytes.fromUtf8String(document);
    apiId = installation.apiGateway().importRestApi(r -> r.body(body).failOnWarnings(true)).id();
    installation.apiGateway().createDeployment(r -> r.restApiId(apiId).stageName(STAGE));
  }

  @Test
  void aMessageSentByPathArrivesInTheQueue() throws Exception {
    for (String node : installation.nodes()) {
      String order = "tea & jam for Zo\u00eb on " + node;
      HttpResponse<String> answer =
          send("POST", node, "/queue/path", "{\"order\": \"" + order + "\"}");
      assertEquals("{\"sent\": true}", answer.body());
      assertEquals('"' + order + '"', received());
    }
  }

  @Test
  void aMessageSentByActionArrivesInTheQueue() throws Exception {
    for (String node : installation.nodes()) {
      HttpResponse<String> answer =
          send("POST", node, "/queue/action?text=more%20tea%20%2B%20jam", "");
      assertTrue(answer.body().contains("SendMessageResult"), answer.body());
      assertEquals("more tea + jam", received());
    }
  }

  @Test
  void anItemPutIsInTheTableAndComesBackByQueryAndScan() throws Exception {
    String node = installation.nodes().getFirst();
    for (int number = 1; number <= 2; number++) {
      String order =
          "{\"customer\": \"Jo\", \"number\": " + number + ", \"total\": " + 12 * number + "}";
      assertEquals("{\"put\": true}", send("PUT", node, "/table", order).body());
    }
    assertEquals(
        "24",
        peers
            .dynamoDb()
            .getItem(
                r ->
                    r.tableName(TABLE)
                        .key(
                            Map.of(
                                "customer", AttributeValue.fromS("Jo"),
                                "number", AttributeValue.fromN("2"))))
            .item()
            .get("total")
            .n());
    assertEquals(
        "[{\"number\": 1, \"total\": 12}, {\"number\": 2, \"total\": 24}]",
        send("GET", node, "/table/Jo", "").body());
    assertEquals("{\"count\": 2}", send("GET", node, "/table", "").body());
  }

  @Test
  void whatTheTableRefusesIsMappedByItsStatus() throws Exception {
    HttpResponse<String> refused =
        installation.send(
            "PUT",
            installation.nodes().getFirst(),
            apiId,
            STAGE,
            "/table",
            "{\"customer\": \"Jo\", \"number\": \"one\", \"total\": 1}",
            "Content-Type",
            "application/json");
    assertEquals(400, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("cannot be converted to a numeric value"), refused.body());
  }

  @Test
  void aRecordPutIntoAStreamIsReadFromItAgain() throws Exception {
    String order = "{\"customer\":\"Jo\",\"number\":7}";
    String shard = "";
    for (String node : installation.nodes()) {
      shard = object(send("PUT", node, "/stream", order)).getString("shard");
    }
    String node = installation.nodes().getLast();
    HttpResponse<String> iterator = send("GET", node, "/stream/" + shard, "");
    HttpResponse<String> records = send("POST", node, "/records", iterator.body());
    assertEquals(read("[" + order + ", " + order + "]"), read(records.body()));
  }

  @Test
  void binaryFilesGoToTheStoreAndComeBackUntilDeleted() throws Exception {
    byte[] file = everyByte();
    for (String node : installation.nodes()) {
      HttpResponse<byte[]> put =
          installation.exchange(
              "PUT",
              node,
              apiId,
              STAGE,
              "/files/all.bin",
              BodyPublishers.ofByteArray(file),
              BodyHandlers.ofByteArray(),
              "Content-Type",
              "application/octet-stream");
      assertEquals(200, put.statusCode(), new String(put.body(), StandardCharsets.UTF_8));
      assertArrayEquals(
          file, peers.s3().getObjectAsBytes(r -> r.bucket(BUCKET).key("all.bin")).asByteArray());

      HttpResponse<byte[]> got =
          installation.exchange(
              "GET",
              node,
              apiId,
              STAGE,
              "/files/all.bin",
              BodyPublishers.noBody(),
              BodyHandlers.ofByteArray(),
              "Accept",
              "application/octet-stream");
      assertEquals(200, got.statusCode());
      assertEquals("application/octet-stream", got.headers().firstValue("Content-Type").orElse(""));
      assertEquals(HexFormat.of().formatHex(file), HexFormat.of().formatHex(got.body()));

      HttpResponse<String> gone =
          installation.send("DELETE", node, apiId, STAGE, "/files/all.bin", "");
      assertEquals(204, gone.statusCode(), gone.body());
      assertThrows(
          NoSuchKeyException.class,
          () -> peers.s3().getObjectAsBytes(r -> r.bucket(BUCKET).key("all.bin")));
      HttpResponse<String> missing =
          installation.send("GET", node, apiId, STAGE, "/files/all.bin", "");
      assertEquals(404, missing.statusCode());
      assertEquals("{\"message\": \"there is no such file\"}", missing.body());
    }
  }

  /** The management API checks signatures as strictly as the vendor does, and it speaks STS. */
  @Test
  void aSignedCallIsTakenByAServiceThatChecksSignatures() throws Exception {
    for (String node : installation.nodes()) {
      HttpResponse<String> me = send("GET", node, "/me", "");
      assertTrue(
          me.body().contains("<Account>" + installation.get("GATEHOUSE_ACCOUNT") + "</Account>"),
          me.body());
    }
  }

  @Test
  void aRoleThatNobodyHasSetIsTheGatewaysOwnError() throws Exception {
    HttpResponse<String> answer =
        installation.call(installation.nodes().getFirst(), apiId, STAGE, "/unknown-role");
    assertEquals(500, answer.statusCode(), answer.body());
    assertTrue(answer.headers().firstValue("x-gatehouse-reason").isPresent());
  }

  @Test
  void aBackendBehindTlsIsVerifiedAgainstTheOperatorsAuthorityAndSpokenToByHttp2()
      throws Exception {
    installation.secureBackend();
    for (String node : installation.nodes()) {
      JsonObject seen = object(send("GET", node, "/tls/some/where?x=1", ""));
      assertEquals("/some/where?x=1", seen.getString("uri"));
      assertTrue(seen.getString("tls").startsWith("TLSv1."), seen.toString());
      assertEquals("HTTP/2.0", seen.getString("protocol"));
    }
  }

  private HttpResponse<String> send(String verb, String node, String path, String body)
      throws Exception {
    HttpResponse<String> answer =
        installation.send(verb, node, apiId, STAGE, path, body, "Content-Type", "application/json");
    assertEquals(200, answer.statusCode(), path + " at " + node + ": " + answer.body());
    return answer;
  }

  /** Takes the one message that is in the queue. */
  private String received() {
    List<Message> messages =
        peers.sqs().receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(10)).messages();
    assertEquals(1, messages.size(), messages.toString());
    peers
        .sqs()
        .deleteMessage(r -> r.queueUrl(queue).receiptHandle(messages.getFirst().receiptHandle()));
    return messages.getFirst().body();
  }

  private static byte[] everyByte() {
    byte[] file = new byte[3 * 256];
    for (int i = 0; i < file.length; i++) {
      file[i] = (byte) i;
    }
    return file;
  }

  private static JsonObject object(HttpResponse<String> answer) {
    return read(answer.body()).asJsonObject();
  }

  private static JsonStructure read(String json) {
    return JSON.createReader(new StringReader(json)).read();
  }
}
