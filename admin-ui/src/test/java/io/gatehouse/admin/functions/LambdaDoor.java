package io.gatehouse.admin.functions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.admin.awsface.ManagementApi;
import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.admin.whole.WholeHouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** The whole management API behind a real socket, with the vendor's own client before it. */
final class LambdaDoor implements AutoCloseable {

  static final String ROLE = "arn:aws:iam::%s:role/functions";

  /** A request as the client sent it. */
  record Sent(String verb, String path, String query, int status) {}

  final WholeHouse house = new WholeHouse();
  final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final List<LambdaClient> clients = new ArrayList<>();

  LambdaDoor() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    Answered answer =
        house
            .api()
            .signed(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                exchange.getRequestHeaders(),
                exchange.getRequestBody());
    sent.add(
        new Sent(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            query == null ? "" : query,
            answer.status()));
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    boolean empty = answer.status() == 204 || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) {
      exchange.getResponseBody().write(answer.body());
    }
    exchange.close();
  }

  LambdaClient client(String account) {
    LambdaClient client =
        LambdaClient.builder()
            .region(Region.of(ManagementApi.REGION))
            .endpointOverride(address())
            .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIA" + account, ManagementApi.SECRET)))
            .build();
    clients.add(client);
    return client;
  }

  CreateFunctionResponse create(LambdaClient lambda, String account, String name, SdkBytes code) {
    return lambda.createFunction(
        f ->
            f.functionName(name)
                .runtime(Runtime.NODEJS20_X)
                .handler("index.handler")
                .role(ROLE.formatted(account))
                .code(c -> c.zipFile(code)));
  }

  /** An archive of files with these texts. */
  static SdkBytes zip(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SdkBytes.fromByteArray(bytes.toByteArray());
  }

  static SdkBytes code(String text) {
    return zip(Map.of("index.js", text));
  }

  @Override
  public void close() throws Exception {
    clients.forEach(LambdaClient::close);
    server.stop(0);
    house.close();
  }
}
