package io.gatehouse.admin.guard;

import io.gatehouse.model.wire.ApiError;
import java.util.Optional;

/** The access keys with which programs sign their requests. */
@FunctionalInterface
public interface AccessKeys {

  /**
   * The key with this id; empty when there is none, or it is disabled.
   *
   * @param sessionToken that comes with a temporary key, which the key is in
   * @throws ApiError when the temporary key has expired
   */
  Optional<AccessKey> find(String accessKeyId, Optional<String> sessionToken);
}
