package io.gatehouse.admin.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.model.observed.Series;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

class CloudWatchTest {

  private static final String ALICE = "191919191919";
  private static final String MALLORY = "292929292929";

  private static MetricsDoor door;
  private static CloudWatchClient alice;
  private static CloudWatchClient mallory;

  @BeforeAll
  static void open() {
    door = new MetricsDoor();
    alice = door.client(ALICE);
    mallory = door.client(MALLORY);
    Series prod = Series.ofStage(ALICE, door.api(ALICE, "pets"), "prod");
    Series twin = Series.ofStage(ALICE, door.api(ALICE, "pets"), "prod");
    Series other = Series.ofStage(ALICE, door.api(ALICE, "orders"), "prod");
    door.count(prod, 0, 200, 10, 20, 30);
    door.count(prod, 0, 404, 40);
    door.count(prod, 7, 500, 50, 60);
    door.count(prod.method("GET", "/pets"), 7, 500, 50, 60);
    door.count(prod.method("POST", "/pets"), 8, 200, 1);
    door.count(twin, 59, 200, 100);
    door.count(other, 1, 200, 1);
    door.count(Series.ofStage(ALICE, "deleted1", "prod"), 1, 200, 1);
    door.count(Series.ofStage(MALLORY, door.api(MALLORY, "pets"), "prod"), 2, 200, 7_000);
  }

