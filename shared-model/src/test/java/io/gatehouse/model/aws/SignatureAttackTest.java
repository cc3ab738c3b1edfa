package io.gatehouse.model.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Requests that were signed rightly and then changed: a row for each attack. */
class SignatureAttackTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final SigningSecret KEY = new SigningSecret(SECRET);
  private static final byte[] BODY = "{\"amount\": 1}".getBytes(UTF_8);

  /** One attack. */
  private record Row(
      String name, SigV4.Request signed, UnaryOperator<SigV4.Request> attack, Kind kind) {}

  private static final List<Row> ROWS = new ArrayList<>();

  private static void header(String name, Kind kind, UnaryOperator<SigV4.Request> attack) {
    ROWS.add(new Row("header form: " + name, signed(false, null), attack, kind));
  }

  private static void query(String name, Kind kind, UnaryOperator<SigV4.Request> attack) {
    ROWS.add(new Row("presigned: " + name, signed(true, "token"), attack, kind));
  }

  static {
    Kind wrong = Kind.INVALID_SIGNATURE;
    Kind incomplete = Kind.INCOMPLETE_SIGNATURE;
    header("another verb", wrong, r -> verb(r, "GET"));
    header("verb in lower case", wrong, r -> verb(r, "put"));
    header("another path", wrong, r -> path(r, "/prod/pets/2"));
    header("path in another case", wrong, r -> path(r, "/prod/Pets/1"));
    header("a slash at the end", wrong, r -> path(r, "/prod/pets/1/"));
    header("a slash that is encoded", wrong, r -> path(r, "/prod/pets%2F1"));
    header("a letter that is encoded", wrong, r -> path(r, "/prod/p%65ts/1"));
    header("unicode that looks alike", wrong, r -> path(r, "/prod/p%D0%B5ts/1"));
    header("overlong UTF-8", wrong, r -> path(r, "/prod%C0%AFpets/1"));
    header("a path parameter", wrong, r -> path(r, "/prod/pets/1;x=1"));
    header("dots that stay", wrong, r -> path(r, "/prod/pets/.../1"));
    header("encoded dots", wrong, r -> path(r, "/prod/%2e%2e/prod/pets/1"));
    header("a null byte", wrong, r -> path(r, "/prod/pets/1%00"));
    header("one more parameter", wrong, r -> query(r, r.rawQuery() + "&admin=1"));
    header("a parameter less", wrong, r -> query(r, "b=2"));
    header("a doubled parameter", wrong, r -> query(r, r.rawQuery() + "&b=2"));
    header("a doubled name", wrong, r -> query(r, r.rawQuery() + "&b=3"));
    header("no query", wrong, r -> query(r, ""));
    header("a value moved to the other name", wrong, r -> query(r, "a=2&b=1+x"));
    header("a name that swallows its value", wrong, r -> query(r, "a%3D1%20x&b=2"));
    header("another body", wrong, r -> body(r, "{\"amount\": 9}".getBytes(UTF_8)));
    header("no body", wrong, r -> body(r, new byte[0]));
    header("another body with its hash", wrong, SignatureAttackTest::otherBodyAndHash);
    header("the body's hash left out", wrong, r -> without(r, "x-amz-content-sha256"));
    header("payload said to be unsigned", wrong, r -> claim(r, "UNSIGNED-PAYLOAD"));
    header(
        "payload said to be streamed", wrong, r -> claim(r, "STREAMING-UNSIGNED-PAYLOAD-TRAILER"));
    header(
        "hash in upper case",
        wrong,
        r -> claim(r, r.values("x-amz-content-sha256").getFirst().toUpperCase(Locale.ROOT)));
    header("hash twice", incomplete, r -> more(r, "x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
    header("another host", wrong, r -> with(r, "host", "evil.example.com"));
    header("two hosts", wrong, r -> more(r, "host", "evil.example.com"));
    header("no host", wrong, r -> without(r, "host"));
    header("a signed header left out", wrong, r -> without(r, "x-custom"));
    header("an empty signed header left out", wrong, r -> without(r, "x-empty"));
    header("a signed header twice", wrong, r -> more(r, "x-custom", "other"));
    header("an x-amz header that is not signed", wrong, r -> with(r, "X-Amz-Target", "x"));
    header("a token that is not signed", wrong, r -> with(r, "x-amz-security-token", "x"));
    header("host taken from the signed ones", wrong, r -> auth(r, "host;", ""));
    header("date taken from the signed ones", wrong, r -> auth(r, "x-amz-date;", ""));
    header("a signed one that is not there", wrong, r -> auth(r, "host;", "host;x-none;"));
    header("another date", wrong, r -> with(r, "x-amz-date", "20261122T120001Z"));
    header("two dates", wrong, r -> more(r, "x-amz-date", "20261122T120001Z"));
    header("no date", incomplete, r -> without(r, "x-amz-date"));
    header(
        "Date in its place",
        wrong,
        r -> with(without(r, "x-amz-date"), "date", "Sun, 22 Nov 2026 12:00:00 GMT"));
    header("another day in the scope", wrong, r -> auth(r, "/20261122/", "/20261121/"));
    header("another region", wrong, r -> auth(r, "/us-east-1/", "/us-west-2/"));
    header("another service", wrong, r -> auth(r, "/execute-api/", "/s3/"));
    header("another terminator", wrong, r -> auth(r, "/aws4_request", "/aws5_request"));
    header("a day that is none", incomplete, r -> auth(r, "/20261122/", "/2026112x/"));
    header("a scope too short", incomplete, r -> auth(r, "/us-east-1/", "/"));
    header("a signature cut off", wrong, r -> cut(r, 1));
    header("half a signature", wrong, r -> cut(r, 32));
    header("no signature", incomplete, r -> cut(r, 64));
    header("a longer signature", wrong, r -> with(r, "authorization", auth(r) + "0"));
    header("a signature in upper case", wrong, SignatureAttackTest::upperCase);
    header(
        "two signatures in one header",
        incomplete,
        r -> with(r, "authorization", auth(r) + ", Signature=0"));
    header("two headers", incomplete, r -> more(r, "authorization", auth(r)));
    header(
        "an asymmetric algorithm",
        incomplete,
        r -> auth(r, "AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"));
    header("a weaker hash", incomplete, r -> auth(r, "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"));
    header("no algorithm", incomplete, r -> auth(r, "AWS4-HMAC-SHA256 ", ""));
    header(
        "an algorithm with an appendix",
        incomplete,
        r -> auth(r, "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256-PAYLOAD"));
    header("a thousand signed headers", incomplete, r -> auth(r, "host;", "host;".repeat(1000)));
    header(
        "both forms",
        incomplete,
        r -> query(r, r.rawQuery() + "&X-Amz-Algorithm=AWS4-HMAC-SHA256"));
    header(
        "both forms, a name encoded",
        incomplete,
        r -> query(r, r.rawQuery() + "&X-Amz-%53ignature=0"));
    header("nothing", Kind.MISSING_AUTHENTICATION_TOKEN, r -> without(r, "authorization"));

    for (String name :
        List.of("Credential", "Date", "Expires", "SignedHeaders", "Signature", "Algorithm")) {
      query("without X-Amz-" + name, incomplete, r -> removed(r, "X-Amz-" + name));
      query("empty X-Amz-" + name, incomplete, r -> changed(r, "X-Amz-" + name, ""));
      query(
          "X-Amz-" + name + " twice",
          incomplete,
          r -> query(r, r.rawQuery() + "&X-Amz-" + name + "=" + parameter(r, "X-Amz-" + name)));
      query(
          "X-Amz-" + name + " in lower case besides",
          incomplete,
          r -> query(r, r.rawQuery() + "&x-amz-" + name.toLowerCase(Locale.ROOT) + "=1"));
    }
    query("without its token", wrong, r -> removed(r, "X-Amz-Security-Token"));
    query("another token", wrong, r -> changed(r, "X-Amz-Security-Token", "other"));
    query("a longer life", wrong, r -> changed(r, "X-Amz-Expires", "604800"));
    query("a life of a week and a second", incomplete, r -> changed(r, "X-Amz-Expires", "604801"));
    query("no life", incomplete, r -> changed(r, "X-Amz-Expires", "0"));
    query("less than none", incomplete, r -> changed(r, "X-Amz-Expires", "-1"));
    query("a life that overflows", incomplete, r -> changed(r, "X-Amz-Expires", "4294967297"));
    query("a life in letters", incomplete, r -> changed(r, "X-Amz-Expires", "9e2"));
    query("another date", wrong, r -> changed(r, "X-Amz-Date", "20261122T120100Z"));
    query("a date that is none", incomplete, r -> changed(r, "X-Amz-Date", "20261322T120100Z"));
    query(
        "another key",
        Kind.INVALID_SIGNATURE,
        r -> query(r, r.rawQuery().replace("%2Fus-east-1%2F", "%2Fus-west-2%2F")));
    query(
        "another algorithm",
        incomplete,
        r -> changed(r, "X-Amz-Algorithm", "AWS4-ECDSA-P256-SHA256"));
    query("fewer signed headers", wrong, r -> changed(r, "X-Amz-SignedHeaders", "host"));
    query("host not signed", wrong, r -> changed(r, "X-Amz-SignedHeaders", "x-custom"));
    query("a signature of noughts", wrong, r -> changed(r, "X-Amz-Signature", "0".repeat(64)));
    query("a parameter of nobody's", incomplete, r -> query(r, r.rawQuery() + "&X-Amz-Bypass=1"));
    query("one more of the caller's", wrong, r -> query(r, r.rawQuery() + "&admin=1"));
    query("one less of the caller's", wrong, r -> removed(r, "b"));
    query(
        "payload said to be unsigned",
        wrong,
        r -> query(r, r.rawQuery() + "&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD"));
    query(
        "payload said so in a header",
        wrong,
        r -> with(r, "x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
    query(
        "payload said so twice",
        incomplete,
        r ->
            with(
                query(r, r.rawQuery() + "&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD"),
                "x-amz-content-sha256",
                "UNSIGNED-PAYLOAD"));
    query("a body", wrong, r -> body(r, "x".getBytes(UTF_8)));
    query("a header besides", incomplete, r -> with(r, "authorization", "Bearer x"));
    query("another path", wrong, r -> path(r, "/prod/pets/2"));
    query("another host", wrong, r -> with(r, "host", "evil.example.com"));
  }

  @TestFactory
  Stream<DynamicTest> everyAttackIsRefused() {
    return ROWS.stream()
        .map(
            row ->
                dynamicTest(
                    row.name(),
                    () -> {
                      verify(row.signed(), NOW);
                      SigV4.Request attacked = row.attack().apply(row.signed());
                      ApiError refusal = assertThrows(ApiError.class, () -> verify(attacked, NOW));
                      assertEquals(row.kind(), refusal.kind(), refusal::getMessage);
                    }));
  }

  /** What says the same in other letters is the same request. */
  @Test
  void anotherSpellingOfTheSameRequestIsTheSame() {
    SigV4.Request signed = signed(false, null);
    verify(query(signed, "b=2&a=1%20x"), NOW);
    verify(query(signed, "a=1%20x&&b=2&"), NOW);
    verify(query(signed, "%61=1+x&b=%32"), NOW);
    verify(with(signed, "x-custom", "  v   w  "), NOW);
    verify(with(signed, "x-unsigned", "whatever"), NOW);
    verify(path(signed, "/prod//pets/1"), NOW);
  }

  @Test
  void presignedRequestsHaveTheirLifeAndNoMore() {
    SigV4.Request signed = signed(true, null);
    verify(signed, NOW.plusSeconds(900));
    verify(signed, NOW.minusSeconds(300));
    assertEquals(
        "Signature expired: 20261122T120000Z is now earlier than 20261122T120001Z"
            + " (20261122T121501Z - 900 sec.)",
        assertThrows(ApiError.class, () -> verify(signed, NOW.plusSeconds(901))).getMessage());
    assertTrue(
        assertThrows(ApiError.class, () -> verify(signed, NOW.minusSeconds(301)))
            .getMessage()
            .startsWith("Signature not yet current"));
    assertEquals("a=1%20x&b=2", Signature.read(signed).ownQuery(signed.rawQuery()));
  }

  @Test
  void aSecretKeepsKeysOfSeveralDaysAndForgetsNoneWrongly() {
    SigningSecret secret = new SigningSecret(SECRET);
    for (int round = 0; round < 3; round++) {
      for (int day = 10; day < 20; day++) {
        assertArrayEquals(
            new SigningSecret(SECRET).key("202611" + day, "r", "s").getEncoded(),
            secret.key("202611" + day, "r", "s").getEncoded());
      }
    }
    assertEquals("a secret", secret.toString());
  }

  /** Chunks of 128 KiB and what is left, each with its own signature. */
  @Test
  void chunksCannotBeMovedDroppedCutOrRepeated() throws Exception {
    byte[] content = new byte[300_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i >> 10);
    }
    SigV4.Request signed = chunked(content);
    assertArrayEquals(content, verify(signed, NOW));
    List<byte[]> chunks = split(signed.body());
    assertEquals(4, chunks.size());
    int[][] orders = {
      {1, 0, 2, 3},
      {0, 2, 1, 3},
      {0, 1, 3},
      {1, 2, 3},
      {0, 1, 2},
      {0, 1, 1, 2, 3},
      {0, 1, 2, 3, 3},
      {3},
      {},
      {0, 1, 2, 3, 0}
    };
    for (int[] order : orders) {
      ByteArrayOutputStream other = new ByteArrayOutputStream();
      for (int i : order) {
        other.write(chunks.get(i));
      }
      assertRefused(body(signed, other.toByteArray()));
    }
    for (String length : List.of("299999", "300001", "-1", "", "99999999999", "x")) {
      assertRefused(with(signed, "x-amz-decoded-content-length", length));
    }
    String body = new String(signed.body(), ISO_8859_1);
    for (String[] change :
        new String[][] {
          {"20000;", "1ffff;"},
          {"20000;", "fffffff;"},
          {"20000;", ";"},
          {"20000;", "-1;"},
          {";chunk-signature=", ";"},
          {";chunk-signature=", ";x=1;chunk-signature="},
          {"\r\n", "\n"},
          {"0;chunk", "00000000;chunk"}
        }) {
      String other = body.replaceFirst(Pattern.quote(change[0]), change[1]);
      assertRefused(body(signed, other.getBytes(ISO_8859_1)));
    }
  }

  private static void assertRefused(SigV4.Request request) {
    assertEquals(
        Kind.INVALID_SIGNATURE, assertThrows(ApiError.class, () -> verify(request, NOW)).kind());
  }

  private static List<byte[]> split(byte[] body) {
    List<byte[]> chunks = new ArrayList<>();
    String text = new String(body, ISO_8859_1);
    int from = 0;
    while (from < text.length()) {
      int size = Integer.parseInt(text.substring(from, text.indexOf(';', from)), 16);
      int end = text.indexOf("\r\n", from) + 2 + size + 2;
      chunks.add(Arrays.copyOfRange(body, from, end));
      from = end;
    }
    return chunks;
  }

  private static byte[] verify(SigV4.Request request, Instant now) {
    Signature signature = Signature.read(request);
    signature.requireCurrent(now);
    return SigV4.verify(request, request.body(), signature, KEY);
  }

  private static SigV4.Request signed(boolean presigned, String token) {
    return signed(presigned, token, presigned ? new byte[0] : BODY, false);
  }

  private static SigV4.Request chunked(byte[] content) {
    return signed(false, null, content, true);
  }

  private static SigV4.Request signed(
      boolean presigned, String token, byte[] content, boolean chunks) {
    AwsCredentialsIdentity keys =
        token == null
            ? AwsCredentialsIdentity.create("AKIDEXAMPLE", SECRET)
            : AwsSessionCredentialsIdentity.create("ASIDEXAMPLE", SECRET, token);
    SignRequest.Builder<AwsCredentialsIdentity> sign =
        SignRequest.builder(keys)
            .request(
                SdkHttpFullRequest.builder()
                    .protocol("https")
                    .host("abc123.execute-api.us-east-1.amazonaws.com")
                    .method(SdkHttpMethod.PUT)
                    .encodedPath("/prod/pets/1")
                    .appendRawQueryParameter("a", "1 x")
                    .appendRawQueryParameter("b", "2")
                    .putHeader("x-custom", "v w")
                    .putHeader("x-empty", "")
                    .build())
            .payload(ContentStreamProvider.fromByteArray(content))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
            .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, chunks)
            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
    if (presigned) {
      sign.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
          .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(900));
    }
    SignedRequest signed = AwsV4HttpSigner.create().sign(sign.build());
    Map<String, List<String>> headers = new LinkedHashMap<>();
    signed
        .request()
        .forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    headers.putIfAbsent("host", List.of(signed.request().host()));
    try (var wire = signed.payload().orElseThrow().newStream()) {
      return new SigV4.Request(
          "PUT",
          signed.request().encodedPath(),
          signed.request().encodedQueryParameters().orElse(""),
          headers,
          wire.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SigV4.Request verb(SigV4.Request r, String verb) {
    return new SigV4.Request(verb, r.rawPath(), r.rawQuery(), r.headers(), r.body());
  }

  private static SigV4.Request path(SigV4.Request r, String path) {
    return new SigV4.Request(r.method(), path, r.rawQuery(), r.headers(), r.body());
  }

  private static SigV4.Request query(SigV4.Request r, String query) {
    return new SigV4.Request(r.method(), r.rawPath(), query, r.headers(), r.body());
  }

  private static SigV4.Request body(SigV4.Request r, byte[] body) {
    return new SigV4.Request(r.method(), r.rawPath(), r.rawQuery(), r.headers(), body);
  }

  private static SigV4.Request headers(SigV4.Request r, Map<String, List<String>> headers) {
    return new SigV4.Request(r.method(), r.rawPath(), r.rawQuery(), headers, r.body());
  }

  private static SigV4.Request with(SigV4.Request r, String name, String value) {
    Map<String, List<String>> headers = new LinkedHashMap<>(r.headers());
    headers.put(name.toLowerCase(Locale.ROOT), List.of(value));
    return headers(r, headers);
  }

  private static SigV4.Request more(SigV4.Request r, String name, String value) {
    Map<String, List<String>> headers = new LinkedHashMap<>(r.headers());
    List<String> values = new ArrayList<>(r.values(name));
    values.add(value);
    headers.put(name, values);
    return headers(r, headers);
  }

  private static SigV4.Request without(SigV4.Request r, String name) {
    Map<String, List<String>> headers = new LinkedHashMap<>(r.headers());
    assertTrue(headers.remove(name) != null, name);
    return headers(r, headers);
  }

  private static SigV4.Request claim(SigV4.Request r, String claim) {
    return with(r, "x-amz-content-sha256", claim);
  }

  private static SigV4.Request otherBodyAndHash(SigV4.Request r) {
    byte[] other = "{\"amount\": 9}".getBytes(UTF_8);
    return claim(body(r, other), RequestSigner.digest(other));
  }

  private static String auth(SigV4.Request r) {
    return r.values("authorization").getFirst();
  }

  private static SigV4.Request auth(SigV4.Request r, String text, String other) {
    assertTrue(auth(r).contains(text), auth(r));
    return with(r, "authorization", auth(r).replace(text, other));
  }

  private static SigV4.Request cut(SigV4.Request r, int letters) {
    return with(r, "authorization", auth(r).substring(0, auth(r).length() - letters));
  }

  private static SigV4.Request upperCase(SigV4.Request r) {
    int at = auth(r).length() - 64;
    return with(
        r,
        "authorization",
        auth(r).substring(0, at) + auth(r).substring(at).toUpperCase(Locale.ROOT));
  }

  private static String parameter(SigV4.Request r, String name) {
    return Stream.of(r.rawQuery().split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private static SigV4.Request changed(SigV4.Request r, String name, String value) {
    return query(r, r.rawQuery().replace(name + "=" + parameter(r, name), name + "=" + value));
  }

  private static SigV4.Request removed(SigV4.Request r, String name) {
    return query(
        r,
        String.join(
            "&",
            Stream.of(r.rawQuery().split("&"))
                .filter(pair -> !pair.startsWith(name + "="))
                .toList()));
  }
}
