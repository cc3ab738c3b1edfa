package io.gatehouse.admin.awsface;

import io.gatehouse.model.wire.ApiError;

/** How answers are spelt. */
sealed interface Protocol permits RestJson, LambdaJson, TargetJson, QueryXml, CloudWatchRpc {

  Answer refusal(ApiError error, String requestId);

  static Protocol of(Incoming in) {
    // curl calls a document a form unless told otherwise, so the scope decides where there is one.
    String authorization = in.header("Authorization").orElse("");
    if (authorization.contains("/lambda/aws4_request")) {
      return new LambdaJson();
    }
    if (authorization.contains("/monitoring/aws4_request") && CloudWatchRpc.of(in).isPresent()) {
      return CloudWatchRpc.of(in).get();
    }
    for (QueryXml.Service service : QueryXml.Service.values()) {
      if (authorization.contains("/" + service.scope() + "/aws4_request")) {
        return new QueryXml(service);
      }
    }
    if (TargetJson.isAddressed(in)) {
      return new TargetJson();
    }
    boolean forJson =
        authorization.contains("/apigateway/aws4_request")
            || authorization.contains("/" + BackendAccessApi.SERVICE + "/aws4_request");
    return in.isForm() && !forJson ? new QueryXml(QueryXml.Service.STS) : new RestJson();
  }
}
