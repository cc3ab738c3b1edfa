package io.gatehouse.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.policy.Decision;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.exchange.Timeline;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a path can be read as, and that no spelling of it leads around a policy. */
class PathFormsTest {

  private static final String ACCOUNT = "123456789012";
  private static final String ARN = "arn:aws:execute-api:us-east-1:123456789012:a1/dev/";

  @ParameterizedTest
  @CsvSource({
    "'',/,,SAME",
    "/,/,,SAME",
    "/a,/a,,SAME",
    "/a/,/a,,SAME",
    "/a/b.c,/a/b.c,,SAME",
    "/%61,/a,/a,SAME",
    "/%61/,/a,/a,SAME",
    "/a%20b,/a%20b,'/a b',SAME",
    "/caf%C3%A9,/caf%C3%A9,/café,SAME",
    "/a%2Fb,/a%2Fb,/a/b,BELOW",
    "/a%2fb,/a%2Fb,/a/b,BELOW",
    "/a%5Cb,/a%5Cb,/a/b,ELSEWHERE",
    "//a,//a,/a,ELSEWHERE",
    "/a//,/a/,/a,ELSEWHERE",
    "/a%2F,/a%2F,/a,ELSEWHERE",
    "/a/%2E%2E%2Fb,/a/..%2Fb,/b,ELSEWHERE",
    "/a%2F..%2F..%2Fb,/a%2F..%2F..%2Fb,/b,ELSEWHERE",
    "/100%25,/100%25,/100%,SAME"
  })
  void aPathIsReadDecodedAndTidied(String path, String routed, String read, PathForms.Place place) {
    PathForms forms = PathForms.of(path);

    assertEquals(routed, forms.routed());
    assertEquals(routed, RequestArn.path(path.isEmpty() ? "/" : path));
    assertEquals(read, forms.read());
    assertEquals(place, forms.place());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%",
        "/%4",
        "/%zz",
        "/a%FF",
        "/%C0%AF",
        "/%E0%80%AF",
        "/%ED%A0%80",
        "/a%00",
        "/%u0061"
      })
  void whatIsNoEncodingOfTextHasNoReading(String path) {
    assertNull(PathForms.of(path));
    assertEquals("denied", said(policy("Allow", "*"), path));
  }

  /** Everything is allowed but one place: the deny's pattern, the path asked for. */
  @ParameterizedTest
  @CsvSource({
    "admin,/admin",
    "admin,/admin/",
    "admin,//admin",
    "admin,/admin//",
    "admin,/%61dmin",
    "admin,/%61%64%6D%69%6e",
    "admin,/%2561dmin",
    "admin,/%252561dmin",
    "admin,/x%2F..%2Fadmin",
    "admin,/.%2Fadmin",
    "admin,/%2Fadmin",
    "admin,/admin%2F",
    "admin,/%5Cadmin",
    "admin/*,/admin/",
    "admin/*,/admin/x",
    "admin/*,/admin%2Fx",
    "admin/*,/admin%252Fx",
    "admin/*,/%61dmin/x",
    "admin/*,//admin//x",
    "admin/*,/open/..%2Fadmin%2Fx",
    "*/secret,/a/secret",
    "*/secret,/a/secret/",
    "*/secret,/a%2Fsecret",
    "*secret*,/a/%73ecret",
    "café,/caf%C3%A9",
    "café,/caf%c3%a9",
    "caf%C3%A9,/caf%c3%a9",
    "caf%c3%a9,/caf%C3%A9",
    "caf%C3%A9,/%63af%c3%a9",
    "a%20b,/a%20b",
    "'a b',/a%20b",
    "日本,/%E6%97%A5%E6%9C%AC",
    "'',/",
    "'',''",
    "'',//"
  })
  void noSpellingLeadsAroundADenial(String denied, String path) {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":["
            + statement("Allow", "*")
            + ","
            + statement("Deny", ARN + "GET/" + denied)
            + "]}";

    assertEquals("denied", said(policy, path));
  }

  /** One place is allowed and nothing else: the allow's pattern, the path, what is said. */
  @ParameterizedTest
  @CsvSource({
    "open,/open,allowed",
    "open,/open/,allowed",
    "open,/%6Fpen,allowed",
    "open,/OPEN,silent",
    "open,/open2,silent",
    "open,/open%2F..,silent",
    "open/*,/open/a,allowed",
    "open/*,/open/a/,allowed",
    "open/*,/open/,silent",
    "open/*,/open/a%20b,allowed",
    "open/*,/open/a%2Fb,allowed",
    "open/*,/open%2Fa,silent",
    "open/*,/open/..%2Fadmin,silent",
    "open/*,/open/%2E%2E%2Fadmin,silent",
    "open/*,/open/..%5Cadmin,silent",
    "open/*,/admin%2F..%2Fopen%2Fa,silent",
    "café,/caf%C3%A9,allowed",
    "caf%C3%A9,/caf%C3%A9,allowed",
    "caf%C3%A9,/cafe%CC%81,silent",
    "'','',allowed",
    "'',/,allowed",
    "*,/a/b/c,allowed"
  })
  void anAllowIsForThePlaceAndNothingThatIsReadAsAnother(
      String allowed, String path, String expected) {
    assertEquals(expected, said(policy("Allow", ARN + "GET/" + allowed), path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a", "/a/b%2Fc/", "//a"})
  void theArnIsTheVendorsWithThePathAsItCame(String path) {
    StageAccess stage = new StageAccess(ACCOUNT, "us-east-1", "a1", "dev", null, false);
    Invocation invocation = Invocation.of(exchange(path), stage);

    assertEquals(
        Arn.executeApi("us-east-1", ACCOUNT, "a1", "dev", "GET", path)
            .toString()
            .replace(ACCOUNT, "********9012"),
        invocation.maskedArn());
  }

  private static String policy(String effect, String resource) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":" + statement(effect, resource) + "}";
  }

  private static String statement(String effect, String resource) {
    return "{\"Effect\":\"%s\",\"Principal\":\"*\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"%s\"}"
        .formatted(effect, resource);
  }

  private static String said(String policy, String path) {
    StageAccess stage =
        new StageAccess(
            ACCOUNT, "us-east-1", "a1", "dev", Policy.parse(policy, Policy.Kind.RESOURCE), false);
    Decision decision = Invocation.of(exchange(path), stage).decideAlone();
    return decision.allows() ? "allowed" : decision.deniesExplicitly() ? "denied" : "silent";
  }

  private static Exchange exchange(String path) {
    Request request =
        new Request(
            "GET", path, "", "x", new HeaderList(), Body.EMPTY, "192.0.2.1", "http", "HTTP/1.1");
    Exchange x = new Exchange(request, "id", "ext", "trace", 0, new Timeline(0));
    x.stage(null, path);
    return x;
  }
}
