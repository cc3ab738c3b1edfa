package io.gatehouse.admin.recorded;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.model.aws.Authorization;
import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.aws.Signature;
import io.gatehouse.model.aws.SigningSecret;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.PercentCoding;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The services that the recorded integrations call, speaking as much of their protocols as the
 * recordings need. A request whose signature is not right is refused. Each account has its own
 * queue, table, stream, parameter and bucket, found by the key that signs.
 */
final class AwsPeers implements AutoCloseable {

  private static final String SECRET = "the secret of every role in the recordings";
  private static final Seal SEAL = new Seal(new byte[Seal.KEY_BYTES]);

  private final HttpServer server;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final Map<String, Table> tables = new ConcurrentHashMap<>();

  AwsPeers() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  /**
   * What sends an account's integrations here, all but those of functions, which run on the node.
   */
  BackendAccessSnapshot access(String account) {
    String role = "arn:aws:iam::" + account + ":role/apigw";
    String owner = RoleAccess.owner(account, role);
    RoleAccess keys =
        new RoleAccess(
            "AKID" + account,
            Optional.of(SEAL.close(owner, SECRET, new SecureRandom())),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty());
    String here = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> endpoints = Map.of("*", here, "lambda", "gatehouse");
    return new BackendAccessSnapshot(1, account, List.of(), endpoints, Map.of(role, keys));
  }

  private record Answer(int status, String contentType, byte[] body, String tag) {
    static Answer json(JsonValue body) {
      return new Answer(200, "application/x-amz-json-1.0", body.toString().getBytes(UTF_8), null);
    }

    static Answer xml(int status, String body) {
      return new Answer(status, "text/xml", body.getBytes(UTF_8), null);
    }
  }

