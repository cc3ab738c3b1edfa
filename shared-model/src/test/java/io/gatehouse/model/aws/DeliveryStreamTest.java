package io.gatehouse.model.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryStreamTest {

  private static final String ARN =
      "arn:aws:firehose:eu-west-1:123456789012:deliverystream/amazon-apigateway-pets";

  @Test
  void aStreamIsKnownByItsArn() {
    assertEquals(
        Optional.of(new DeliveryStream("eu-west-1", "123456789012", "amazon-apigateway-pets")),
        DeliveryStream.of(ARN));
    assertEquals(
        "us-gov-west-1",
        DeliveryStream.of(ARN.replace("eu-west-1", "us-gov-west-1")).orElseThrow().region());
  }

  @Test
  void whatIsNoStreamForAccessLogsIsNone() {
    for (String other :
        new String[] {
          "",
          "arn:aws:logs:eu-west-1:123456789012:log-group:g",
          ARN.replace("amazon-apigateway-", ""),
          ARN.replace("pets", ""),
          ARN.replace("pets", "a/b"),
          ARN.replace("pets", "x".repeat(47)),
          ARN.replace("123456789012", "1"),
          ARN.replace("eu-west-1", ""),
          ARN.replace("eu-west-1", "evil.example/-1"),
          ARN.replace("deliverystream/", "stream/"),
          ARN.replace("firehose", "kinesis")
        }) {
      assertEquals(Optional.empty(), DeliveryStream.of(other), other);
    }
  }
}
