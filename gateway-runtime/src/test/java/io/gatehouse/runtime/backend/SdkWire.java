package io.gatehouse.runtime.backend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;

/** What the AWS SDK for Java would send, caught before it is sent. */
final class SdkWire {

  record Caught(SdkHttpRequest request, byte[] body) {
    String header(String name) {
      return request.firstMatchingHeader(name).orElse(null);
    }
  }

  private SdkWire() {}

  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable>
      Caught of(B builder, Consumer<C> call) throws Exception {
    AtomicReference<Caught> caught = new AtomicReference<>();
    builder
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
        .httpClient(new Catching(caught));
    try (C client = builder.build()) {
      call.accept(client);
    } catch (SdkException expected) {
      // nothing answers
    }
    return caught.get();
  }

  private record Catching(AtomicReference<Caught> caught) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      byte[] body =
          request
              .contentStreamProvider()
              .map(provider -> bytes(provider.newStream()))
              .orElse(new byte[0]);
      caught.set(new Caught(request.httpRequest(), body));
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          throw SdkException.builder().message("caught").build();
        }

        @Override
        public void abort() {}
      };
    }

    private static byte[] bytes(InputStream in) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (in) {
        in.transferTo(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }

    @Override
    public void close() {}
  }
}
