package io.gatehouse.admin.iam;

import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.wire.ApiError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Policy documents as they come in and go out. */
final class PolicyDocuments {

  private PolicyDocuments() {}

  /**
   * What nodes could not read would be refused there and nobody be told why.
   *
   * @throws ApiError malformed policy, with place and reason
   */
  static String checked(String text, Policy.Kind kind) {
    try {
      Policy.parse(text, kind);
      return text;
    } catch (InvalidPolicy e) {
      throw ApiError.of(ApiError.Kind.MALFORMED_POLICY, e.getMessage());
    }
  }

  /** Percent-encoded by RFC 3986, as the vendor answers documents. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** As quotas count: white space is free. */
  static int size(String text) {
    return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
  }
}
