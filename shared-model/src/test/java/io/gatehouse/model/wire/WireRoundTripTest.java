package io.gatehouse.model.wire;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Our codec against the SDK's own client: every operation, every member, both directions. */
class WireRoundTripTest {

  private final Wiretap wiretap = new Wiretap();
  private final ApiGatewayClient client =
      ApiGatewayClient.builder()
          .httpClient(wiretap)
          .region(Region.US_EAST_1)
          .endpointOverride(URI.create("http://127.0.0.1:1"))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
          .build();

  @Test
  void the_client_has_124_operations() {
    assertEquals(124, operations().count());
  }

  @TestFactory
  Stream<DynamicTest> every_operation_survives_both_directions() {
    return operations().map(call -> DynamicTest.dynamicTest(call.getName(), () -> roundTrip(call)));
  }

  private void roundTrip(Method call) throws ReflectiveOperationException {
    Object request = filled(call.getParameterTypes()[0]);
    Object response = filled(call.getReturnType());
    wiretap.answer = WireOutput.of((SdkPojo) response);

    Object seen;
    try {
      seen = call.invoke(client, request);
    } catch (InvocationTargetException e) {
      throw new AssertionError(call.getName(), e.getCause());
    }

    Object decoded = wiretap.input(request).decode(builder(request.getClass()));
    assertAll(
        () -> assertEquals(request, decoded, "the request"),
        () ->
            assertTrue(((SdkPojo) response).equalsBySdkFields(seen), () -> "the answer: " + seen));
  }

  private static Stream<Method> operations() {
    return Arrays.stream(ApiGatewayClient.class.getMethods())
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
        .filter(method -> !method.getName().endsWith("Paginator"))
        .sorted(Comparator.comparing(Method::getName));
  }

  private static Object filled(Class<?> type) throws ReflectiveOperationException {
    SdkBuilder<?, ?> builder = builder(type);
    Filler.fill((SdkPojo) builder);
    Object shape = builder.build();
    assertTrue(
        ((SdkPojo) shape).sdkFields().stream().allMatch(f -> f.getValueOrDefault(shape) != null));
    return shape;
  }

  private static SdkBuilder<?, ?> builder(Class<?> type) throws ReflectiveOperationException {
    return (SdkBuilder<?, ?>) type.getMethod("builder").invoke(null);
  }

  /** An HTTP client that keeps what the SDK sends and answers what it was given. */
  private static final class Wiretap implements SdkHttpClient {

    private SdkHttpRequest sent;
    private byte[] sentBody;
    private WireOutput answer;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      sent = request.httpRequest();
      sentBody = request.contentStreamProvider().map(p -> bytes(p.newStream())).orElse(new byte[0]);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          SdkHttpFullResponse.Builder response = SdkHttpFullResponse.builder().statusCode(200);
          answer.headers().forEach(response::putHeader);
          return HttpExecuteResponse.builder()
              .response(response.build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    /** What a server would see: the raw path is cut by the places where labels must be. */
    WireInput input(Object request) {
      Map<String, String> labels = new HashMap<>();
      List<String> segments = List.of(sent.encodedPath().split("/"));
      for (SdkField<?> field : ((SdkPojo) request).sdkFields()) {
        if (field.location() == MarshallLocation.PATH) {
          String value = field.getValueOrDefault(request).toString();
          segments.stream()
              .filter(segment -> PercentCoding.decodeSegment(segment).equals(value))
              .findFirst()
              .ifPresent(segment -> labels.put(field.locationName(), segment));
        }
      }
      Map<String, String> headers = new HashMap<>();
      sent.forEachHeader((name, values) -> headers.put(name, values.getFirst()));
      return new WireInput(labels, sent.encodedQueryParameters().orElse(""), headers, sentBody);
    }

    private static byte[] bytes(InputStream stream) {
      try (stream) {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
