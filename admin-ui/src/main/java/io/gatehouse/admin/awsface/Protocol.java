package io.gatehouse.admin.awsface;

import io.gatehouse.model.wire.ApiError;

/** How answers are spelt. */
sealed interface Protocol permits RestJson, QueryXml {

  Answer refusal(ApiError error, String requestId);

  static Protocol of(Incoming in) {
    return in.isForm() ? new QueryXml() : new RestJson();
  }
}
