package io.gatehouse.admin.console.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;

class RoutingTest {

  @Test
  void weightsAreReadAsPercentAndWrittenAsFractions() {
    Routing routing =
        Routing.of(
            AliasConfiguration.builder()
                .name("live")
                .functionVersion("1")
                .routingConfig(r -> r.additionalVersionWeights(Map.of("2", 0.29)))
                .build());
    assertEquals(new Routing("live", "1", Optional.of("2"), 29), routing);
    assertEquals(Map.of("2", 0.29), routing.weights().additionalVersionWeights());
    assertEquals(
        "Alias live leads to version 1, and 29 % of the time to version 2", routing.words());
  }

  @Test
  void withoutASecondVersionTheWeightsThatThereAreGo() {
    Routing routing =
        Routing.of(AliasConfiguration.builder().name("live").functionVersion("1").build());
    assertEquals(Optional.empty(), routing.second());
    assertEquals(true, routing.weights().hasAdditionalVersionWeights());
    assertEquals(Map.of(), routing.weights().additionalVersionWeights());
  }
}
