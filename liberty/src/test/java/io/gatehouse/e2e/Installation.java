package io.gatehouse.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The one running installation that all end-to-end tests share: started for the first, stopped
 * after the last.
 */
final class Installation implements AutoCloseable {

  /** Home of an installation that runs already and is to stay, to try single tests quickly. */
  private static final Optional<Path> RUNNING =
      Optional.ofNullable(System.getProperty("gatehouse.e2e.home")).map(Path::of);

  /** Gives tests the shared installation. */
  static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(Installation.class, k -> new Installation(), Installation.class);
    }
  }

  final Scripts scripts;
  final Path home;
  final String started;
  private final Map<String, String> environment;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private Installation() {
    try {
      home =
          RUNNING.isPresent()
              ? RUNNING.get()
              : Files.createTempDirectory(
                  Files.createDirectories(Path.of("target").toAbsolutePath()), "installation");
      scripts = new Scripts(home, Ports.freeBase(), Map.of());
      started = RUNNING.isPresent() ? "" : scripts.succeed("start", "--detach");
      environment = scripts.environmentOfClients();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String get(String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(() -> new AssertionError("scripts/status --env does not say " + name));
  }

  List<String> nodes() {
    return List.of(get("GATEHOUSE_GATEWAY_URLS").split(" "));
  }

  ApiGatewayClient apiGateway() {
    return apiGateway(get("AWS_ACCESS_KEY_ID"), get("AWS_SECRET_ACCESS_KEY"));
  }

  ApiGatewayClient apiGateway(String accessKeyId, String secret) {
    return client(ApiGatewayClient.builder(), accessKeyId, secret)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  StsClient sts() {
    return sts(get("AWS_ACCESS_KEY_ID"), get("AWS_SECRET_ACCESS_KEY"));
  }

  StsClient sts(String accessKeyId, String secret) {
    return client(StsClient.builder(), accessKeyId, secret)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private <B extends AwsClientBuilder<B, ?>> B client(
      B builder, String accessKeyId, String secret) {
    return builder
        .endpointOverride(URI.create(get("GATEHOUSE_MANAGEMENT_URL")))
        .region(Region.of(get("AWS_REGION")))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secret)));
  }

  /** Calls a stage at one node. */
  HttpResponse<String> call(String node, String apiId, String stage, String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", node, apiId, stage, path, "", headers);
  }

  HttpResponse<String> send(
      String verb,
      String node,
      String apiId,
      String stage,
      String path,
      String body,
      String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + "/_aws/execute-api/" + apiId + "/" + stage + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                verb,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /**
   * Asks the private port of a node.
   *
   * @param node its place among {@link #nodes}
   */
  HttpResponse<String> operations(int node, String path) throws IOException, InterruptedException {
    String url = get("GATEHOUSE_OPERATIONS_URLS").split(" ")[node];
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Ends a part as a power cut would. */
  void kill(String part) throws IOException, InterruptedException {
    String pid = Files.readString(home.resolve("run").resolve(part + ".pid")).split(" ")[0];
    // A Liberty server is a child of its start script: the whole group goes.
    ProcessHandle handle = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    handle.descendants().forEach(ProcessHandle::destroyForcibly);
    handle.destroyForcibly();
    handle.onExit().join();
  }

  @Override
  public void close() throws Exception {
    if (RUNNING.isEmpty()) {
      scripts.succeed("stop");
    }
  }
}
