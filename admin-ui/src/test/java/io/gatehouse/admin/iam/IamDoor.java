package io.gatehouse.admin.iam;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.admin.awsface.ManagementApi;
import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.whole.WholeHouse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The whole management API behind a real socket, with the vendor's own clients before it. */
final class IamDoor implements AutoCloseable {

  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  final WholeHouse house;

  /** The actions that have been answered with success. */
  final Set<String> answered = new ConcurrentSkipListSet<>();

  private final HttpServer server;

  IamDoor(Database.Kind kind) {
    house = new WholeHouse(kind);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String query = exchange.getRequestURI().getRawQuery();
    Answered answer =
        house
            .api()
            .signed(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                exchange.getRequestHeaders(),
                new ByteArrayInputStream(body));
    Matcher action = ACTION.matcher(new String(body, StandardCharsets.UTF_8));
    if (answer.status() == 200 && action.find()) {
      answered.add(action.group(1));
    }
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
    exchange.close();
  }

  /** The account's owner, who is made with it. */
  IamClient owner(String account) {
    house.tenant(account);
    return iam(ownersKey(account));
  }

  static AwsCredentials ownersKey(String account) {
    return AwsBasicCredentials.create("AKIA" + account, ManagementApi.SECRET);
  }

  static AwsCredentials of(AccessKey key) {
    return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  static AwsCredentials of(Credentials session) {
    return AwsSessionCredentials.create(
        session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
  }

  IamClient iam(AwsCredentials credentials) {
    return made(IamClient.builder(), credentials).build();
  }

  StsClient sts(AwsCredentials credentials) {
    return made(StsClient.builder(), credentials).build();
  }

  ApiGatewayClient apiGateway(AwsCredentials credentials) {
    return made(ApiGatewayClient.builder(), credentials).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B made(B builder, AwsCredentials credentials) {
    return builder
        .region(Region.of(ManagementApi.REGION))
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .credentialsProvider(StaticCredentialsProvider.create(credentials));
  }

  @Override
  public void close() throws Exception {
    server.stop(0);
    house.close();
  }
}
