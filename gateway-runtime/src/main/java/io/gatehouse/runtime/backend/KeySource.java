package io.gatehouse.runtime.backend;

import io.gatehouse.model.aws.AwsKeys;
import io.vertx.core.Future;

/** Where the keys of one role come from. */
interface KeySource {

  /**
   * Completed at once in the usual case, else on the event loop that asks. Fails with a
   * GatewayException that names no secret.
   *
   * @param region of the integration that asks
   */
  Future<AwsKeys> keys(String region);
}
