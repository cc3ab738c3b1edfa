package io.gatehouse.runtime.validate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.exchange.ApiKeySource;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.MethodLogging;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Redaction;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.RequestCheck;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Timeline;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestCheckTest {

  private static final String AT = "https://apigateway.amazonaws.com/restapis/abcde12345/models/";

  private static final Map<String, String> MODELS =
      Map.of(
          "Empty",
          "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"title\":\"Empty Schema\",\"type\":\"object\"}",
          "testSchema",
          "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"title\":\"testSchema\",\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"},\"b\":{\"type\":\"number\"}},\"required\":[\"a\",\"b\"]}",
          "testSchemaList",
          "{\"type\":\"array\",\"items\":{\"$ref\":\"" + AT + "testSchema\"}}",
          "StatusModel",
          "{\"type\":\"object\",\"properties\":{\"Status\":{\"type\":\"string\"},\"Order\":{\"type\":\"integer\"}},\"required\":[\"Status\",\"Order\"]}",
          "TestModel",
          "{\"type\":\"object\",\"properties\":{\"status\":{\"oneOf\":[{\"type\":\"null\"},{\"$ref\":\""
              + AT
              + "StatusModel\"}]}},\"required\":[\"status\"]}");

  private static RequestCheck check(Map<String, Boolean> parameters, Map<String, String> models)
      throws InvalidSchema {
    return ModelledRequest.compile(
        parameters, models, TestDocuments.models(MODELS), TestDocuments.DOCUMENTS);
  }

  private static Exchange exchange(String query, HeaderList headers) {
    Request request =
        new Request(
            "POST", "/p/v", query, "h", headers, Body.EMPTY, "127.0.0.1", "https", "HTTP/1.1");
    Exchange x = new Exchange(request, "id", "extended", "trace", 0, new Timeline(0));
    x.method(
        new CompiledMethod(
            "r",
            "/p/{test}",
            "POST",
            List.of("test"),
            Authorizer.NONE,
            ApiKeySource.NONE,
            null,
            RequestCheck.NONE,
            null,
            null,
            null,
            null,
            false,
            new MethodLogging(MethodLogging.Level.OFF, false, Redaction.USUAL),
            null),
        List.of("v"));
    return x;
  }

  private static GatewayException refusal(RequestCheck check, Exchange x, String body) {
    return assertThrows(GatewayException.class, () -> run(check, x, body));
  }

  private static void run(RequestCheck check, Exchange x, String body) {
    run(check, x, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void run(RequestCheck check, Exchange x, byte[] body) {
    x.budget(Budget.of(100_000));
    x.request(x.request().headers(), new Body.Bytes(body));
    check.parameters(x);
    check.body(x);
  }

  private static HeaderList headers(String... fields) {
    HeaderList headers = new HeaderList();
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    return headers;
  }

  private static void assertMissing(String names, RequestCheck check, Exchange x) {
    GatewayException refused = refusal(check, x, "{\"test\":\"test\"}");
    assertEquals(ResponseType.BAD_REQUEST_PARAMETERS, refused.type());
    assertEquals(Reason.REQUIRED_PARAMETERS_MISSING, refused.reason());
    assertEquals(400, refused.status());
    assertEquals("Missing required request parameters: " + names, refused.answer());
  }

  private static void assertInvalid(Reason reason, String detail, RequestCheck check, String body) {
    assertInvalid(reason, detail, check, exchange("", headers()), body);
  }

  private static void assertInvalid(
      Reason reason, String detail, RequestCheck check, Exchange x, String body) {
    GatewayException refused = refusal(check, x, body);
    assertEquals(ResponseType.BAD_REQUEST_BODY, refused.type());
    assertEquals(reason, refused.reason());
    assertEquals(400, refused.status());
    assertEquals("Invalid request body", refused.answer());
    assertEquals(detail, refused.detail());
  }

  @Test
  void missingParametersAreNamedAsRecorded() throws Exception {
    Map<String, String> model = Map.of("application/json", "testSchema");
    RequestCheck issuer =
        check(
            Map.of(
                "method.request.path.issuer", true,
                "method.request.querystring.qs1", true,
                "method.request.header.x-header-param", true),
            model);
    assertMissing("[x-header-param, issuer, qs1]", issuer, exchange("", headers()));
    RequestCheck test =
        check(
            Map.of(
                "method.request.path.test", true,
                "method.request.querystring.qs1", true,
                "method.request.header.x-header-param", true),
            model);
    assertMissing("[x-header-param]", test, exchange("qs1=test", headers()));
    assertMissing("[qs1]", test, exchange("", headers("x-header-param", "test")));
    assertDoesNotThrow(
        () ->
            run(
                test,
                exchange("qs1=test", headers("x-header-param", "test")),
                "{\"a\":1,\"b\":2}"));
    assertInvalid(
        Reason.BODY_INVALID,
        "[object has missing required properties ([\"a\",\"b\"])]",
        test,
        exchange("qs1=test", headers("x-header-param", "test")),
        "{\"test\":\"test\"}");
    assertInvalid(
        Reason.BODY_INVALID,
        "[object has missing required properties ([\"a\",\"b\"])]",
        test,
        exchange("qs1=test", headers("x-header-param", "test")),
        "");
    assertInvalid(
        Reason.BODY_INVALID,
        "[object has missing required properties ([\"a\",\"b\"])]",
        test,
        exchange("qs1=test", headers("x-header-param", "test", "Content-Type", "application/json")),
        "");
  }

  @Test
  void eachGroupOfMissingParametersIsInTheOrderOfNames() throws Exception {
    RequestCheck check =
        check(
            Map.of(
                "method.request.querystring.b", true,
                "method.request.querystring.a", true,
                "method.request.path.z", true,
                "method.request.path.y", true,
                "method.request.header.n", true,
                "method.request.header.m", true,
                "method.request.header.optional", false),
            Map.of());
    assertMissing("[m, n, y, z, a, b]", check, exchange("", headers()));
  }

  @Test
  void aHeaderIsFoundWhateverTheCaseOfItsName() throws Exception {
    RequestCheck check = check(Map.of("method.request.header.X-Thing", true), Map.of());
    assertDoesNotThrow(() -> run(check, exchange("", headers("x-thing", "1")), ""));
    assertMissing("[X-Thing]", check, exchange("X-Thing=1", headers("x-thin", "1")));
  }

  @Test
  void anEmptyValueCountsAsMissingUnlessThereIsAnother() throws Exception {
    RequestCheck header = check(Map.of("method.request.header.h", true), Map.of());
    assertMissing("[h]", header, exchange("", headers("h", "")));
    assertMissing("[h]", header, exchange("", headers("h", "", "h", "")));
    assertDoesNotThrow(() -> run(header, exchange("", headers("h", "", "h", "x")), ""));
    RequestCheck query = check(Map.of("method.request.querystring.q", true), Map.of());
    for (String empty : List.of("q", "q=", "q&q=", "x=q", "qq=1", "=q", "&", "Q=1", "q%3D=1")) {
      assertMissing("[q]", query, exchange(empty, headers()));
    }
    for (String full : List.of("q=1", "q&q=1", "q=1&q=", "a=b&q=%20", "%71=1", "q==", "&&q=+")) {
      assertDoesNotThrow(() -> run(query, exchange(full, headers()), ""), full);
    }
  }

  @Test
  void aQueryParameterIsFoundByItsDecodedName() throws Exception {
    RequestCheck check = check(Map.of("method.request.querystring.a b", true), Map.of());
    assertDoesNotThrow(() -> run(check, exchange("a+b=1", headers()), ""));
    assertDoesNotThrow(() -> run(check, exchange("a%20b=1", headers()), ""));
    assertMissing("[a b]", check, exchange("a%2=1&ab=1", headers()));
  }

  @Test
  void parametersThatAreThereCostNoMemory() throws Exception {
    ParameterCheck check =
        new ParameterCheck(
            List.of(
                "method.request.header.h",
                "method.request.path.test",
                "method.request.querystring.q"));
    Exchange x = exchange("a=b&q=1", headers("Accept", "*/*", "H", "1"));
    for (int i = 0; i < 1_000; i++) {
      check.check(x);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      check.check(x);
    }
    long spent = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(spent < 10_000, spent + " bytes in 10000 checks");
  }

  @Test
  void aListOfAnotherModelIsCheckedAsRecorded() throws Exception {
    RequestCheck check = check(Map.of(), Map.of("application/json", "testSchemaList"));
    assertDoesNotThrow(() -> run(check, exchange("", headers()), "[{\"a\":1,\"b\":2}]"));
    assertInvalid(
        Reason.BODY_INVALID,
        "[instance type (object) does not match any allowed primitive type (allowed: [\"array\"])]",
        check,
        "");
  }

  @Test
  void nullOrAnotherModelIsCheckedAsRecorded() throws Exception {
    RequestCheck check = check(Map.of(), Map.of("application/json", "TestModel"));
    Exchange x = exchange("", headers());
    assertDoesNotThrow(() -> run(check, x, "{\"status\":null}"));
    assertDoesNotThrow(() -> run(check, x, "{\"status\":{\"Status\":\"works\",\"Order\":1}}"));
    String missing = "[object has missing required properties ([\"status\"])]";
    assertInvalid(Reason.BODY_INVALID, missing, check, "");
    assertInvalid(Reason.BODY_INVALID, missing, check, "{\"badFormat\":\"bla\"}");
    assertInvalid(
        Reason.BODY_INVALID,
        "[instance failed to match exactly one schema (matched 0 out of 2)]",
        check,
        "{\"status\":{\"Status\":\"works\"}}");
  }

  @Test
  void noBodyIsTheEmptyObject() throws Exception {
    RequestCheck check = check(Map.of(), Map.of("application/json", "Empty"));
    assertDoesNotThrow(() -> run(check, exchange("", headers()), ""));
  }

  @Test
  void theModelIsChosenByTheContentTypeWithoutItsParameters() throws Exception {
    RequestCheck check =
        check(Map.of(), Map.of("application/json", "testSchema", "Application/X", "Empty"));
    for (String type :
        List.of("application/json", "Application/JSON", "application/json; charset=utf-8")) {
      assertInvalid(
          Reason.BODY_NOT_JSON, null, check, exchange("", headers("content-type", type)), "x");
    }
    assertDoesNotThrow(
        () -> run(check, exchange("", headers("Content-Type", "application/x")), "{}"));
    assertDoesNotThrow(
        () -> run(check, exchange("", headers("Content-Type", "text/plain")), "not JSON"));
  }

  @Test
  void theDefaultModelIsForAllOtherContentTypes() throws Exception {
    RequestCheck check =
        check(Map.of(), Map.of("application/json", "Empty", "$default", "testSchema"));
    assertDoesNotThrow(() -> run(check, exchange("", headers()), "{}"));
    assertInvalid(
        Reason.BODY_INVALID,
        "[object has missing required properties ([\"a\",\"b\"])]",
        check,
        exchange("", headers("Content-Type", "text/plain")),
        "{}");
  }

  @Test
  void aBodyThatIsNoJsonIsInvalidWhateverItsType() throws Exception {
    RequestCheck check =
        check(Map.of(), Map.of("application/json", "Empty", "application/xml", "Empty"));
    assertInvalid(Reason.BODY_NOT_JSON, null, check, "{\"a\":");
    assertInvalid(
        Reason.BODY_NOT_JSON,
        null,
        check,
        exchange("", headers("Content-Type", "application/xml")),
        "<a/>");
    byte[] latin = "{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
    GatewayException refused =
        assertThrows(GatewayException.class, () -> run(check, exchange("", headers()), latin));
    assertEquals(Reason.BODY_NOT_JSON, refused.reason());
  }

  @Test
  void aBodyThatCostsTooMuchIsForThePipelineToAnswer() throws Exception {
    RequestCheck check = check(Map.of(), Map.of("application/json", "testSchemaList"));
    String body = "[" + "{\"a\":1,\"b\":2},".repeat(100_000) + "1]";
    assertThrows(BudgetExhausted.class, () -> run(check, exchange("", headers()), body));
  }

  @Test
  void onlyAMethodWithAModelWantsTheBody() throws Exception {
    RequestCheck none = check(Map.of("method.request.header.h", true), Map.of());
    assertFalse(none.wantsBody());
    assertDoesNotThrow(() -> run(none, exchange("", headers("h", "1")), "not JSON"));
    assertTrue(check(Map.of(), Map.of("application/json", "Empty")).wantsBody());
  }

  @Test
  void aRefusalWithoutDetailHasNone() {
    assertNull(GatewayException.of(ResponseType.THROTTLED, Reason.OVERLOADED).detail());
  }
}