  @AfterAll
  static void close() throws Exception {
    alice.close();
    mallory.close();
    door.close();
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private static GetMetricStatisticsRequest.Builder statistics(String metric, int period) {
    return GetMetricStatisticsRequest.builder()
        .namespace("AWS/ApiGateway")
        .metricName(metric)
        .dimensions(dimension("ApiName", "pets"), dimension("Stage", "prod"))
        .startTime(door.hour)
        .endTime(door.hour.plusSeconds(3_600))
        .period(period);
  }

  private static MetricDataQuery query(String id, String metric, String stat, int period) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            s ->
                s.metric(
                        m ->
                            m.namespace("AWS/ApiGateway")
                                .metricName(metric)
                                .dimensions(dimension("ApiName", "pets")))
                    .period(period)
                    .stat(stat))
        .build();
  }

  private static GetMetricDataRequest.Builder data(MetricDataQuery... queries) {
    return GetMetricDataRequest.builder()
        .startTime(door.hour)
        .endTime(door.hour.plusSeconds(3_600))
        .metricDataQueries(queries);
  }

  @Test
  void statisticsOfAnHourAreOfAllItsRequests() {
    List<Datapoint> points =
        alice
            .getMetricStatistics(
                statistics("Latency", 3_600)
                    .statistics(Statistic.knownValues())
                    .extendedStatistics("p50", "p99.9")
                    .build())
            .datapoints();

    assertEquals(1, points.size());
    Datapoint point = points.getFirst();
    assertEquals(door.hour, point.timestamp());
    assertEquals(7, point.sampleCount());
    assertEquals(310, point.sum());
    assertEquals(10, point.minimum());
    assertEquals(100, point.maximum());
    assertEquals(310 / 7.0, point.average(), 1e-9);
    assertEquals("Milliseconds", point.unitAsString());
    assertEquals(Set.of("p50", "p99.9"), point.extendedStatistics().keySet());
    assertEquals(40, point.extendedStatistics().get("p50"), 0.4);
  }

  @Test
  void periodsBeginWhereTheTimeDoes() {
    List<Datapoint> points =
        alice
            .getMetricStatistics(
                statistics("Count", 300)
                    .startTime(door.hour.plusSeconds(4 * 60 + 17))
                    .statistics(Statistic.SUM)
                    .build())
            .datapoints();

    assertEquals(
        Map.of(door.hour.plusSeconds(4 * 60), 2.0, door.hour.plusSeconds(59 * 60), 1.0),
        points.stream().collect(Collectors.toMap(Datapoint::timestamp, Datapoint::sum)));
  }

  @Test
  void dataComesNewestFirstUnlessAskedOtherwise() {
    MetricDataQuery errors = query("e5", "5XXError", "Average", 60);
    MetricDataResult newest =
        alice.getMetricData(data(errors).build()).metricDataResults().getFirst();
    MetricDataResult oldest =
        alice
            .getMetricData(data(errors).scanBy("TimestampAscending").build())
            .metricDataResults()
            .getFirst();

    List<Instant> times =
        List.of(door.hour, door.hour.plusSeconds(7 * 60), door.hour.plusSeconds(59 * 60));
    assertEquals(times, oldest.timestamps());
    assertEquals(List.of(0.0, 1.0, 0.0), oldest.values());
    assertEquals(times.reversed(), newest.timestamps());
    assertEquals("e5", newest.id());
    assertEquals("5XXError", newest.label());
    assertEquals("Complete", newest.statusCodeAsString());
  }

  @Test
  void severalQueriesAreAnsweredAtOnce() {
    List<MetricDataResult> results =
        alice
            .getMetricData(
                data(query("all", "Count", "Sum", 3_600), query("slow", "Latency", "p100", 3_600))
                    .build())
            .metricDataResults();

    assertEquals(List.of(7.0), results.get(0).values());
    assertEquals(List.of(100.0), results.get(1).values());
  }

  @Test
  void aMethodHasItsOwnFigures() {
    List<Datapoint> points =
        alice
            .getMetricStatistics(
                statistics("Count", 3_600)
                    .dimensions(
                        dimension("ApiName", "pets"),
                        dimension("Stage", "prod"),
                        dimension("Method", "GET"),
                        dimension("Resource", "/pets"))
                    .statistics(Statistic.SUM)
                    .build())
            .datapoints();

    assertEquals(2, points.getFirst().sum());
  }

  @Test
  void whatNothingIsCountedByHasNoFigures() {
    for (Dimension odd :
        List.of(dimension("ApiName", "none"), dimension("Stage", "prod"), dimension("x", "y"))) {
      assertEquals(
          List.of(),
          alice
              .getMetricStatistics(
                  statistics("Count", 60).dimensions(odd).statistics(Statistic.SUM).build())
              .datapoints());
    }
    assertEquals(
        List.of(),
        alice
            .getMetricStatistics(statistics("CPUUtilization", 60).statistics(Statistic.SUM).build())
            .datapoints());
  }

  @Test
  void everyTenantIsToldOfItsOwn() {
    Datapoint point =
        mallory
            .getMetricStatistics(
                statistics("Latency", 3_600).statistics(Statistic.SUM, Statistic.MAXIMUM).build())
            .datapoints()
            .getFirst();
    assertEquals(7_000, point.sum());

    assertEquals(
        List.of(7_000.0),
        mallory
            .getMetricData(data(query("a", "Latency", "Maximum", 3_600)).build())
            .metricDataResults()
            .getFirst()
            .values());
    assertEquals(14, mallory.listMetrics().metrics().size());
  }

  @Test
  void metricsAreListedByTheirDimensions() {
    ListMetricsResponse all = alice.listMetrics(in -> in.metricName("Count"));
    Set<String> names = new TreeSet<>();
    all.metrics()
        .forEach(
            metric ->
                names.add(
                    metric.dimensions().stream()
                        .map(d -> d.name() + "=" + d.value())
                        .collect(Collectors.joining(" "))));
    assertEquals(
        Set.of(
            "ApiId=deleted1",
            "ApiId=deleted1 Stage=prod",
            "ApiName=orders",
            "ApiName=orders Stage=prod",
            "ApiName=pets",
            "ApiName=pets Method=GET Resource=/pets Stage=prod",
            "ApiName=pets Method=POST Resource=/pets Stage=prod",
            "ApiName=pets Stage=prod"),
        names);
    assertEquals(
        2,
        alice
            .listMetrics(
                in ->
                    in.metricName("Latency")
                        .dimensions(f -> f.name("Method"), f -> f.name("ApiName").value("pets")))
            .metrics()
            .size());
    assertEquals(List.of(), alice.listMetrics(in -> in.namespace("AWS/EC2")).metrics());
  }

  @Test
  void whatCannotBeReadIsRefusedByItsName() {
    refused("multiple of 60", statistics("Count", 90).statistics(Statistic.SUM));
    refused(
        "exceeds the limit of 1,440",
        statistics("Count", 60)
            .startTime(door.hour.minusSeconds(86_400))
            .statistics(Statistic.SUM));
    refused(
        "StartTime must be less",
        statistics("Count", 60).endTime(door.hour).statistics(Statistic.SUM));
    refused("'p101' is none", statistics("Count", 60).extendedStatistics("p101"));
    refused("Either Statistics", statistics("Count", 60));
    CloudWatchException unnamed =
        assertThrows(
            CloudWatchException.class,
            () -> alice.getMetricStatistics(in -> in.namespace("AWS/ApiGateway")));
    assertTrue(unnamed.getMessage().contains("startTime"), unnamed.getMessage());
    CloudWatchException math =
        assertThrows(
            CloudWatchException.class,
            () ->
                alice.getMetricData(
                    data(MetricDataQuery.builder().id("a").expression("SUM(m)").build()).build()));
    assertTrue(math.getMessage().contains("SUM(m)"), math.getMessage());
    CloudWatchException unbuilt =
        assertThrows(
            CloudWatchException.class, () -> alice.putMetricData(in -> in.namespace("mine")));
    assertTrue(unbuilt.getMessage().contains("PutMetricData"), unbuilt.getMessage());
  }

  private static void refused(String words, GetMetricStatisticsRequest.Builder request) {
    InvalidParameterValueException e =
        assertThrows(
            InvalidParameterValueException.class, () -> alice.getMetricStatistics(request.build()));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void olderToolsSpeakForms() {
    String form =
        "Action=GetMetricStatistics&Version=2010-08-01&Namespace=AWS%2FApiGateway&MetricName=Count"
            + "&Dimensions.member.1.Name=ApiName&Dimensions.member.1.Value=pets&StartTime="
            + door.hour.toString().replace(":", "%3A")
            + "&EndTime="
            + door.hour.plusSeconds(3_600).toString().replace(":", "%3A")
            + "&Period=3600&Statistics.member.1=Sum&ExtendedStatistics.member.1=p50";
    Answered answer = door.call(ALICE, Map.of(), "/", form.getBytes(UTF_8));

    assertEquals(200, answer.status());
    assertTrue(
        answer
            .text()
            .contains(
                "<GetMetricStatisticsResult><Label>Count</Label><Datapoints><member><Timestamp>"
                    + door.hour
                    + "</Timestamp><Sum>7.0</Sum><Unit>Count</Unit><ExtendedStatistics><entry>"
                    + "<key>p50</key><value>1.0</value></entry></ExtendedStatistics></member>"),
        answer.text());

    Answered refused =
        door.call(ALICE, Map.of(), "/", form.replace("3600&Stat", "90&Stat").getBytes(UTF_8));
    assertEquals(400, refused.status());
    assertTrue(refused.text().contains("<Code>InvalidParameterValue</Code>"), refused.text());
  }

  @Test
  void othersSpeakJson() {
    Map<String, String> headers =
        Map.of(
            "X-Amz-Target",
            "GraniteServiceVersion20100801.ListMetrics",
            "Content-Type",
            "application/x-amz-json-1.0");
    Answered answer = door.call(ALICE, headers, "/", "{\"MetricName\":\"Count\"}".getBytes(UTF_8));

    assertEquals(200, answer.status());
    assertEquals("application/x-amz-json-1.0", answer.headers().get("Content-Type"));
    assertTrue(
        answer
            .text()
            .contains(
                "{\"Namespace\":\"AWS/ApiGateway\",\"MetricName\":\"Count\",\"Dimensions\":["
                    + "{\"Name\":\"ApiName\",\"Value\":\"orders\"}]}"),
        answer.text());

    Answered refused = door.call(ALICE, headers, "/", "{\"NextToken\":\"x\"}".getBytes(UTF_8));
    assertEquals(400, refused.status());
    assertEquals("InvalidParameterValue;Sender", refused.headers().get("x-amzn-query-error"));
    assertTrue(
        refused.text().contains("\"__type\":\"InvalidParameterValueException\""), refused.text());
  }
}
