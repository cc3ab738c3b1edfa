package io.gatehouse.admin.operations;

import io.gatehouse.model.definition.ApiDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSnapshot;

/** The methods of a deployment, by path and verb. */
final class ApiSummary {

  private ApiSummary() {}

  static Map<String, Map<String, MethodSnapshot>> of(ApiDefinition definition) {
    Map<String, Map<String, MethodSnapshot>> summary = new LinkedHashMap<>();
    definition.resources().values().stream()
        .filter(resource -> !resource.resourceMethods().isEmpty())
        .forEach(
            resource ->
                summary.put(
                    resource.path(),
                    resource.resourceMethods().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> of(e.getValue())))));
    return summary;
  }

  private static MethodSnapshot of(Method method) {
    return MethodSnapshot.builder()
        .authorizationType(method.authorizationType())
        .apiKeyRequired(Boolean.TRUE.equals(method.apiKeyRequired()))
        .build();
  }
}
