package io.gatehouse.admin.guard;

import io.gatehouse.model.wire.ApiError;
import java.util.Optional;

/** Tells failures of what lies beneath an operation, which pass, from mistakes of ours. */
@FunctionalInterface
public interface Failures {

  /**
   * @return what to answer to a caller, who may well try again; empty for what nobody expects
   */
  Optional<ApiError> passing(Throwable failure);
}
