package io.gatehouse.model.aws;

import java.util.Optional;

/**
 * What requests to a service of the vendor's are signed with.
 *
 * @param sessionToken of temporary keys
 */
public record AwsKeys(String accessKeyId, String secret, Optional<String> sessionToken) {

  /** Never the secret. */
  @Override
  public String toString() {
    return "keys " + accessKeyId;
  }
}
