package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;

/**
 * Who stands in the way of deleting a part of a definition. The vendor names one user of it, and
 * spells a method's address in two ways, both recorded.
 */
final class Uses {

  private Uses() {}

  /** Models: as {@code method request: /pets/GET}, or {@code //GET} at the root. */
  static void refuseModel(ApiDefinition api, String name) {
    String what = "Cannot delete model '" + name + "', is referenced in ";
    for (Resource resource : newestFirst(api)) {
      for (Method method : resource.resourceMethods().values()) {
        String address = resource.path() + "/" + method.httpMethod();
        if (method.requestModels().containsValue(name)) {
          throw ApiError.conflict(what + "method request: " + address);
        }
        if (method.methodResponses().values().stream()
            .anyMatch(response -> response.responseModels().containsValue(name))) {
          throw ApiError.conflict(what + "method response: " + address);
        }
      }
    }
    for (String other : api.models().keySet()) {
      if (!other.equals(name) && ModelSchema.references(api, other).contains(name)) {
        throw ApiError.conflict(what + "model: " + other);
      }
    }
  }

  /**
   * Authorizers and request validators: as {@code method: GET//pets}.
   *
   * @param what the thing as the vendor calls it, with its name, as {@code authorizer 'mine'}
   */
  static void refuse(ApiDefinition api, String what, Predicate<Method> uses) {
    for (Resource resource : newestFirst(api)) {
      for (Method method : resource.resourceMethods().values()) {
        if (uses.test(method)) {
          throw ApiError.conflict(
              "Cannot delete %s, is referenced in method: %s/%s"
                  .formatted(what, method.httpMethod(), resource.path()));
        }
      }
    }
  }

  /** Of several users the recordings name the one on the younger resource. */
  private static List<Resource> newestFirst(ApiDefinition api) {
    return api.resourceList().reversed();
  }
}
