package io.gatehouse.runtime.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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

/** A request that the SDK for Java signs, and what a test changes of it before it is sent. */
public final class SignedCall {

  private static final String HOST = ".execute-api.us-east-1.amazonaws.com";

  private final SdkHttpFullRequest.Builder request =
      SdkHttpFullRequest.builder()
          .protocol("https")
          .host("abc123" + HOST)
          .method(SdkHttpMethod.GET);
  private AwsCredentialsIdentity keys;
  private byte[] body = new byte[0];
  private Instant time = Instant.now();
  private String service = "execute-api";
  private String region = "us-east-1";
  private boolean presigned;
  private boolean unsigned;
  private boolean chunks;
  private boolean trailer;

  private SignedCall(String path, String keyId, String secret) {
    request.encodedPath(path);
    keys = AwsCredentialsIdentity.create(keyId, secret);
  }

  public static SignedCall of(String path, String keyId, String secret) {
    return new SignedCall(path, keyId, secret);
  }

  /** Another API's than the usual one. */
  public SignedCall to(String apiId) {
    request.host(apiId + HOST);
    return this;
  }

  SignedCall query(String name, String value) {
    request.appendRawQueryParameter(name, value);
    return this;
  }

  public SignedCall post(byte[] content) {
    request.method(SdkHttpMethod.POST);
    body = content;
    return this;
  }

  public SignedCall token(String token) {
    keys = AwsSessionCredentialsIdentity.create(keys.accessKeyId(), keys.secretAccessKey(), token);
    return this;
  }

  public SignedCall at(Instant instant) {
    time = instant;
    return this;
  }

  SignedCall scope(String otherService, String otherRegion) {
    service = otherService;
    region = otherRegion;
    return this;
  }

  public SignedCall presigned() {
    presigned = true;
    return this;
  }

  SignedCall unsignedPayload() {
    unsigned = true;
    return this;
  }

  SignedCall chunked(boolean withTrailer) {
    chunks = true;
    trailer = withTrailer;
    return this;
  }

  /** The bytes of the request, which asks for the connection to be closed. */
  public Sent signed() throws IOException {
    SignRequest.Builder<AwsCredentialsIdentity> sign =
        SignRequest.builder(keys)
            .request(request.build())
            .payload(ContentStreamProvider.fromByteArray(body))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
            .putProperty(AwsV4HttpSigner.REGION_NAME, region)
            .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, chunks)
            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, !unsigned)
            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC));
    if (trailer) {
      sign.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, DefaultChecksumAlgorithm.CRC32);
    }
    if (presigned) {
      sign.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
          .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(900));
    }
    SignedRequest signed = AwsV4HttpSigner.create().sign(sign.build());
    byte[] payload = new byte[0];
    if (signed.payload().isPresent()) {
      try (InputStream in = signed.payload().get().newStream()) {
        payload = in.readAllBytes();
      }
    }
    return Sent.of(signed.request(), payload);
  }

  /** What goes over the connection, in parts. */
  public record Sent(String verb, String path, String query, List<String> headers, byte[] body) {

    private static Sent of(SdkHttpRequest request, byte[] payload) {
      List<String> headers = new ArrayList<>();
      request.forEachHeader(
          (name, values) -> values.forEach(value -> headers.add(name + ": " + value)));
      if (headers.stream().noneMatch(line -> line.regionMatches(true, 0, "host:", 0, 5))) {
        headers.add("Host: " + request.host());
      }
      return new Sent(
          request.method().name(),
          request.encodedPath(),
          request.encodedQueryParameters().orElse(""),
          headers,
          payload);
    }

    Sent withPath(String other) {
      return new Sent(verb, other, query, headers, body);
    }

    Sent withBody(byte[] other) {
      return new Sent(verb, path, query, headers, other);
    }

    Sent withHeader(String line) {
      List<String> more = new ArrayList<>(headers);
      more.add(line);
      return new Sent(verb, path, query, more, body);
    }

    Sent without(String header) {
      return new Sent(verb, path, query, headers.stream().filter(not(header)).toList(), body);
    }

    private static Predicate<String> not(String header) {
      return line -> !line.regionMatches(true, 0, header + ":", 0, header.length() + 1);
    }

    String header(String name) {
      return headers.stream()
          .filter(not(name).negate())
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    public byte[] bytes() throws IOException {
      StringBuilder head = new StringBuilder(verb).append(' ').append(path);
      head.append(query.isEmpty() ? "" : "?" + query).append(" HTTP/1.1\r\nConnection: close\r\n");
      headers.stream()
          .filter(not("Content-Length"))
          .forEach(line -> head.append(line).append("\r\n"));
      if (body.length > 0 || !header("Content-Length").isEmpty()) {
        head.append("Content-Length: ").append(body.length).append("\r\n");
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      return out.toByteArray();
    }
  }
}
