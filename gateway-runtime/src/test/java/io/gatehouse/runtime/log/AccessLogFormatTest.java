package io.gatehouse.runtime.log;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.observe.Secrets;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogFormatTest {

  /** The vendor's samples. */
  private static final String CLF =
      "$context.identity.sourceIp $context.identity.caller $context.identity.user"
          + " [$context.requestTime] \"$context.httpMethod $context.resourcePath"
          + " $context.protocol\" $context.status $context.responseLength $context.requestId";

  private static final String AS_JSON =
      "{ \"requestId\":\"$context.requestId\", \"ip\": \"$context.identity.sourceIp\","
          + " \"agent\":\"$context.identity.userAgent\",\"status\":\"$context.status\","
          + " \"caller\":\"$context.identity.caller\" }";

  private static final String XML =
      "<request id=\"$context.requestId\"><agent>$context.identity.userAgent</agent>"
          + "<status>$context.status</status></request>";

  private static final String CSV =
      "$context.identity.sourceIp,$context.identity.caller,$context.identity.userAgent,"
          + "$context.status,$context.requestId";

  private static final CompiledStage STAGE =
      StageCompiler.compile(
          SampleApi.api("api0000001", "prod").mock("GET", "/pets/{id}", 200, "{}").snapshot(1),
          SampleApi.NO_BACKENDS);

  private static final long MILLI = 1_000_000;

  private static Exchange exchange(String userAgent) {
    Request request =
        new Request(
            "GET",
            "/pets/1",
            "",
            "api0000001.example.com:443",
            new HeaderList().add("User-Agent", userAgent),
            Body.EMPTY,
            "192.0.2.7",
            "https",
            "HTTP/1.1");
    Exchange x =
        new Exchange(request, "the-id", "extended=", "Root=1-2-3", 1_780_315_200_123L, time());
    x.stage(STAGE, "/pets/1");
    return x;
  }

  private static Timeline time() {
    return new Timeline(5 * MILLI);
  }

  private static Exchange served(String userAgent) {
    Exchange x = exchange(userAgent);
    x.method(STAGE.routes().find("/pets/1", r -> true).value().method("GET"), List.of("1"));
    x.response(new Response(200, new HeaderList(), Body.EMPTY));
    return x;
  }

  private static Exchange refused() {
    Exchange x = exchange("curl");
    x.refusal(
        GatewayException.of(ResponseType.MISSING_AUTHENTICATION_TOKEN, Reason.ROUTE_NOT_FOUND));
    x.response(new Response(403, new HeaderList(), Body.EMPTY));
    return x;
  }

  private static String line(String format, Exchange x) {
    return AccessLogFormat.compile(format).of(x, Secrets.of(x)::hiddenIn, 12 * MILLI, 34);
  }

  @Test
  void theCommonLogFormatIsAsTheVendorsSample() {
    assertEquals(
        "192.0.2.7 - - [01/Jun/2026:12:00:00 +0000] \"GET /pets/{id} HTTP/1.1\" 200 34 the-id",
        line(CLF, served("curl")));
  }

  @Test
  void jsonStaysJson() {
    JsonObject line =
        JSON.createReader(new StringReader(line(AS_JSON, served("a\"b\\c\n{\"x\":1}"))))
            .readObject();
    assertEquals("a\"b\\c\n{\"x\":1}", line.getString("agent"));
    assertEquals("-", line.getString("caller"));
    assertEquals("200", line.getString("status"));
  }

  @Test
  void xmlStaysXml() {
    assertEquals(
        "<request id=\"the-id\"><agent>&lt;/agent&gt; &amp;&quot;</agent>"
            + "<status>200</status></request>",
        line(XML, served("</agent>\n&\"")));
  }

  @Test
  void aFieldOfCsvStaysOne() {
    assertEquals("192.0.2.7,-,curl,200,the-id", line(CSV, served("curl")));
    assertEquals("192.0.2.7,-,\"a,\"\"b\",200,the-id", line(CSV, served("a,\"b")));
  }

  @Test
  void aQuotedFieldOfCommonLogFormatStaysOne() {
    assertEquals(
        "\"a\\\"b\\\\\" the-id",
        line("\"$context.identity.userAgent\" $context.requestId", served("a\"b\\")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "\r\n", "\r", "\u2028", "\u2029", "\u0085", "\u000b", "\f", "\u001b[2J"})
  void aLineStaysOneLineWhateverTheCallerSends(String injected) {
    for (String format : List.of(CLF + " $context.identity.userAgent", AS_JSON, XML, CSV)) {
      String line = line(format, served("a" + injected + "b"));
      assertEquals(1, line.lines().count(), line);
      assertFalse(
          line.chars()
              .anyMatch(c -> c < ' ' || c >= 0x7f && c <= 0x9f || c == '\u2028' || c == '\u2029'),
          line);
    }
  }

  @Test
  void whatThereIsNotIsAHyphen() {
    assertEquals(
        "- - - - - -",
        line(
            "$context.nosuch $context.wafResponseCode $context.identity.cognitoIdentityId"
                + " $context.authorizer.principalId $context.integrationLatency"
                + " $context.error.message",
            served("curl")));
  }

  @Test
  void whatIsKnownOnlyAtTheEndIsThere() {
    assertEquals(
        "7 34 200 1780315200123",
        line(
            "$context.responseLatency $context.responseLength $context.status"
                + " $context.requestTimeEpoch",
            served("curl")));
  }

  @Test
  void aRefusalIsToldWithItsType() {
    assertEquals(
        "403 Missing Authentication Token MISSING_AUTHENTICATION_TOKEN - -",
        line(
            "$context.status $context.error.message $context.error.responseType"
                + " $context.resourcePath $context.integration.status",
            refused()));
    assertEquals(
        "{\"error\":\"Missing Authentication Token\"}",
        line("{\"error\":$context.error.messageString}", refused()));
  }

  @Test
  void anIntegrationIsToldWithItsTimeAndStatus() {
    Exchange x = served("curl");
    x.backendStarted(10 * MILLI);
    x.backendEnded(13 * MILLI);
    x.backendResponse(
        new io.gatehouse.runtime.exchange.BackendResponse(
            201, new HeaderList().add("x-amzn-RequestId", "theirs"), Body.EMPTY));
    assertEquals(
        "3 3 201 201 201 theirs theirs",
        line(
            "$context.integrationLatency $context.integration.latency $context.integrationStatus"
                + " $context.integration.integrationStatus $context.integration.status"
                + " $context.integration.requestId $context.awsEndpointRequestId",
            x));
  }

  @Test
  void callersAreToldByWhatTheirAuthorizerFound() {
    Exchange x = served("curl");
    x.identity(new Identity.Authorized("me", Map.of("tenant-id", "t1", "n", 5), null, 9));
    assertEquals(
        "me t1 5 9",
        line(
            "$context.authorizer.principalId $context.authorizer.tenant-id $context.authorizer.n"
                + " $context.authorizer.latency",
            x));
    Exchange bearer = served("curl");
    bearer.identity(new Identity.Bearer(Map.of("cognito:username", "ann")));
    assertEquals("ann", line("$context.authorizer.claims.cognito:username", bearer));
  }

  @Test
  void anApiKeyShowsItsLastSixCharacters() {
    Exchange x = served("curl");
    x.apiKey(new Exchange.ApiKey("key1", "0123456789abcdefghij"));
    assertEquals(
        "key1 **************efghij",
        line("$context.identity.apiKeyId $context.identity.apiKey", x));
  }

  @Test
  void textBehindAVariableIsText() {
    assertEquals(
        "the-id-200:34. $context. $contextual",
        line(
            "$context.requestId-$context.status:$context.responseLength. $context. $contextual",
            served("curl")));
  }

  @Test
  void aFormatOfSeveralLinesIsOne() {
    assertEquals("the-id 200", line("$context.requestId\n$context.status\r\n", served("curl")));
  }

  @Test
  void aLineHasAnEndEvenIfItsValuesHaveNone() {
    String format = "$context.identity.userAgent ".repeat(100) + "$context.requestId";
    assertTrue(line(format, served("x".repeat(10_000))).length() < 20_000);
  }
}
