package io.gatehouse.model.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.gatehouse.model.wire.ApiError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Whatever the SDK for Java signs, in every way that it can, is taken; and nothing else is. */
class SdkSignerTest {

  private static final Instant NOW = Instant.parse("2026-11-22T23:59:30Z");
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String TOKEN = "IQoJb3JpZ2luX2VjE//////////wEaCXVzLWVhc3Qt+=/token==";

  /** How the SDK is told to sign. */
  enum Way {
    HEADERS,
    HEADERS_WITH_TOKEN,
    HEADERS_UNSIGNED_PAYLOAD,
    PRESIGNED,
    PRESIGNED_WITH_TOKEN,
    CHUNKS,
    CHUNKS_AND_TRAILER,
    UNSIGNED_CHUNKS_AND_TRAILER
  }

  /** A signed request as it arrives. */
  record Arrived(SigV4.Request head, byte[] content, boolean temporary) {

    Signature signature() {
      return Signature.read(head);
    }

    byte[] verified() {
      Signature signature = signature();
      signature.requireCurrent(NOW);
      return SigV4.verify(head, head.body(), signature, new SigningSecret(SECRET));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatTheSdkSignsVerifiesAndItsContentIsHandedOn(Way way) throws IOException {
    HostileRequests hostile = new HostileRequests(new Random(way.name().hashCode()));
    int rounds = way.name().contains("CHUNKS") ? 120 : 600;
    for (int round = 0; round < rounds; round++) {
      Arrived request = signed(way, hostile, round);
      try {
        assertArrayEquals(request.content(), request.verified());
      } catch (ApiError e) {
        fail(way + " round " + round + ": " + e.getMessage() + " for " + request.head(), e);
      }
      Optional<String> token = request.temporary() ? Optional.of(TOKEN) : Optional.empty();
      assertEquals(token, request.signature().sessionToken());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aByteThatIsChangedAnywhereIsNoticed(Way way) throws IOException {
    Random random = new Random(way.ordinal());
    HostileRequests hostile = new HostileRequests(random);
    for (int round = 0; round < 60; round++) {
      Arrived request = signed(way, hostile, round);
      byte[] body = request.head().body();
      boolean covered = request.signature().payload() != Payload.UNSIGNED;
      // Trailers alone are covered by nothing in the one way that signs no chunk.
      if (body.length > 0 && covered && way != Way.UNSIGNED_CHUNKS_AND_TRAILER) {
        byte[] other = body.clone();
        other[random.nextInt(other.length)] ^= 1;
        assertRefused(with(request, request.head().rawPath(), request.head().headers(), other));
      }
      assertRefused(with(request, request.head().rawPath() + "x", request.head().headers(), body));
      String name = aSignedHeader(request, random);
      Map<String, List<String>> headers = new HashMap<>(request.head().headers());
      headers.put(name, List.of(headers.get(name).getFirst() + "0"));
      assertRefused(with(request, request.head().rawPath(), headers, body));
      headers = new HashMap<>(request.head().headers());
      headers.remove(name);
      assertRefused(with(request, request.head().rawPath(), headers, body));
    }
  }

  private static String aSignedHeader(Arrived request, Random random) {
    List<String> signed = request.signature().authorization().signedHeaders();
    String name = signed.get(random.nextInt(signed.size()));
    return request.head().headers().keySet().stream()
        .filter(each -> each.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow();
  }

  private static Arrived with(
      Arrived request, String path, Map<String, List<String>> headers, byte[] body) {
    SigV4.Request head = request.head();
    return new Arrived(
        new SigV4.Request(head.method(), path, head.rawQuery(), headers, body),
        request.content(),
        request.temporary());
  }

  private static void assertRefused(Arrived request) {
    assertThrows(ApiError.class, request::verified, () -> "taken: " + request.head());
  }

  /** So that the test above does not say more than it has seen. */
  @Test
  void everyWayIsMarkedAsWhatItIs() throws IOException {
    Map<Way, Payload> seen = new EnumMap<>(Way.class);
    for (Way way : Way.values()) {
      Arrived request = signed(way, new HostileRequests(new Random(1)), 1);
      seen.put(way, request.signature().payload());
      assertEquals(way.name().startsWith("PRESIGNED"), request.signature().isPresigned());
    }
    assertEquals(
        Map.of(
            Way.HEADERS, Payload.HASHED,
            Way.HEADERS_WITH_TOKEN, Payload.HASHED,
            Way.HEADERS_UNSIGNED_PAYLOAD, Payload.UNSIGNED,
            Way.PRESIGNED, Payload.HASHED,
            Way.PRESIGNED_WITH_TOKEN, Payload.HASHED,
            Way.CHUNKS, Payload.SIGNED_CHUNKS,
            Way.CHUNKS_AND_TRAILER, Payload.SIGNED_CHUNKS_AND_TRAILER,
            Way.UNSIGNED_CHUNKS_AND_TRAILER, Payload.UNSIGNED_CHUNKS_AND_TRAILER),
        seen);
  }

  private static Arrived signed(Way way, HostileRequests hostile, int round) throws IOException {
    boolean chunks = way.name().contains("CHUNKS");
    byte[] content = chunks ? hostile.bytes(round % 4 == 0 ? 300_000 : 200) : hostile.bytes(200);
    boolean presigned = way.name().startsWith("PRESIGNED");
    boolean temporary = way.name().endsWith("TOKEN");
    AwsCredentialsIdentity keys =
        temporary
            ? AwsSessionCredentialsIdentity.create("ASIDEXAMPLE", SECRET, TOKEN)
            : AwsCredentialsIdentity.create("AKIDEXAMPLE", SECRET);
    SignRequest.Builder<AwsCredentialsIdentity> sign =
        SignRequest.builder(keys)
            .request(request(hostile, content.length))
            .payload(ContentStreamProvider.fromByteArray(content))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
            .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, chunks)
            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, !way.name().contains("UNSIGNED"))
            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
    if (way.name().endsWith("TRAILER")) {
      sign.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, DefaultChecksumAlgorithm.SHA256);
    }
    if (presigned) {
      sign.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
          .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(900));
    }
    SignedRequest signed = AwsV4HttpSigner.create().sign(sign.build());
    try (InputStream wire =
        signed
            .payload()
            .map(ContentStreamProvider::newStream)
            .orElseGet(() -> new ByteArrayInputStream(new byte[0]))) {
      return new Arrived(arrived(signed.request(), wire.readAllBytes()), content, temporary);
    }
  }

  private static SdkHttpRequest request(HostileRequests hostile, int length) {
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder()
            .protocol("https")
            .host("abc123.execute-api.us-east-1.amazonaws.com")
            .method(SdkHttpMethod.PUT)
            .encodedPath(hostile.path(SdkHttpUtils::urlEncode));
    hostile.parameters().forEach(request::appendRawQueryParameter);
    hostile.headers().forEach((name, values) -> values.forEach(v -> request.appendHeader(name, v)));
    request.putHeader("Content-Length", Integer.toString(length));
    return request.build();
  }

  private static SigV4.Request arrived(SdkHttpRequest request, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    headers.putIfAbsent("host", List.of(request.host()));
    assertTrue(request.encodedPath().startsWith("/"));
    return new SigV4.Request(
        request.method().name(),
        request.encodedPath(),
        request.encodedQueryParameters().orElse(""),
        headers,
        body);
  }
}
