package io.gatehouse.admin.guard;

import java.util.Optional;

/** The access keys with which programs sign their requests. */
public interface AccessKeys {

  /** The key with this id; empty when there is none, or it is disabled. */
  Optional<AccessKey> find(String accessKeyId);
}
