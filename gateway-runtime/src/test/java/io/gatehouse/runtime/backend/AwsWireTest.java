package io.gatehouse.runtime.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.aws.StrictEncoding;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** What integrations put on the wire, beside what the AWS SDK for Java sends for the same call. */
class AwsWireTest {

  private static final String CBOR = "aws.cborEnabled";
  private static final String ARN = "arn:aws:apigateway:eu-west-1:";
  private static final Seal SEAL = new Seal(new byte[Seal.KEY_BYTES]);

  private final RawBackend peer;
  private Door door;

  AwsWireTest() throws Exception {
    peer = new RawBackend(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
  }

  @BeforeEach
  void open() throws Exception {
    door = new Door("127.0.0.1/32:" + peer.port(), 10);
    door.live.put(access());
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    peer.close();
  }

  private BackendAccessSnapshot access() {
    String role = BackendAccessSnapshot.DEFAULT_ROLE;
    String owner = RoleAccess.owner(SampleApi.ACCOUNT, role);
    RoleAccess keys =
        new RoleAccess(
            "AKID",
            Optional.of(SEAL.close(owner, "secret", new SecureRandom())),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty());
    return new BackendAccessSnapshot(
        1, SampleApi.ACCOUNT, List.of(), Map.of("*", peer.url()), Map.of(role, keys));
  }

  /** What the integration sends for a POST of this body. */
  private WireRead sent(String verb, String uri, Map<String, String> headers, String template)
      throws Exception {
    Map<String, String> parameters = new TreeMap<>();
    headers.forEach(
        (name, value) -> parameters.put("integration.request.header." + name, "'" + value + "'"));
    Integration integration =
        Integration.builder()
            .type("AWS")
            .httpMethod(verb)
            .uri(ARN + uri)
            .requestParameters(parameters)
            .requestTemplates(Map.of("application/json", template))
            .integrationResponses(Map.of("200", IntegrationResponse.builder().build()))
            .build();
    door.serve(
        SampleApi.api("wire", "dev")
            .method(
                "POST",
                "/",
                Method.builder().authorizationType("NONE").methodIntegration(integration).build())
            .snapshot(1));
    String answer =
        door.raw(
            "POST /_aws/execute-api/wire/dev/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Length: 0\r\n\r\n");
    assertEquals("HTTP/1.1 200 OK", answer.lines().findFirst().orElse(""), answer);
    return WireRead.of(peer.next());
  }

  private WireRead action(String serviceAndAction, String template) throws Exception {
    return sent("POST", serviceAndAction, Map.of(), template);
  }

  /** Where the call goes where nobody says otherwise. */
  private static void assertHost(String service, String subdomain, SdkWire.Caught sdk) {
    AwsTarget target = new AwsTarget("1", "eu-west-1", service, subdomain, null, 1000);
    assertEquals(
        sdk.request().host(),
        AwsEndpoint.of(target, BackendAccessSnapshot.none("1"), AwsEndpoints.NONE).host());
  }

  @Test
  void sqsSendMessageInJson() throws Exception {
    SdkWire.Caught sdk =
        SdkWire.of(
            SqsClient.builder(),
            (SqsClient c) ->
                c.sendMessage(
                    r ->
                        r.queueUrl("https://sqs.eu-west-1.amazonaws.com/1/q")
                            .messageBody("a \"b\" ü")));
    assertHost("sqs", "", sdk);
    assertEquals(
        WireRead.of(sdk),
        sent(
            "POST",
            "sqs:action/SendMessage",
            Map.of("Content-Type", "application/x-amz-json-1.0"),
            "{\"QueueUrl\":\"https://sqs.eu-west-1.amazonaws.com/1/q\",\"MessageBody\":\"a \\\"b\\\" ü\"}"));
  }

  @Test
  void snsPublishInAForm() throws Exception {
    SdkWire.Caught sdk =
        SdkWire.of(
            SnsClient.builder(),
            (SnsClient c) ->
                c.publish(r -> r.topicArn("arn:aws:sns:eu-west-1:1:t").message("a&b=ü +")));
    assertHost("sns", "", sdk);
    assertEquals(
        WireRead.of(sdk),
        sent(
            "POST",
            "sns:action/Publish",
            Map.of("Content-Type", WireRead.FORM),
            "TopicArn=$util.urlEncode('arn:aws:sns:eu-west-1:1:t')&Message=$util.urlEncode('a&b=ü +')"));
  }

  @Test
  void sfnStartExecution() throws Exception {
    SdkWire.Caught sdk =
        SdkWire.of(
            SfnClient.builder(),
            (SfnClient c) ->
                c.startExecution(
                    r ->
                        r.stateMachineArn("arn:aws:states:eu-west-1:1:stateMachine:m")
                            .input("{\"a\":1}")));
    assertHost("states", "", sdk);
    assertEquals(
        WireRead.of(sdk),
        action(
            "states:action/StartExecution",
            "{\"stateMachineArn\":\"arn:aws:states:eu-west-1:1:stateMachine:m\",\"input\":\"{\\\"a\\\":1}\"}"));
  }

  @Test
  void sfnStartSyncExecution() throws Exception {
    SdkWire.Caught sdk =
        SdkWire.of(
            SfnClient.builder(),
            (SfnClient c) ->
                c.startSyncExecution(
                    r -> r.stateMachineArn("arn:aws:states:eu-west-1:1:stateMachine:m")));
    assertHost("sync-states", "", sdk);
    assertEquals(
        WireRead.of(sdk),
        action(
            "states:action/StartSyncExecution",
            "{\"stateMachineArn\":\"arn:aws:states:eu-west-1:1:stateMachine:m\"}"));
  }

  /** The SDK would rather speak CBOR, which the gateway does not. */
  @Test
  void kinesisPutRecordAndPutRecords() throws Exception {
    System.setProperty(CBOR, "false");
    try {
      comparePutRecordAndPutRecords();
    } finally {
      System.clearProperty(CBOR);
    }
  }

  private void comparePutRecordAndPutRecords() throws Exception {
    SdkBytes data = SdkBytes.fromUtf8String("data");
    SdkWire.Caught one =
        SdkWire.of(
            KinesisClient.builder(),
            (KinesisClient c) -> c.putRecord(r -> r.streamName("s").partitionKey("k").data(data)));
    assertEquals(
        WireRead.of(one),
        action(
            "kinesis:action/PutRecord",
            "{\"StreamName\":\"s\",\"PartitionKey\":\"k\",\"Data\":\"$util.base64Encode('data')\"}"));
    SdkWire.Caught many =
        SdkWire.of(
            KinesisClient.builder(),
            (KinesisClient c) ->
                c.putRecords(r -> r.streamName("s").records(e -> e.partitionKey("k").data(data))));
    assertHost("kinesis", "", many);
    assertEquals(
        WireRead.of(many),
        action(
            "kinesis:action/PutRecords",
            "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"ZGF0YQ==\"}]}"));
  }

  @Test
  void firehosePutRecord() throws Exception {
    SdkWire.Caught sdk =
        SdkWire.of(
            FirehoseClient.builder(),
            (FirehoseClient c) ->
                c.putRecord(
                    r ->
                        r.deliveryStreamName("s")
                            .record(d -> d.data(SdkBytes.fromUtf8String("data")))));
    assertHost("firehose", "", sdk);
    assertEquals(
        WireRead.of(sdk),
        action(
            "firehose:action/PutRecord",
            "{\"DeliveryStreamName\":\"s\",\"Record\":{\"Data\":\"ZGF0YQ==\"}}"));
  }

  @Test
  void dynamoDbPutItemAndQuery() throws Exception {
    AttributeValue id = AttributeValue.fromS("1");
    SdkWire.Caught put =
        SdkWire.of(
            DynamoDbClient.builder(),
            (DynamoDbClient c) -> c.putItem(r -> r.tableName("t").item(Map.of("id", id))));
    assertEquals(
        WireRead.of(put),
        action("dynamodb:action/PutItem", "{\"TableName\":\"t\",\"Item\":{\"id\":{\"S\":\"1\"}}}"));
    SdkWire.Caught query =
        SdkWire.of(
            DynamoDbClient.builder(),
            (DynamoDbClient c) ->
                c.query(
                    r ->
                        r.tableName("t")
                            .keyConditionExpression("id = :id")
                            .expressionAttributeValues(Map.of(":id", id))));
    assertHost("dynamodb", "", query);
    assertEquals(
        WireRead.of(query),
        action(
            "dynamodb:action/Query",
            "{\"TableName\":\"t\",\"KeyConditionExpression\":\"id = :id\","
                + "\"ExpressionAttributeValues\":{\":id\":{\"S\":\"1\"}}}"));
  }

  private static S3ClientBuilder s3(boolean pathStyle) {
    return S3Client.builder()
        .forcePathStyle(pathStyle)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .serviceConfiguration(c -> c.chunkedEncodingEnabled(false));
  }

  @Test
  void s3PutObjectAndGetObject() throws Exception {
    String key = "a b/ü+(1)*'!.txt";
    SdkWire.Caught put =
        SdkWire.of(
            s3(true),
            (S3Client c) ->
                c.putObject(
                    r -> r.bucket("b").key(key).contentType("text/plain"),
                    RequestBody.fromString("hello")));
    assertHost("s3", "", put);
    String path = StrictEncoding.path("/b/" + key);
    assertEquals(
        WireRead.of(put),
        sent("PUT", "s3:path" + path, Map.of("Content-Type", "text/plain"), "hello"));
    SdkWire.Caught get =
        SdkWire.of(
            s3(true),
            (S3Client c) -> c.getObject(r -> r.bucket("b").key(key).responseContentType("a/b")));
    assertEquals(
        WireRead.of(get),
        sent("GET", "s3:path" + path + "?response-content-type=a/b", Map.of(), ""));
    SdkWire.Caught bySubdomain =
        SdkWire.of(s3(false), (S3Client c) -> c.getObject(r -> r.bucket("bucket").key(key)));
    assertHost("s3", "bucket", bySubdomain);
  }

  @Test
  void eventBridgePutEvents() throws Exception {
    SdkWire.Caught sdk =
        SdkWire.of(
            EventBridgeClient.builder(),
            (EventBridgeClient c) ->
                c.putEvents(r -> r.entries(e -> e.source("s").detailType("t").detail("{}"))));
    assertHost("events", "", sdk);
    assertEquals(
        WireRead.of(sdk),
        action(
            "events:action/PutEvents",
            "{\"Entries\":[{\"Source\":\"s\",\"DetailType\":\"t\",\"Detail\":\"{}\"}]}"));
  }

  @Test
  void ssmGetParameterInJson() throws Exception {
    SdkWire.Caught sdk =
        SdkWire.of(SsmClient.builder(), (SsmClient c) -> c.getParameter(r -> r.name("/a/b")));
    assertHost("ssm", "", sdk);
    assertEquals(
        WireRead.of(sdk),
        sent(
            "POST",
            "ssm:action/GetParameter",
            Map.of("Content-Type", "application/x-amz-json-1.1"),
            "{\"Name\":\"/a/b\"}"));
  }

  @Test
  void lambdaByPath() throws Exception {
    SdkWire.Caught sdk =
        SdkWire.of(
            LambdaClient.builder(),
            (LambdaClient c) ->
                c.getFunction(r -> r.functionName("arn:aws:lambda:eu-west-1:1:function:f")));
    assertHost("lambda", "", sdk);
    WireRead sent =
        sent(
            "GET",
            "lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f",
            Map.of(),
            "");
    assertEquals(WireRead.of(sdk), sent);
  }

  /** Invocations are compiled in another way and signed here. */
  @Test
  void lambdaInvoke() throws Exception {
    SdkWire.Caught sdk =
        SdkWire.of(
            LambdaClient.builder(),
            (LambdaClient c) ->
                c.invoke(
                    r ->
                        r.functionName("arn:aws:lambda:eu-west-1:1:function:f:live")
                            .payload(SdkBytes.fromUtf8String("{\"a\":1}"))));
    Vertx vertx = Vertx.vertx();
    try {
      LiveSnapshots live = new LiveSnapshots();
      live.put(access());
      Reach reach =
          new Reach(
              new EgressGuard(AddressRange.parseList("127.0.0.1/32")),
              Optional.of(SEAL),
              live,
              AwsEndpoints.NONE,
              "",
              Functions.NONE,
              InstantSource.system());
      BackendClient client =
          new BackendClient(vertx, reach, System::nanoTime, 5000, BackendClient.Bounds.USUAL);
      Backend backend =
          client.aws(new AwsTarget(SampleApi.ACCOUNT, "eu-west-1", "lambda", "", null, 5000));
      HeaderList headers = new HeaderList().add("Content-Type", "application/json");
      BackendRequest request =
          new BackendRequest(
              "POST",
              "/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f:live/invocations",
              headers,
              new Body.Bytes("{\"a\":1}".getBytes(UTF_8)),
              null);
      vertx.runOnContext(v -> backend.call(null, request, new Ignoring()));
      assertEquals(WireRead.of(sdk), WireRead.of(peer.next()));
    } finally {
      vertx.close().await();
    }
  }

  /** Only what is sent is looked at. */
  private static final class Ignoring implements Backend.Reply {
    @Override
    public void answer(BackendResponse response) {}

    @Override
    public void fail(GatewayException failure) {}
  }
}
