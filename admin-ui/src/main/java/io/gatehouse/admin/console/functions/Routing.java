package io.gatehouse.admin.console.functions;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;

/**
 * Where an alias leads.
 *
 * @param version most invocations go there
 * @param second so many of them go there instead; empty when all go to the one
 * @param percent of the second version
 */
record Routing(String alias, String version, Optional<String> second, int percent) {

  static Routing of(AliasConfiguration alias) {
    Map<String, Double> weights =
        alias.routingConfig() == null ? Map.of() : alias.routingConfig().additionalVersionWeights();
    return weights.entrySet().stream()
        .findFirst()
        .map(
            other ->
                new Routing(
                    alias.name(),
                    alias.functionVersion(),
                    Optional.of(other.getKey()),
                    (int) Math.round(other.getValue() * 100)))
        .orElseGet(() -> new Routing(alias.name(), alias.functionVersion(), Optional.empty(), 0));
  }

  /** With no weights in it where all go to one version: none at all would keep those there are. */
  AliasRoutingConfiguration weights() {
    return AliasRoutingConfiguration.builder()
        .additionalVersionWeights(
            second.map(other -> Map.of(other, percent / 100.0)).orElseGet(Map::of))
        .build();
  }

  String words() {
    return "Alias "
        + alias.strip()
        + " leads to version "
        + version
        + second.map(other -> ", and " + percent + " % of the time to version " + other).orElse("");
  }
}
