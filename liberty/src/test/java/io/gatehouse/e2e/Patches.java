package io.gatehouse.e2e;

import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/** Changes that tests make through the SDK. */
final class Patches {

  private Patches() {}

  static PatchOperation replace(String path, String value) {
    return PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build();
  }

  static void rename(ApiGatewayClient apis, String api, String name) {
    apis.updateRestApi(r -> r.restApiId(api).patchOperations(replace("/name", name)));
  }
}
