package io.gatehouse.model.aws;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class SigV4Test {

  private static final Instant NOW = Instant.parse("2026-11-22T23:59:30Z");
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String AWKWARD = "abzAZ09-._~!*'()+,;:@$=/?&#[]{}|\\^`\"<> %üß€\t\u00e9😀";

  @Test
  void the_vendors_published_example_has_its_published_signature() {
    // "get-vanilla-query-order-key-case" of the Signature Version 4 test suite
    Map<String, String> signed =
        SigV4.sign(
            new SigV4.Request(
                "GET",
                "/",
                "Param2=value2&Param1=value1",
                Map.of("Host", List.of("example.amazonaws.com")),
                new byte[0]),
            "AKIDEXAMPLE",
            SECRET,
            "us-east-1",
            "service",
            Instant.parse("2015-08-30T12:36:00Z"));

    assertEquals("20150830T123600Z", signed.get("X-Amz-Date"));
    assertEquals(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
            + " SignedHeaders=host;x-amz-date,"
            + " Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        signed.get("Authorization"));
  }

  @Test
  void what_the_sdks_signer_signs_verifies_whatever_the_path_query_and_headers() {
    Random random = new Random(20261122);
    for (int round = 0; round < 3000; round++) {
      SdkHttpFullRequest.Builder request =
          SdkHttpFullRequest.builder()
              .protocol("http")
              .host("127.0.0.1")
              .port(9080)
              .method(random.nextBoolean() ? SdkHttpMethod.POST : SdkHttpMethod.PATCH)
              .encodedPath(awkwardPath(random));
      for (int i = random.nextInt(4); i > 0; i--) {
        request.appendRawQueryParameter("p" + text(random), text(random));
        request.appendRawQueryParameter("same", text(random));
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        request.appendHeader("X-Custom-" + i, "  v " + i + "   " + ascii(random));
        request.appendHeader("X-Custom-" + i, ascii(random));
      }
      byte[] body = text(random).getBytes(StandardCharsets.UTF_8);
      SdkHttpRequest signed = signBySdk(request.build(), body);
      SigV4.Request seen = asServed(signed, body);

      assertDoesNotThrow(
          () -> verify(seen, SECRET, NOW),
          () -> signed.encodedPath() + " " + signed.encodedQueryParameters() + signed.headers());
    }
  }

  @Test
  void our_own_signature_verifies_and_any_change_breaks_it() {
    SigV4.Request plain =
        new SigV4.Request(
            "PUT",
            "/tags/arn%3Aaws%2Fx",
            "b=2&a=1",
            Map.of("host", List.of("h:1"), "content-type", List.of("application/json")),
            bytes("{}"));
    SigV4.Request good = signed(plain);

    assertVerifies(good);
    assertMismatch(
        new SigV4.Request("GET", "/tags/arn%3Aaws%2Fx", "b=2&a=1", good.headers(), bytes("{}")));
    assertMismatch(
        new SigV4.Request("PUT", "/tags/arn:aws/x", "b=2&a=1", good.headers(), bytes("{}")));
    assertMismatch(
        new SigV4.Request("PUT", "/tags/arn%3Aaws%2Fx", "b=2", good.headers(), bytes("{}")));
    assertMismatch(
        new SigV4.Request("PUT", "/tags/arn%3Aaws%2Fx", "b=2&a=1", good.headers(), bytes("{ }")));
    assertMismatch(with(good, "Host", "h:2"));
    assertMismatch(with(good, "Content-Type", "text/plain"));
    assertVerifies(
        new SigV4.Request("PUT", "/tags/arn%3Aaws%2Fx", "a=%31&b=2", good.headers(), bytes("{}")));
  }

  @Test
  void another_secret_does_not_verify() {
    SigV4.Request good = signed(get());

    ApiError error = assertThrows(ApiError.class, () -> verify(good, SECRET + "x", NOW));
    assertTrue(error.getMessage().startsWith("The request signature we calculated does not match"));
    assertEquals(ApiError.Kind.INVALID_SIGNATURE, error.kind());
  }

  @Test
  void a_signature_lives_five_minutes_in_either_direction() {
    SigV4.Request good = signed(get());

    verify(good, SECRET, NOW.plus(Duration.ofMinutes(5)));
    verify(good, SECRET, NOW.minus(Duration.ofMinutes(5)));
    assertRefused(
        "Signature expired: 20261122T235930Z is now earlier than 20261122T235931Z"
            + " (20261123T000431Z - 5 min.)",
        () -> verify(good, SECRET, NOW.plusSeconds(301)));
    assertRefused(
        "Signature not yet current: 20261122T235930Z is still later than 20261122T235929Z"
            + " (20261122T235429Z + 5 min.)",
        () -> verify(good, SECRET, NOW.minusSeconds(301)));
  }

  @Test
  void the_scopes_date_must_be_the_requests() {
    SigV4.Request good = signed(get());
    Authorization right = authorization(good);
    Authorization other =
        new Authorization(
            right.accessKeyId(), "20261121", "us-east-1", "apigateway", right.signedHeaders(), "0");

    assertRefused(
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
            + " '20261121' != '20261122', from '20261122T235930Z'.",
        () -> verify(with(good, "Authorization", other.toString()), SECRET, NOW));
  }

  @Test
  void host_and_every_x_amz_header_must_be_signed() {
    SigV4.Request good = signed(get());
    Authorization hostless =
        new Authorization("A", "20261122", "us-east-1", "apigateway", List.of("x-amz-date"), "0");

    assertRefused(
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        () -> verify(with(good, "Authorization", hostless.toString()), SECRET, NOW));
    assertRefused(
        "There were headers present in the request which were not signed: x-amz-target",
        () -> verify(with(good, "X-Amz-Target", "t"), SECRET, NOW));
    assertVerifies(with(good, "X-Amzn-Trace-Id", "Root=1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UNSIGNED-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "",
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a0"
      })
  void a_claimed_body_hash_must_be_the_bodys(String claim) {
    SigV4.Request good = signed(with(get(), "x-amz-content-sha256", claim));

    assertRefused(
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        () -> verify(good, SECRET, NOW));
  }

  @Test
  void a_date_header_serves_where_there_is_no_other_and_is_read_strictly() {
    String authorization =
        new Authorization("A", "20261122", "us-east-1", "apigateway", List.of("host"), "0")
            .toString();
    SigV4.Request noDate = with(get(), "Authorization", authorization);

    assertRefused(
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
        () -> verify(noDate, SECRET, NOW));
    assertRefused(
        "'Date' must be a 'SignedHeader' in the AWS Authorization.",
        () -> verify(with(noDate, "Date", "Sun, 22 Nov 2026 23:59:30 GMT"), SECRET, NOW));
    for (String wrong : List.of("yesterday", "2026-11-22T23:59:30Z", "20261322T235930Z", "")) {
      ApiError error =
          assertThrows(
              ApiError.class, () -> verify(with(noDate, "X-Amz-Date", wrong), SECRET, NOW));
      assertTrue(error.getMessage().startsWith("Date must be in ISO-8601"), error.getMessage());
    }
    SigV4.Request twice =
        new SigV4.Request(
            "GET",
            "/",
            "",
            Map.of(
                "Host", List.of("h"),
                "X-Amz-Date", List.of("a", "b"),
                "Authorization", List.of(authorization)),
            new byte[0]);
    assertRefused("The request carries more than one date", () -> verify(twice, SECRET, NOW));
  }

  @Test
  void an_authorization_names_all_it_lacks() {
    assertRefused(
        "Authorization header requires 'Credential' parameter. Authorization header requires"
            + " 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."
            + " Authorization=AWS4-HMAC-SHA256",
        () -> Authorization.parse("AWS4-HMAC-SHA256 "));
    assertRefused(
        "Credential must have exactly 5 slash-delimited elements, e.g."
            + " keyid/date/region/service/term, got 'AKID'",
        () ->
            Authorization.parse(
                "AWS4-HMAC-SHA256 Credential=AKID, SignedHeaders=host, Signature=0"));
    assertRefused(
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'x'.",
        () ->
            Authorization.parse(
                "AWS4-HMAC-SHA256 Credential=A/20261122/r/s/x, SignedHeaders=host, Signature=0"));
    for (String wrong :
        List.of(
            "",
            "Bearer abc",
            "AWS4-HMAC-SHA256 Credential=A/day/r/s/aws4_request, SignedHeaders=h, Signature=0",
            "AWS4-HMAC-SHA256 Signature=1, Signature=2",
            "AWS4-HMAC-SHA256 " + "=,".repeat(10_000))) {
      assertThrows(ApiError.class, () -> Authorization.parse(wrong), wrong);
    }
  }

  @Test
  void header_and_record_say_the_same() {
    Authorization authorization = authorization(signed(get()));

    assertEquals(authorization, Authorization.parse(authorization.toString()));
    assertEquals(authorization, Authorization.parse(authorization.toString().replace(", ", ",")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a//b", "/a/./b", "/a/x/../b", "//a/b", "/a/b"})
  void paths_are_signed_without_dot_segments(String path) {
    assertEquals("/a/b", SignatureText.canonicalPath(path));
  }

  private static SdkHttpRequest signBySdk(SdkHttpRequest request, byte[] body) {
    return AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(AwsCredentialsIdentity.create("AKIDEXAMPLE", SECRET))
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "apigateway")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                    .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC)))
        .request();
  }

  private static SigV4.Request asServed(SdkHttpRequest request, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request.forEachHeader(headers::put);
    headers.putIfAbsent("Host", List.of(URI.create("http://127.0.0.1:9080").getAuthority()));
    return new SigV4.Request(
        request.method().name(),
        request.encodedPath(),
        request.encodedQueryParameters().orElse(""),
        headers,
        body);
  }

  private static String awkwardPath(Random random) {
    StringBuilder path = new StringBuilder("/start");
    for (int i = random.nextInt(5); i > 0; i--) {
      path.append('/');
      switch (random.nextInt(6)) {
        case 0 -> path.append(".");
        case 1 -> path.append("x/..");
        case 2 -> path.append("/");
        default ->
            path.append(
                software.amazon.awssdk.utils.http.SdkHttpUtils.urlEncode("s" + text(random)));
      }
    }
    return path.toString();
  }

  private static String text(Random random) {
    int[] points = AWKWARD.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static String ascii(Random random) {
    return text(random).replaceAll("[^ -~]", "");
  }

  private static SigV4.Request get() {
    return new SigV4.Request("GET", "/restapis", "", Map.of("Host", List.of("h")), new byte[0]);
  }

  private static SigV4.Request signed(SigV4.Request plain) {
    Map<String, List<String>> headers = new HashMap<>(plain.headers());
    SigV4.sign(plain, "AKIDEXAMPLE", SECRET, "us-east-1", "apigateway", NOW)
        .forEach((name, value) -> headers.put(name, List.of(value)));
    return new SigV4.Request(
        plain.method(), plain.rawPath(), plain.rawQuery(), headers, plain.body());
  }

  private static SigV4.Request with(SigV4.Request request, String name, String value) {
    Map<String, List<String>> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    headers.put(name, List.of(value));
    return new SigV4.Request(
        request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
  }

  private static Authorization authorization(SigV4.Request request) {
    return Authorization.parse(header(request, "Authorization"));
  }

  private static String header(SigV4.Request request, String name) {
    return request.values(name).getFirst();
  }

  /** As a service does that reads no body without its hash. */
  private static void verify(SigV4.Request request, String secret, Instant now) {
    Signature signature = Signature.read(request);
    signature.requireCurrent(now);
    signature.requireHashedPayload();
    SigV4.verify(request, request.body(), signature, new SigningSecret(secret));
  }

  private static void assertVerifies(SigV4.Request request) {
    verify(request, SECRET, NOW);
  }

  private static void assertMismatch(SigV4.Request request) {
    ApiError error = assertThrows(ApiError.class, () -> assertVerifies(request));
    assertTrue(
        error.getMessage().startsWith("The request signature we calculated"), error::getMessage);
  }

  private static void assertRefused(
      String message, org.junit.jupiter.api.function.Executable action) {
    assertEquals(message, assertThrows(ApiError.class, action).getMessage());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
