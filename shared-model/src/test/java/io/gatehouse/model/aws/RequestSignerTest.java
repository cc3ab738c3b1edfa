package io.gatehouse.model.aws;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Our signatures beside those that the AWS SDK for Java makes of the same requests. */
class RequestSignerTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:20:30Z");
  private static final String ID = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String TOKEN = "IQoJb3JpZ2luX2VjE//////////wEaCXVzLWVhc3Qt+=/token==";
  private static final List<String> SERVICES =
      List.of("s3", "sqs", "sns", "states", "kinesis", "dynamodb", "lambda", "ssm");
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "0",
          "-",
          ".",
          "_",
          "~",
          "%20",
          "%2F",
          "%2f",
          "%25",
          "%",
          "+",
          "*",
          "!",
          "'",
          "(",
          ")",
          ";",
          ":",
          "@",
          "$",
          ",",
          "=",
          "ü",
          "語",
          "😀",
          "%E8%AA%9E",
          "%7E",
          "%41",
          "[",
          "]",
          "{",
          "}",
          "|",
          "\\",
          "^",
          "`",
          "\"",
          "<",
          ">",
          " ",
          "%00",
          "%C3");

  /** The SDK is given parameters as text, so bytes that are none stay out. */
  private static final List<String> QUERY_PIECES =
      PIECES.stream().filter(piece -> !piece.equals("%C3")).toList();

  /** Nor does it know parameters without a name. */
  private static final List<String> NAME_PIECES =
      QUERY_PIECES.stream().filter(piece -> !piece.equals("=")).toList();

  /** A request as an integration may make it, of pieces that hurt. */
  private record Wanted(
      String service,
      String method,
      String path,
      String query,
      Map<String, String> headers,
      byte[] body) {

    static Wanted random(Random random) {
      StringBuilder path = new StringBuilder();
      int segments = random.nextInt(5);
      for (int i = 0; i <= segments; i++) {
        path.append('/').append(text(random, PIECES, 1 + random.nextInt(5)));
      }
      StringBuilder query = new StringBuilder();
      for (int i = random.nextInt(6); i > 0; i--) {
        query
            .append(query.isEmpty() ? "" : "&")
            .append(text(random, NAME_PIECES, 1 + random.nextInt(2)));
        query.append('=').append(text(random, QUERY_PIECES, random.nextInt(4)));
      }
      Map<String, String> headers = new HashMap<>();
      headers.put(
          "content-type", random.nextBoolean() ? "text/plain" : "application/x-amz-json-1.0");
      for (int i = random.nextInt(4); i > 0; i--) {
        headers.put(
            "x-amz-meta-" + random.nextInt(9),
            text(random, List.of("a", "  ", "\t", ",", ";", "=", "\"", "z"), 6).strip());
      }
      byte[] body = new byte[random.nextInt(3) * 100];
      random.nextBytes(body);
      return new Wanted(
          SERVICES.get(random.nextInt(SERVICES.size())),
          List.of("GET", "PUT", "POST", "DELETE").get(random.nextInt(4)),
          dotless(path.toString()),
          query.toString(),
          headers,
          body);
    }

    private static String text(Random random, List<String> pieces, int count) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      return text.toString();
    }

    /** The node sends no dot segments; the SDK would resolve them before it sends. */
    private static String dotless(String path) {
      return path.replaceAll("(?<=/)(\\.|%2[eE]){1,2}(?=/|$)", "x");
    }
  }

  private static Map<String, String> ours(Wanted wanted, boolean token) {
    AwsKeys keys = new AwsKeys(ID, SECRET, token ? Optional.of(TOKEN) : Optional.empty());
    TreeMap<String, String> headers = new TreeMap<>(wanted.headers());
    headers.put("host", "service.example:4566");
    return new RequestSigner(keys, "eu-central-1", wanted.service())
        .sign(
            wanted.method(),
            StrictEncoding.path(wanted.path()),
            StrictEncoding.query(wanted.query()),
            headers,
            RequestSigner.digest(wanted.body()),
            NOW);
  }

  private static SdkHttpRequest theirs(Wanted wanted, boolean token) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .uri(URI.create("https://service.example:4566"))
            .method(SdkHttpMethod.fromValue(wanted.method()))
            .encodedPath(StrictEncoding.path(wanted.path()));
    for (String pair : StrictEncoding.query(wanted.query()).split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        request.appendRawQueryParameter(
            SdkHttpUtils.urlDecode(parts[0]), SdkHttpUtils.urlDecode(parts[1]));
      }
    }
    wanted.headers().forEach(request::putHeader);
    request.putHeader("User-Agent", "x").putHeader("X-Amzn-Trace-Id", "Root=1");
    AwsCredentialsIdentity identity =
        token
            ? AwsSessionCredentialsIdentity.create(ID, SECRET, TOKEN)
            : AwsCredentialsIdentity.create(ID, SECRET);
    boolean s3 = wanted.service().equals("s3");
    SignRequest<AwsCredentialsIdentity> sign =
        SignRequest.builder(identity)
            .request(request.build())
            .payload(ContentStreamProvider.fromInputStream(new ByteArrayInputStream(wanted.body())))
            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, wanted.service())
            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !s3)
            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !s3)
            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    SignedRequest signed = AwsV4HttpSigner.create().sign(sign);
    return signed.request();
  }

  @Test
  void hundredsOfHostileRequestsAreSignedAsTheSdkSignsThem() {
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      Wanted wanted = Wanted.random(random);
      boolean token = random.nextBoolean();
      assertEquals(
          theirs(wanted, token).firstMatchingHeader("Authorization").orElseThrow(),
          ours(wanted, token).get("Authorization"),
          wanted.toString());
    }
  }

  @Test
  void whatWeSignIsVerified() {
    Random random = new Random(6);
    for (int i = 0; i < 500; i++) {
      Wanted wanted = Wanted.random(random);
      Map<String, String> added = ours(wanted, true);
      SigV4.Request received = received(wanted, added);
      Signature signature = Signature.read(received);
      signature.requireCurrent(NOW);
      assertDoesNotThrow(
          () -> SigV4.verify(received, received.body(), signature, new SigningSecret(SECRET)));
    }
  }

  private static SigV4.Request received(Wanted wanted, Map<String, String> added) {
    Map<String, List<String>> headers = new HashMap<>();
    wanted.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    added.forEach((name, value) -> headers.put(name, List.of(value)));
    headers.put("Host", List.of("service.example:4566"));
    return new SigV4.Request(
        wanted.method(),
        StrictEncoding.path(wanted.path()),
        StrictEncoding.query(wanted.query()),
        headers,
        wanted.body());
  }

  @Test
  void theKeyOfADayIsNotThatOfTheNext() {
    RequestSigner kept = signer();
    for (Instant now : List.of(NOW, NOW.plus(Duration.ofDays(1)), NOW)) {
      assertEquals(signature(signer(), now), signature(kept, now));
    }
  }

  private static RequestSigner signer() {
    return new RequestSigner(new AwsKeys(ID, SECRET, Optional.empty()), "eu-central-1", "sqs");
  }

  private static String signature(RequestSigner signer, Instant now) {
    TreeMap<String, String> headers = new TreeMap<>(Map.of("host", "service.example:4566"));
    String digest = RequestSigner.digest(new byte[0]);
    return signer.sign("GET", "/", "", headers, digest, now).get("Authorization");
  }

  @Test
  void headersThatTheCallerGivesForTheSignatureAreReplaced() {
    TreeMap<String, String> headers =
        new TreeMap<>(
            Map.of(
                "host", "x",
                "x-amz-date", "20000101T000000Z",
                "x-amz-security-token", "stolen",
                "x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
    Map<String, String> added =
        new RequestSigner(new AwsKeys(ID, SECRET, Optional.empty()), "us-east-1", "s3")
            .sign("GET", "/", "", headers, RequestSigner.digest(new byte[0]), NOW);
    assertEquals("20261122T102030Z", added.get("X-Amz-Date"));
    assertFalse(added.containsKey("X-Amz-Security-Token"));
    assertEquals(RequestSigner.digest(new byte[0]), added.get("X-Amz-Content-Sha256"));
  }

  @Test
  void keysNeverShowTheirSecret() {
    String text = new AwsKeys(ID, SECRET, Optional.of(TOKEN)).toString();
    assertFalse(text.contains(SECRET) || text.contains(TOKEN), text);
  }

  @Test
  void pathsAndQueriesAreSpeltInOneWay() {
    assertEquals("/a%2Fb/%2B%20%25zz/", StrictEncoding.path("/a%2fb/+ %zz/"));
    assertEquals("/a//b", StrictEncoding.path("/a//b"));
    assertEquals("a%20b=%2B&acl&x=", StrictEncoding.query("a+b=%2b&&acl&x="));
    assertEquals("/%F0%9F%98%80", StrictEncoding.path("/😀"));
    String text = new String("~é".getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertEquals("%C3%A9", StrictEncoding.encoded(text.toLowerCase(Locale.ROOT).substring(1)));
  }
}
