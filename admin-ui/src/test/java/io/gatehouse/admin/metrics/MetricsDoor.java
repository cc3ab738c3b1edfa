package io.gatehouse.admin.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.admin.awsface.ManagementApi;
import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.admin.store.MetricStore.Batch;
import io.gatehouse.admin.store.TransactionalMetrics;
import io.gatehouse.admin.whole.SocketDoor;
import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.observed.Series;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** The management API with something counted, and CloudWatch's own client before it. */
final class MetricsDoor implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"id\":\"(\\w+)\"");

  final SocketDoor door = new SocketDoor();

  /** Begins an hour that lies within the last three. */
  final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);

  private final TransactionalMetrics metrics = new TransactionalMetrics(door.house().database());
  private long number;

  CloudWatchClient client(String account) {
    return CloudWatchClient.builder()
        .region(Region.of(ManagementApi.REGION))
        .endpointOverride(door.address())
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("AKIA" + account, ManagementApi.SECRET)))
        .build();
  }

  /** Makes an API of this name; answers its id. */
  String api(String account, String name) {
    byte[] body = ("{\"name\":\"" + name + "\"}").getBytes(UTF_8);
    Matcher id = ID.matcher(door.house().api().call(account, "POST", "/restapis", "", body).text());
    if (!id.find()) {
      throw new IllegalStateException("no API was made");
    }
    return id.group(1);
  }

  /** Requests of so many milliseconds in a minute of the hour. */
  void count(Series series, int minute, int status, long... millis) {
    Figures figures = new Figures();
    for (long one : millis) {
      figures.request(status, one * 1_000);
    }
    number++;
    long epochMinute = hour.getEpochSecond() / 60 + minute;
    MinuteRecord record = new MinuteRecord(epochMinute, Map.of(series, figures));
    metrics.keep(
        List.of(new Batch("node-1", "s", number, new TreeMap<>(Map.of(number, record)))),
        epochMinute);
  }

  /** A request that is signed for CloudWatch, with more headers. */
  Answered call(String account, Map<String, String> more, String path, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Host", List.of("monitoring.us-east-1.amazonaws.com"));
    more.forEach((name, value) -> headers.put(name, List.of(value)));
    SigV4.Request request = new SigV4.Request("POST", path, "", headers, body);
    SigV4.sign(
            request,
            "AKIA" + account,
            ManagementApi.SECRET,
            ManagementApi.REGION,
            "monitoring",
            Instant.now())
        .forEach((name, value) -> headers.put(name, List.of(value)));
    return door.house().api().signed("POST", path, "", headers, new ByteArrayInputStream(body));
  }

  @Override
  public void close() throws Exception {
    door.close();
  }
}
