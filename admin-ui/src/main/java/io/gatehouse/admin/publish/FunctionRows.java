package io.gatehouse.admin.publish;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.store.FunctionDocument;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.admin.store.StoredFunctionVersion;
import io.gatehouse.model.snapshot.FunctionAlias;
import io.gatehouse.model.snapshot.FunctionVersion;
import io.gatehouse.model.snapshot.FunctionVersion.EventInvoke;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;

/** The rows of a function as nodes see them. */
record FunctionRows(FunctionStore functions, Settings settings) {

  FunctionSnapshot snapshot(StoredFunction function) {
    FunctionDocument body = function.body();
    Map<String, FunctionVersion> versions = new HashMap<>();
    for (StoredFunctionVersion version : functions.versions(function)) {
      versions.put(version.version(), version(version, body.eventInvokes()));
    }
    Map<String, FunctionAlias> aliases = new HashMap<>();
    body.aliases()
        .forEach((name, alias) -> aliases.put(name, alias(alias, body.eventInvokes().get(name))));
    Map<String, String> policies = new HashMap<>();
    body.policies().forEach((qualifier, policy) -> policies.put(qualifier, policy.text()));
    return new FunctionSnapshot(
        function.revision(),
        function.account(),
        settings.region(),
        function.functionName(),
        versions,
        aliases,
        policies,
        body.reservedConcurrency());
  }

  private FunctionVersion version(
      StoredFunctionVersion row, Map<String, FunctionEventInvokeConfig> eventInvokes) {
    StoredFunctionVersion.Content content = row.content();
    FunctionConfiguration configuration = content.configuration();
    return new FunctionVersion(
        row.version(),
        content.codeSha256(),
        configuration.runtimeAsString(),
        configuration.handler(),
        configuration.memorySize(),
        configuration.timeout(),
        environment(row),
        content.layers(),
        Optional.ofNullable(eventInvokes.get(row.version()))
            .map(FunctionRows::eventInvoke)
            .orElse(EventInvoke.USUAL));
  }

  /**
   * Sealed anew for the nodes, which do not hold the master key; and always alike, because nodes
   * end the processes of a version that has changed.
   */
  private Optional<String> environment(StoredFunctionVersion row) {
    Map<String, String> variables = functions.environment(row);
    if (variables.isEmpty()) {
      return Optional.empty();
    }
    JsonObjectBuilder text = JSON.createObjectBuilder();
    new TreeMap<>(variables).forEach(text::add);
    return Optional.of(
        settings
            .nodeKey()
            .closeAlike(
                FunctionVersion.owner(row.account(), row.functionName()), text.build().toString()));
  }

  private static EventInvoke eventInvoke(FunctionEventInvokeConfig config) {
    return new EventInvoke(
        Optional.ofNullable(config.maximumRetryAttempts()).orElse(EventInvoke.USUAL.retries()),
        Optional.ofNullable(config.maximumEventAgeInSeconds())
            .orElse(EventInvoke.USUAL.mostAgeSeconds()));
  }

  private static FunctionAlias alias(
      AliasConfiguration alias, FunctionEventInvokeConfig eventInvoke) {
    return new FunctionAlias(
        alias.functionVersion(),
        alias.routingConfig() == null ? Map.of() : alias.routingConfig().additionalVersionWeights(),
        Optional.ofNullable(eventInvoke).map(FunctionRows::eventInvoke));
  }
}
