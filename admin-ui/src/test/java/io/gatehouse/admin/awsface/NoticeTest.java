package io.gatehouse.admin.awsface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.DomainName;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.GetStagesResponse;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.VpcLink;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;

class NoticeTest {

  private static final String ACCOUNT = "123456789012";

  private final Stage plain =
      Stage.builder()
          .stageName("s")
          .methodSettings(Map.of())
          .cacheClusterEnabled(false)
          .tracingEnabled(false)
          .build();

  @Test
  void whatNodesDoNotEnforceIsNamedBesideTheAnswer() {
    Stage stage =
        plain.toBuilder()
            .accessLogSettings(a -> a.destinationArn("arn:aws:logs:us-east-1:1:log-group:g"))
            .build();
    String sentence = "Kept but not enforced yet: accessLogSettings.destinationArn.";

    assertEquals(Optional.of(sentence), Notice.of(ACCOUNT, stage));
    assertEquals(
        Optional.of(sentence),
        Notice.of(ACCOUNT, GetStagesResponse.builder().item(plain, stage).build()));
    assertEquals(
        Optional.empty(), Notice.of(ACCOUNT, UsagePlan.builder().quota(q -> q.limit(1)).build()));
    Stage limited =
        plain.toBuilder()
            .methodSettings(
                Map.of(
                    "*/*",
                    MethodSetting.builder().loggingLevel("INFO").dataTraceEnabled(true).build()))
            .accessLogSettings(a -> a.format("$context.requestId"))
            .cacheClusterEnabled(true)
            .build();
    assertEquals(Optional.empty(), Notice.of(ACCOUNT, limited));
    assertEquals(
        sentence,
        new RestJson()
            .success(ACCOUNT, Optional.of(stage), 200)
            .headers()
            .get("x-gatehouse-notice"));
  }

  @Test
  void anAccessLogThatGoesWhereItSaysIsNoNews() {
    String stream =
        "arn:aws:firehose:us-east-1:" + ACCOUNT + ":deliverystream/amazon-apigateway-pets";
    assertEquals(Optional.empty(), notice(stream));
    String sentence = "Kept but not enforced yet: accessLogSettings.destinationArn.";
    assertEquals(Optional.of(sentence), notice(stream.replace(ACCOUNT, "210987654321")));
    assertEquals(Optional.of(sentence), notice(stream.replace("amazon-apigateway-", "")));
  }

  private Optional<String> notice(String destination) {
    return Notice.of(
        ACCOUNT, plain.toBuilder().accessLogSettings(a -> a.destinationArn(destination)).build());
  }

  @Test
  void whatNoNodeServesIsNamedBesideTheAnswer() {
    assertEquals(
        Optional.of("The VPC link leads nowhere without the tag gatehouse:targets."),
        Notice.of(ACCOUNT, VpcLink.builder().build()));
    assertEquals(
        Optional.of("Kept but not enforced yet: the private domain name."),
        Notice.of(ACCOUNT, DomainName.builder().domainNameId("a1").build()));
  }

  @Test
  void settingsOfFunctionsThatNodesDoNotKeepToAreNamed() {
    FunctionConfiguration usual =
        FunctionConfiguration.builder()
            .functionName("f")
            .tracingConfig(t -> t.mode("PassThrough"))
            .ephemeralStorage(e -> e.size(512))
            .snapStart(s -> s.applyOn("None"))
            .loggingConfig(l -> l.logFormat("Text").logGroup("/aws/lambda/f"))
            .build();
    FunctionConfiguration asking =
        usual.toBuilder()
            .tracingConfig(t -> t.mode("Active"))
            .ephemeralStorage(e -> e.size(1024))
            .snapStart(s -> s.applyOn("PublishedVersions"))
            .loggingConfig(l -> l.logFormat("JSON"))
            .build();
    String sentence =
        "Kept but not enforced yet: TracingConfig, EphemeralStorage, SnapStart, LoggingConfig.";

    assertEquals(Optional.of(sentence), Notice.of(ACCOUNT, asking));
    assertEquals(
        Optional.of(sentence),
        Notice.of(ACCOUNT, GetFunctionResponse.builder().configuration(asking).build()));
    assertEquals(
        Optional.of(sentence),
        Notice.of(ACCOUNT, ListFunctionsResponse.builder().functions(usual, asking).build()));
    assertEquals(Optional.empty(), Notice.of(ACCOUNT, usual));
    assertEquals(
        Optional.empty(),
        Notice.of(ACCOUNT, FunctionConfiguration.builder().functionName("f").build()));
  }

  @Test
  void anAnswerThatNodesFullyServeHasNoNotice() {
    assertEquals(
        Optional.empty(), Notice.of(ACCOUNT, RestApi.builder().minimumCompressionSize(0).build()));
    assertEquals(
        Optional.empty(),
        Notice.of(ACCOUNT, GatewayResponse.builder().defaultResponse(false).build()));
    assertEquals(
        Optional.empty(),
        Notice.of(ACCOUNT, plain.toBuilder().canarySettings(c -> c.percentTraffic(1.0)).build()));
    assertEquals(Optional.empty(), Notice.of(ACCOUNT, DomainName.builder().build()));
    assertEquals(Optional.empty(), Notice.of(ACCOUNT, plain));
    assertEquals(
        Optional.empty(),
        Notice.of(ACCOUNT, VpcLink.builder().tags(Map.of("gatehouse:targets", "a:1")).build()));
    assertEquals(Optional.empty(), Notice.of(ACCOUNT, UsagePlan.builder().name("p").build()));
    assertFalse(
        new RestJson()
            .success(ACCOUNT, Optional.of(plain), 200)
            .headers()
            .containsKey("x-gatehouse-notice"));
  }
}
