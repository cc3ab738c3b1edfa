package io.gatehouse.runtime.auth;

import io.gatehouse.model.path.PathTrie;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.CompiledResource;
import io.gatehouse.runtime.exchange.CompiledStage;
import java.util.Map;

/** A stage as it is compiled, with an authorizer of a test's before its one method. */
final class Guarded {

  private Guarded() {}

  static CompiledStage by(Authorizer authorizer, CompiledStage made) {
    CompiledMethod method = made.routes().find("/pets", found -> true).value().method("GET");
    return with(made, with(method, authorizer));
  }

  private static CompiledStage with(CompiledStage made, CompiledMethod method) {
    return new CompiledStage(
        made.account(),
        made.region(),
        made.apiId(),
        made.stageName(),
        made.apiStage(),
        made.deploymentId(),
        made.revision(),
        made.endpointDisabled(),
        made.vpcEndpointIds(),
        made.variables(),
        made.isCanaryRequest(),
        made.split(),
        made.compressFrom(),
        made.reasonHeader(),
        made.limitHeaders(),
        made.tracing(),
        made.caching(),
        made.logging(),
        made.cors(),
        made.errorAnswers(),
        PathTrie.<CompiledResource>builder()
            .add("/pets", new CompiledResource(Map.of("GET", method)))
            .build());
  }

  private static CompiledMethod with(CompiledMethod method, Authorizer authorizer) {
    return new CompiledMethod(
        method.resourceId(),
        method.resourcePath(),
        method.httpMethod(),
        method.pathVariables(),
        authorizer,
        method.apiKeySource(),
        method.limits(),
        method.check(),
        method.requestMapping(),
        method.backend(),
        method.responseMapping(),
        method.cors(),
        method.detailedMetrics(),
        method.logging(),
        method.caching());
  }
}
