package io.gatehouse.runtime.compile;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.runtime.exchange.Cors;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** Compiles the CORS settings of an API and its resources; a resource's own go before the API's. */
final class CorsCompiler {

  private static final List<String> ALL_VERBS =
      List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

  private CorsCompiler() {}

  /** For answers that belong to no resource; null when the API has none. */
  static Cors ofApi(ApiDefinition definition) {
    var settings = definition.cors().get(CorsRules.WHOLE_API);
    return settings == null ? null : compiled(settings, ALL_VERBS);
  }

  /** Null when neither the resource nor the API has any. */
  static Cors ofResource(ApiDefinition definition, Resource resource) {
    var own = definition.cors().get(resource.id());
    var settings = own == null ? definition.cors().get(CorsRules.WHOLE_API) : own;
    return settings == null ? null : compiled(settings, verbs(resource));
  }

  /** What a preflight is told where the settings name no methods: those that there are. */
  private static List<String> verbs(Resource resource) {
    if (resource.resourceMethods().containsKey("ANY")) {
      return ALL_VERBS;
    }
    TreeSet<String> verbs = new TreeSet<>(resource.resourceMethods().keySet());
    verbs.add("OPTIONS");
    return new ArrayList<>(verbs);
  }

  private static Cors compiled(
      io.gatehouse.model.definition.Cors settings, List<String> otherwise) {
    return new Cors(
        settings.allowOrigins(),
        settings.allowMethods().isEmpty() ? otherwise : settings.allowMethods(),
        settings.allowHeaders(),
        settings.exposeHeaders(),
        settings.maxAge().orElse(-1),
        settings.allowCredentials());
  }
}