  private void serve(HttpExchange in) throws IOException {
    byte[] body = in.getRequestBody().readAllBytes();
    Answer answer;
    try {
      Authorization signed =
          Authorization.parse(
              Optional.ofNullable(in.getRequestHeaders().getFirst("Authorization")).orElse(""));
      verify(in, body);
      answer = answer(in, body, signed.service(), signed.accessKeyId().substring(4));
    } catch (ApiError refused) {
      answer = Answer.xml(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
    }
    if (answer.contentType() != null) {
      in.getResponseHeaders().set("Content-Type", answer.contentType());
    }
    if (answer.tag() != null) {
      in.getResponseHeaders().set("ETag", answer.tag());
    }
    in.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    in.getResponseBody().write(answer.body());
    in.close();
  }

  private static void verify(HttpExchange in, byte[] body) {
    String query = in.getRequestURI().getRawQuery();
    SigV4.Request request =
        new SigV4.Request(
            in.getRequestMethod(),
            in.getRequestURI().getRawPath(),
            query == null ? "" : query,
            in.getRequestHeaders(),
            body);
    Signature signature = Signature.read(request);
    signature.requireCurrent(Instant.now());
    SigV4.verify(request, body, signature, new SigningSecret(SECRET));
  }

  private Answer answer(HttpExchange in, byte[] body, String service, String account) {
    String target = in.getRequestHeaders().getFirst("X-Amz-Target");
    if (target != null) {
      return action(target, json(body), account);
    }
    return switch (service) {
      case "s3" -> buckets.computeIfAbsent(account, a -> new Bucket()).answer(in, body);
      case "ssm" -> parameter(parameters(in, body), account);
      case "sqs" -> message(parameters(in, body));
      default -> Answer.xml(400, "<Error><Code>UnknownOperation</Code></Error>");
    };
  }

  private Answer action(String target, JsonObject request, String account) {
    Table table = tables.computeIfAbsent(account, a -> new Table());
    return switch (target) {
      case "DynamoDB_20120810.PutItem" -> table.put(request.getJsonObject("Item"));
      case "DynamoDB_20120810.Query" ->
          table.query(request.getJsonObject("ExpressionAttributeValues").getJsonObject(":id"));
      case "DynamoDB_20120810.Scan" -> table.scan();
      case "Kinesis_20131202.PutRecord" ->
          Answer.json(
              JSON.createObjectBuilder()
                  .add("SequenceNumber", "49590338271490256608559692538361571095921575989136588898")
                  .add("ShardId", "shardId-000000000000")
                  .build());
      case "AmazonSQS.SendMessage" ->
          Answer.json(
              JSON.createObjectBuilder().add("MessageId", UUID.randomUUID().toString()).build());
      default -> Answer.xml(400, "<Error><Code>UnknownOperation</Code></Error>");
    };
  }

  private static JsonObject json(byte[] body) {
    try (var reader = JSON.createReader(new ByteArrayInputStream(body))) {
      return reader.readObject();
    }
  }

  /** Of the query and of the form. */
  private static Map<String, List<String>> parameters(HttpExchange in, byte[] body) {
    String query = in.getRequestURI().getRawQuery();
    Map<String, List<String>> all =
        new HashMap<>(PercentCoding.decodeQuery(new String(body, UTF_8)));
    all.putAll(PercentCoding.decodeQuery(query == null ? "" : query));
    return all;
  }

  /** In XML, as those answer who are not the vendor. */
  private static Answer message(Map<String, List<String>> parameters) {
    return !parameters.getOrDefault("Action", List.of()).equals(List.of("SendMessage"))
        ? Answer.xml(
            400, "<ErrorResponse><Error><Code>InvalidAction</Code></Error></ErrorResponse>")
        : Answer.xml(
            200,
            "<SendMessageResponse><SendMessageResult><MessageId>"
                + UUID.randomUUID()
                + "</MessageId></SendMessageResult><ResponseMetadata><RequestId>"
                + UUID.randomUUID()
                + "</RequestId></ResponseMetadata></SendMessageResponse>");
  }

  /** In JSON, as the vendor answers who accepts it. */
  private static Answer parameter(Map<String, List<String>> parameters, String account) {
    String name = parameters.get("Name").getFirst();
    var parameter =
        JSON.createObjectBuilder()
            .add("ARN", "arn:aws:ssm:us-east-1:" + account + ":parameter/" + name)
            .add("DataType", "text")
            .add("LastModifiedDate", 1.7207e9)
            .add("Name", name)
            .addNull("Selector")
            .addNull("SourceResult")
            .add("Type", "String")
            .add("Value", "123")
            .add("Version", 1);
    var result = JSON.createObjectBuilder().add("Parameter", parameter);
    return Answer.json(
        JSON.createObjectBuilder()
            .add(
                "GetParameterResponse",
                JSON.createObjectBuilder()
                    .add("GetParameterResult", result)
                    .add("ResponseMetadata", JSON.createObjectBuilder().add("RequestId", "r")))
            .build());
  }

  /** Items by their one key, in the order in which the recorded table gave them. */
  private static final class Table {
    private final Map<String, JsonObject> items = new LinkedHashMap<>();

    Table() {
      for (String id : List.of("test", "test 3", "test2")) {
        items.put(
            id,
            JSON.createObjectBuilder().add("id", JSON.createObjectBuilder().add("S", id)).build());
      }
    }

    synchronized Answer put(JsonObject item) {
      items.put(item.getJsonObject("id").getString("S"), item);
      return Answer.json(JsonValue.EMPTY_JSON_OBJECT);
    }

    synchronized Answer query(JsonObject id) {
      JsonObject found = items.get(id.getString("S"));
      return found(found == null ? List.of() : List.of(found));
    }

    synchronized Answer scan() {
      return found(List.copyOf(items.values()));
    }

    private static Answer found(List<JsonObject> found) {
      var list = JSON.createArrayBuilder();
      found.forEach(list::add);
      return Answer.json(
          JSON.createObjectBuilder()
              .add("Count", found.size())
              .add("Items", list)
              .add("ScannedCount", found.size())
              .build());
    }
  }

  /** Objects, among them those that the recorder had put there. */
  private static final class Bucket {
    private final StoredObjects objects = new StoredObjects();

    Answer answer(HttpExchange in, byte[] body) {
      String key = in.getRequestURI().getPath();
      return switch (in.getRequestMethod()) {
        case "PUT" -> {
          objects.put(key, body, in.getRequestHeaders().getFirst("Content-Type"));
          yield new Answer(200, null, new byte[0], null);
        }
        case "DELETE" -> {
          objects.remove(key);
          yield new Answer(204, null, new byte[0], null);
        }
        default -> {
          StoredObjects.Stored found = objects.get(key);
          yield found == null
              ? missing(key)
              : new Answer(200, type(in, found), found.body(), found.tag());
        }
      };
    }

    private static String type(HttpExchange in, StoredObjects.Stored found) {
      String query = in.getRequestURI().getRawQuery();
      List<String> asked =
          query == null ? null : PercentCoding.decodeQuery(query).get("response-content-type");
      return asked == null ? found.contentType() : asked.getFirst();
    }

    private static Answer missing(String key) {
      return new Answer(
          404,
          "application/xml",
          ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code>"
                  + "<Message>The specified key does not exist.</Message><Key>"
                  + key.substring(key.lastIndexOf('/') + 1)
                  + "</Key><RequestId>R1</RequestId><HostId>H1</HostId></Error>")
              .getBytes(UTF_8),
          null);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
