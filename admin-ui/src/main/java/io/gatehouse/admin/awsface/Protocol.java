package io.gatehouse.admin.awsface;

import io.gatehouse.model.wire.ApiError;

/** How answers are spelt. */
sealed interface Protocol permits RestJson, QueryXml {

  Answer refusal(ApiError error, String requestId);

  static Protocol of(Incoming in) {
    // curl calls a document a form unless told otherwise, so the scope decides where there is one.
    boolean forJson =
        in.header("Authorization")
            .filter(
                a ->
                    a.contains("/apigateway/aws4_request")
                        || a.contains("/" + BackendAccessApi.SERVICE + "/aws4_request"))
            .isPresent();
    return in.isForm() && !forJson ? new QueryXml() : new RestJson();
  }
}
