package io.gatehouse.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
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

  /** Above the ports of an installation itself, and below the next range of {@link Ports}. */
  private static final int PEERS = 43;

  /** Where the operator has logged requests written besides. */
  private static final String LOG_FILES = "request-logs";

  final Scripts scripts;
  final Path home;
  final String started;
  private final int firehosePort;
  private final Peers peers;
  private final SecureBackend secureBackend;
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
      int base = RUNNING.isPresent() ? baseOf(home) : Ports.freeBase();
      peers = new Peers(base + PEERS);
      secureBackend = SecureBackend.create(home.resolve("nginx"), base + PEERS + Peers.PORTS);
      firehosePort = firehosePort(base);
      scripts = new Scripts(home, base, settings(base));
      started = RUNNING.isPresent() ? "" : scripts.succeed("start", "--detach");
      environment = scripts.environmentOfClients();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The peers' addresses as an operator sets them: one service each, and S3 for a tenant to set.
   */
  private Map<String, String> settings(int base) {
    Map<String, String> settings = new HashMap<>();
    for (String service : List.of("sqs", "dynamodb", "kinesis")) {
      settings.put(
          "GATEHOUSE_AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT),
          peers.url(service).toString());
    }
    settings.put("GATEHOUSE_AWS_ENDPOINT_URL_FIREHOSE", "http://127.0.0.1:" + firehosePort(base));
    settings.put("GATEHOUSE_LOG_FILES", logFiles().toString());
    // The management API speaks STS itself.
    settings.put("GATEHOUSE_AWS_ENDPOINT_URL_STS", "http://127.0.0.1:" + base);
    settings.put(
        "GATEHOUSE_EGRESS_ALLOW",
        Stream.of(peers.url("s3"), URI.create(secureBackend.url()))
            .map(url -> url.getHost() + "/32:" + url.getPort())
            .collect(Collectors.joining(",")));
    settings.put("GATEHOUSE_BACKEND_CA_FILE", secureBackend.authority().toString());
    return settings;
  }

  private static int firehosePort(int base) {
    return base + PEERS + Peers.PORTS + 1;
  }

  /** Where nodes expect Firehose; nobody is there unless a test is. */
  int firehosePort() {
    return firehosePort;
  }

  Path logFiles() {
    return home.resolve(LOG_FILES);
  }

  /** The first port of an installation that runs already. */
  private static int baseOf(Path home) throws IOException {
    return Files.readAllLines(home.resolve("run").resolve("settings")).stream()
        .filter(line -> line.startsWith("GATEHOUSE_CONTROL_PORT="))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElseThrow();
  }

  /** The peers, ready; skips the test by name where there is nothing to run them with. */
  Peers peers() {
    return peers.ready();
  }

  /** Where it is answered by TLS once {@link #secureBackend} runs. */
  String secureBackendUrl() {
    return secureBackend.url();
  }

  SecureBackend secureBackend() throws IOException, InterruptedException {
    secureBackend.start();
    return secureBackend;
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

  LambdaClient lambda() {
    return lambda(get("AWS_ACCESS_KEY_ID"), get("AWS_SECRET_ACCESS_KEY"));
  }

  LambdaClient lambda(String accessKeyId, String secret) {
    return client(LambdaClient.builder(), accessKeyId, secret)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  CognitoIdentityProviderClient userPools() {
    return userPools(get("AWS_ACCESS_KEY_ID"), get("AWS_SECRET_ACCESS_KEY"));
  }

  CognitoIdentityProviderClient userPools(String accessKeyId, String secret) {
    return client(CognitoIdentityProviderClient.builder(), accessKeyId, secret)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  CloudWatchClient cloudWatch() {
    return client(
            CloudWatchClient.builder(), get("AWS_ACCESS_KEY_ID"), get("AWS_SECRET_ACCESS_KEY"))
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  IamClient iam() {
    return client(IamClient.builder(), get("AWS_ACCESS_KEY_ID"), get("AWS_SECRET_ACCESS_KEY"))
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
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return exchange(verb, node, apiId, stage, path, publisher, BodyHandlers.ofString(), headers);
  }

  <T> HttpResponse<T> exchange(
      String verb,
      String node,
      String apiId,
      String stage,
      String path,
      BodyPublisher body,
      BodyHandler<T> answer,
      String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + "/_aws/execute-api/" + apiId + "/" + stage + path))
            .timeout(Duration.ofSeconds(20))
            .method(verb, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), answer);
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
        BodyHandlers.ofString());
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
    try (peers;
        secureBackend) {
      if (RUNNING.isEmpty()) {
        scripts.succeed("stop");
      }
    }
  }
}
