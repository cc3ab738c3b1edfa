package io.gatehouse.runtime.golden;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.HeaderList;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * The event of a proxy integration beside the one that the vendor's gateway sent for the same
 * request: the same text, once the members of both are in the same order and what was masked in the
 * one is masked in the other.
 */
class RecordedEventTest {

  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";

  @Test
  void theEventIsTheRecordedOne() throws Exception {
    JsonObject recorded = withoutEdge(recorded());
    JsonObject event = withParsedBody(event());
    assertEquals(text(recorded), text(masked(recorded, event)));
  }

  private static JsonObject recorded() throws Exception {
    Optional<Path> file =
        Stream.of("../../shared", "../shared")
            .map(folder -> Path.of(folder, "aws-recorded", "lambda-integration.json"))
            .filter(Files::exists)
            .findFirst();
    assumeTrue(file.isPresent(), "the recorded answers are not beside this checkout");
    String text = Files.readString(file.get()).replace("111111111111", SampleApi.ACCOUNT);
    return parsed(text)
        .getJsonObject("lambda-aws-proxy-integration-request-data-mapping")
        .getJsonObject("recorded")
        .getJsonObject("http-proxy-invocation-data-mapping")
        .getJsonObject("content");
  }

  /** The recorder's API had an edge endpoint, which adds headers of its own. */
  private static JsonObject withoutEdge(JsonObject recorded) {
    JsonObjectBuilder out = JSON.createObjectBuilder(recorded);
    for (String member : List.of("headers", "multiValueHeaders")) {
      JsonObjectBuilder headers = JSON.createObjectBuilder();
      recorded
          .getJsonObject(member)
          .forEach(
              (name, value) -> {
                if (!name.matches("CloudFront-.*|Via|X-Amz-Cf-Id")) {
                  headers.add(name, value);
                }
              });
      out.add(member, headers);
    }
    return out.build();
  }

  /** The recorder shows text that holds JSON parsed. */
  private static JsonObject withParsedBody(JsonObject event) {
    return JSON.createObjectBuilder(event).add("body", parsed(event.getString("body"))).build();
  }

  private static JsonObject event() throws Exception {
    Method method =
        Method.builder()
            .authorizationType("NONE")
            .methodIntegration(
                i ->
                    i.type("AWS_PROXY")
                        .httpMethod("POST")
                        .credentials("arn:aws:iam::123456789012:role/r")
                        .requestParameters(
                            Map.of(
                                "integration.request.header.headerVar",
                                "method.request.header.foobar",
                                "integration.request.querystring.queryString",
                                "method.request.querystring.testQueryString"))
                        .uri(
                            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                                + FUNCTION
                                + "/invocations"))
            .build();
    try (Door door = new Door("", 10)) {
      door.functions.script(
          (call, reply) ->
              reply.answer(
                  new BackendResponse(
                      200, new HeaderList(), new Body.Bytes("{}".getBytes(UTF_8)))));
      door.serve(
          SampleApi.api("event00001", "test").method("ANY", "/{pathVariable}", method).snapshot(1));
      door.raw(
          "POST /test/foobar?testQueryString=foo&testVar=bar HTTP/1.1\r\n"
              + "Host: event00001.execute-api.us-east-1.amazonaws.com\r\n"
              + "Content-Type: application/json\r\n"
              + "Accept: application/json\r\n"
              + "Accept-Encoding: gzip, deflate\r\n"
              + "foobar: mapped-value\r\n"
              + "user-Agent: test/integration\r\n"
              + "headerVar: request-value\r\n"
              + "Connection: close\r\n"
              + "Content-Length: 26\r\n\r\n"
              + "{\"message\": \"hello world\"}");
      return parsed(new String(door.functions.received.take().payload(), UTF_8));
    }
  }

  private static JsonObject parsed(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** What the recorder masked is masked; all else stays as it is. */
  private static JsonValue masked(JsonValue recorded, JsonValue actual) {
    if (recorded instanceof JsonString mask
        && mask.getString().startsWith("<")
        && actual != JsonValue.NULL) {
      return recorded;
    }
    if (recorded instanceof JsonObject one && actual instanceof JsonObject other) {
      JsonObjectBuilder out = JSON.createObjectBuilder();
      other.forEach((name, value) -> out.add(name, masked(one.get(name), value)));
      return out.build();
    }
    if (recorded instanceof JsonArray one
        && actual instanceof JsonArray other
        && one.size() == other.size()) {
      JsonArrayBuilder out = JSON.createArrayBuilder();
      for (int i = 0; i < one.size(); i++) {
        out.add(masked(one.get(i), other.get(i)));
      }
      return out.build();
    }
    return actual;
  }

  private static String text(JsonValue value) {
    return sorted(value).toString();
  }

  private static JsonValue sorted(JsonValue value) {
    if (value instanceof JsonObject object) {
      JsonObjectBuilder out = JSON.createObjectBuilder();
      new TreeMap<>(object).forEach((name, one) -> out.add(name, sorted(one)));
      return out.build();
    }
    return value;
  }
}
