package io.gatehouse.model.observed;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Call;
import io.gatehouse.model.observed.RequestRecord.Integration;
import io.gatehouse.model.observed.RequestRecord.Level;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import io.gatehouse.model.observed.RequestRecord.Step;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRecordTest {

  private static final Place PLACE =
      new Place("123456789012", "api0000001", "prod", true, "dep1", "r1", "/pets/{id}");

  private static RequestRecord failed(String path, String line) {
    return new RequestRecord(
        "11111111-2222-3333-4444-555555555555",
        "AbCdEfGh=",
        "Root=1-2-3",
        1_790_000_000_123L,
        PLACE,
        new Call("GET", path, "192.0.2.7", "key1"),
        new Answer(
            504,
            new Refusal("BACKEND_TIMEOUT", "it did not answer", "INTEGRATION_TIMEOUT", "the head"),
            3_000_123,
            new Integration(3_000_000, 0),
            "MISS",
            45),
        List.of(new Step("FindStage", 3), new Step("CallBackend", 3_000_001)),
        Level.ERROR,
        List.of(new Line(1_790_000_000_123L, line), new Line(1_790_000_003_123L, "(id) end")),
        "192.0.2.7 - 504");
  }

  private static RequestRecord served() {
    return new RequestRecord(
        "id",
        "extended",
        "Root=1",
        1,
        new Place("123456789012", "api0000001", "prod", false, "dep1", null, null),
        new Call("GET", "/", "::1", null),
        new Answer(200, null, 1, null, null, 0),
        List.of(),
        Level.ACCESS,
        List.of(),
        null);
  }

  private static JsonObject json(RequestRecord record) {
    return JSON.createReader(new ByteArrayInputStream(record.toJson())).readObject();
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    RequestRecord failed = failed("/pets/1", "(id) line");
    assertEquals(failed, RequestRecord.fromJson(failed.toJson()));
    assertEquals(served(), RequestRecord.fromJson(served().toJson()));
  }

  @Test
  void itsMembersAreFlatAndWhatThereIsNotIsAbsent() {
    JsonObject failed = json(failed("/pets/1", "(id) line"));
    assertEquals(
        List.of(
            "requestId",
            "extendedRequestId",
            "xrayTraceId",
            "time",
            "accountId",
            "apiId",
            "stage",
            "canary",
            "deploymentId",
            "resourceId",
            "resourcePath",
            "httpMethod",
            "path",
            "ip",
            "apiKeyId",
            "status",
            "reason",
            "because",
            "responseType",
            "detail",
            "latencyMicros",
            "integrationLatencyMicros",
            "cache",
            "responseLength",
            "steps",
            "level",
            "execution",
            "access"),
        List.copyOf(failed.keySet()));
    assertEquals("{\"step\":\"FindStage\",\"micros\":3}", failed.getJsonArray("steps").get(0) + "");
    assertEquals(
        "{\"time\":1790000000123,\"text\":\"(id) line\"}",
        failed.getJsonArray("execution").get(0) + "");
    assertEquals("ACCESS", json(served()).getString("level"));
    assertTrue(
        List.of("apiKeyId", "reason", "access", "cache", "integrationStatus").stream()
            .noneMatch(json(served())::containsKey));
  }

  @Test
  void nothingInItBreaksItsLine() {
    String nasty = "a\nb\r\"\\\u0000\t\u2028\u2029\u0085\u007f\ud83d\ude00 é";
    RequestRecord record = failed(nasty, nasty);
    for (byte b : record.toJson()) {
      assertTrue((b >= ' ' || b < 0) && b != 0x7f, () -> "byte " + b);
    }
    RequestRecord read = RequestRecord.fromJson(record.toJson());
    assertEquals(nasty, read.call().path());
    assertEquals(nasty, read.execution().getFirst().text());
  }

  @Test
  void whereverASpecialCharacterStandsItIsEscaped() {
    for (int at = 0; at < 20; at++) {
      for (char special : "\"\\\n\u0000\u001f\u007f".toCharArray()) {
        String text = "é".repeat(at % 3) + "x".repeat(at) + special + "!#[]~y".repeat(3) + special;
        byte[] json = failed(text, text).toJson();
        for (byte b : json) {
          assertTrue((b >= ' ' || b < 0) && b != 0x7f, () -> "byte " + b + " of " + text);
        }
        assertEquals(text, RequestRecord.fromJson(json).call().path());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "1", "{}", "{\"requestId\":1}"})
  void whatIsNoRecordIsRefused(String json) {
    assertThrows(
        IllegalArgumentException.class,
        () -> RequestRecord.fromJson(json.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time",
        "accountId",
        "path",
        "status",
        "steps",
        "level",
        "execution",
        "latencyMicros"
      })
  void aMemberThatIsNotWhatItHasToBeIsNamed(String name) {
    JsonObject damaged =
        JSON.createObjectBuilder(json(failed("/", "x"))).add(name, JSON.createValue(1.5)).build();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    RequestRecord.fromJson(damaged.toString().getBytes(StandardCharsets.US_ASCII)))
            .getMessage();
    assertTrue(message.startsWith("the record's " + name + " must be "), message);
  }
}
