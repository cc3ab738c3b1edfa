package io.gatehouse.admin.console.resources;

import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * A method that is tried.
 *
 * @param path of its resource, as {@code /pets/{petId}}
 */
record TestedMethod(String apiId, String resourceId, String path, Method method) {

  String verb() {
    return method.httpMethod();
  }

  boolean wantsKey() {
    return Boolean.TRUE.equals(method.apiKeyRequired());
  }

  boolean wantsAuthorization() {
    return method.authorizationType() != null && !"NONE".equals(method.authorizationType());
  }
}
