package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Real servers that speak what the vendor's services speak, as processes of their own: SQS
 * (ElasticMQ), DynamoDB (dynalite), Kinesis (kinesalite) and S3 (s3rver). They get ready while the
 * installation starts, and end with the tests, however those end: each reads a pipe that only the
 * tests' process holds open.
 */
final class Peers implements AutoCloseable {

  static final String READY = "ready";

  /** The one key that the S3 server knows; it checks each signature, the others ask for none. */
  static final String ACCESS_KEY_ID = "S3RVER";

  static final String SECRET_ACCESS_KEY = "S3RVER";
  static final Region REGION = Region.US_EAST_1;

  /** How many ports they take. */
  static final int PORTS = 4;

  private static final Path SOURCE = Path.of("src", "test", "peers").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target", "peers").toAbsolutePath();

  private final Map<String, URI> urls = new TreeMap<>();
  private final List<Process> processes = new ArrayList<>();
  private final CompletableFuture<Void> queues;
  private final CompletableFuture<Void> others;

  /**
   * @param firstPort it and the next ones are free
   */
  Peers(int firstPort) {
    for (String service : List.of("sqs", "dynamodb", "kinesis", "s3")) {
      urls.put(service, URI.create("http://" + Queues.HOST + ":" + (firstPort + urls.size())));
    }
    queues = CompletableFuture.runAsync(this::startQueues);
    others =
        npm()
            ? CompletableFuture.runAsync(this::startOthers)
            : CompletableFuture.completedFuture(null);
  }

  /** Where a service answers, once the peers are {@link #ready}. */
  URI url(String service) {
    return urls.get(service);
  }

  /** Waits for all; skips the test by name where there is nothing to run them with. */
  Peers ready() {
    assumeTrue(npm(), "no Node.js with npm on this machine, which the peers run on");
    queues.join();
    others.join();
    return this;
  }

  SqsClient sqs() {
    return client(SqsClient.builder(), "sqs").httpClient(ApacheHttpClient.create()).build();
  }

  DynamoDbClient dynamoDb() {
    return client(DynamoDbClient.builder(), "dynamodb")
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  KinesisClient kinesis() {
    return client(KinesisClient.builder(), "kinesis").httpClient(ApacheHttpClient.create()).build();
  }

  S3Client s3() {
    return client(S3Client.builder(), "s3")
        .forcePathStyle(true)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private <B extends AwsClientBuilder<B, ?>> B client(B builder, String service) {
    return builder
        .endpointOverride(url(service))
        .region(REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(ACCESS_KEY_ID, SECRET_ACCESS_KEY)));
  }

  private void startQueues() {
    start(
        "queues",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        Queues.class.getName(),
        port("sqs"));
  }

  private void startOthers() {
    try {
      install();
      Path data = Files.createTempDirectory(INSTALLED, "s3-");
      start(
          "peers",
          "node",
          SOURCE.resolve("peers.js").toString(),
          INSTALLED.toString(),
          data.toString(),
          port("dynamodb"),
          port("kinesis"),
          port("s3"));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String port(String service) {
    return Integer.toString(url(service).getPort());
  }

  /** What the lock file names, once: nothing is fetched that is there already. */
  private static void install() throws IOException, InterruptedException {
    Path lock = SOURCE.resolve("package-lock.json");
    Path done = INSTALLED.resolve("installed-lock.json");
    if (Files.exists(done) && Files.mismatch(lock, done) < 0) {
      return;
    }
    Files.createDirectories(INSTALLED);
    for (String file : List.of("package.json", "package-lock.json")) {
      Files.copy(
          SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Path log = INSTALLED.resolve("npm.log");
    Process npm =
        new ProcessBuilder(
                "npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
            .directory(INSTALLED.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new IllegalStateException("npm ci failed: " + Files.readString(log));
    }
    Files.copy(lock, done, StandardCopyOption.REPLACE_EXISTING);
  }

  private void start(String name, String... command) {
    try {
      Files.createDirectories(INSTALLED);
      Path log = INSTALLED.resolve(name + ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectError(log.toFile())
              .directory(INSTALLED.toFile())
              .start();
      synchronized (processes) {
        processes.add(process);
      }
      var output = process.inputReader(StandardCharsets.UTF_8);
      for (String line = output.readLine(); !READY.equals(line); line = output.readLine()) {
        if (line == null) {
          throw new IllegalStateException(name + " did not start: " + Files.readString(log));
        }
      }
      Thread.ofVirtual().start(() -> output.lines().forEach(line -> {}));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean npm() {
    return onPath("npm") && onPath("node");
  }

  static boolean onPath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    CompletableFuture.allOf(queues, others).exceptionally(failed -> null).join();
    synchronized (processes) {
      for (Process process : processes) {
        process.getOutputStream().close();
      }
      for (Process process : processes) {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    }
  }
}
