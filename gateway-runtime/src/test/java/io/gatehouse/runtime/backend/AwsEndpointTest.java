package io.gatehouse.runtime.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsEndpointTest {

  private static final Map<String, String> NOTHING = Map.of();

  private static AwsEndpoint of(
      String service, Map<String, String> account, Map<String, String> operator) {
    return of(new AwsTarget("1", "eu-west-1", service, "", null, 1000), account, operator);
  }

  private static AwsEndpoint of(
      AwsTarget target, Map<String, String> account, Map<String, String> operator) {
    return AwsEndpoint.of(
        target,
        new BackendAccessSnapshot(1, "1", List.of(), account, Map.of()),
        AwsEndpoints.fromEnvironment(operator));
  }

  @Test
  void theOrderIsAccountsServiceAccountsAllOperatorsServiceOperatorsAllVendor() {
    Map<String, String> operatorAll = Map.of("GATEHOUSE_AWS_ENDPOINT_URL", "http://operator-all");
    Map<String, String> operator =
        Map.of(
            "GATEHOUSE_AWS_ENDPOINT_URL", "http://operator-all",
            "GATEHOUSE_AWS_ENDPOINT_URL_SQS", "http://operator-sqs");
    Map<String, String> accountAll = Map.of("*", "http://account-all");
    Map<String, String> account = Map.of("*", "http://account-all", "sqs", "http://account-sqs");
    assertEquals("account-sqs", of("sqs", account, operator).host());
    assertEquals("account-all", of("sqs", accountAll, operator).host());
    assertEquals("operator-sqs", of("sqs", NOTHING, operator).host());
    assertEquals("operator-all", of("sqs", NOTHING, operatorAll).host());
    assertEquals("operator-all", of("sns", NOTHING, operator).host());
    assertEquals("sqs.eu-west-1.amazonaws.com", of("sqs", NOTHING, NOTHING).host());
  }

  @Test
  void theOperatorAloneIsTrusted() {
    Map<String, String> operator = Map.of("GATEHOUSE_AWS_ENDPOINT_URL", "http://127.0.0.1:4566");
    assertTrue(of("sqs", NOTHING, operator).trusted());
    assertFalse(of("sqs", Map.of("*", "http://127.0.0.1:4566"), operator).trusted());
    assertFalse(of("sqs", NOTHING, NOTHING).trusted());
  }

  @Test
  void awsInTheAccountsMapIsTheVendor() {
    Map<String, String> operator = Map.of("GATEHOUSE_AWS_ENDPOINT_URL", "http://operator");
    AwsEndpoint endpoint = of("s3", Map.of("s3", "aws", "*", "http://account"), operator);
    assertEquals("s3.eu-west-1.amazonaws.com", endpoint.host());
    assertTrue(endpoint.tls());
    assertEquals(443, endpoint.port());
    assertEquals("s3.eu-west-1.amazonaws.com", of("s3", Map.of("*", "aws"), operator).host());
  }

  @Test
  void theVendorsAddressesKnowSubDomainsChinaAndServicesWithoutRegions() {
    assertEquals(
        "bucket.s3.eu-west-1.amazonaws.com",
        of(new AwsTarget("1", "eu-west-1", "s3", "bucket", null, 1), NOTHING, NOTHING).named());
    assertEquals(
        "sqs.cn-north-1.amazonaws.com.cn",
        of(new AwsTarget("1", "cn-north-1", "sqs", "", null, 1), NOTHING, NOTHING).host());
    assertEquals("iam.amazonaws.com", of("iam", NOTHING, NOTHING).host());
    assertEquals("sync-states.eu-west-1.amazonaws.com", of("sync-states", NOTHING, NOTHING).host());
  }

  @Test
  void theNamesOfTheSdksVariablesAreUnderstood() {
    Map<String, String> services =
        Map.of(
            "SFN", "states",
            "EVENTBRIDGE", "events",
            "CLOUDWATCH_LOGS", "logs",
            "CLOUDWATCH", "monitoring",
            "COGNITO_IDENTITY_PROVIDER", "cognito-idp",
            "SECRETS_MANAGER", "secretsmanager",
            "SES", "email",
            "DYNAMODB", "dynamodb");
    services.forEach(
        (variable, service) ->
            assertEquals(
                "host",
                of(
                        service,
                        NOTHING,
                        Map.of("GATEHOUSE_AWS_ENDPOINT_URL_" + variable, "http://host"))
                    .host(),
                service));
    assertEquals(
        "host",
        of("sync-states", NOTHING, Map.of("GATEHOUSE_AWS_ENDPOINT_URL_STATES", "http://host"))
            .host());
  }

  @Test
  void portPathAndSubDomainStandWhereTheyBelong() {
    AwsTarget target = new AwsTarget("1", "eu-west-1", "s3", "bucket", null, 1);
    AwsEndpoint endpoint = of(target, Map.of("s3", "https://store.example:9000/base/"), NOTHING);
    assertEquals("store.example", endpoint.host());
    assertEquals("bucket.store.example:9000", endpoint.named());
    assertEquals("/base", endpoint.path());
    assertTrue(endpoint.needsHost());
    AwsEndpoint usual = of("s3", Map.of("s3", "https://store.example:443/"), NOTHING);
    assertEquals("store.example", usual.named());
    assertEquals("", usual.path());
    assertFalse(usual.needsHost());
    AwsEndpoint literal = of("s3", Map.of("s3", "http://[::1]:9000"), NOTHING);
    assertEquals("::1", literal.host());
    assertEquals("[::1]:9000", literal.named());
    assertTrue(literal.needsHost());
  }

  @Test
  void whatIsNoUrlIsNamed() {
    for (String text :
        List.of(
            "",
            "localhost:9324",
            "ftp://x",
            "http://",
            "http://a b",
            "http://user:password@host",
            "http://host?x=y",
            "http://host#x",
            "http://host:0",
            "http://host:70000",
            "//host")) {
      GatewayException refused =
          assertThrows(GatewayException.class, () -> of("sqs", Map.of("sqs", text), NOTHING), text);
      assertEquals(Reason.AWS_ENDPOINT_INVALID, refused.reason());
      assertTrue(
          refused.detail().startsWith("the account's endpoint for sqs is "), refused.detail());
    }
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                AwsEndpoints.fromEnvironment(
                    Map.of("GATEHOUSE_AWS_ENDPOINT_URL_SQS", "localhost:9324")));
    assertEquals(
        "GATEHOUSE_AWS_ENDPOINT_URL_SQS is localhost:9324 and must be http(s)://host[:port][/path]",
        refused.getMessage());
  }
}
