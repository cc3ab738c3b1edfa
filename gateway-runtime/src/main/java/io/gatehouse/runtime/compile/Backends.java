package io.gatehouse.runtime.compile;

import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.LambdaTarget;
import java.util.Optional;

/**
 * Where compiled methods get their backends from; the control plane, which calls none, has its own.
 */
public interface Backends {

  Backend http(HttpTarget target);

  /** Signs what it is given and sends it. */
  Backend aws(AwsTarget target);

  /** Sends the body as the payload of an invocation; answers what Lambda's Invoke does. */
  Backend lambda(LambdaTarget target);

  Backend mock();

  /** The stage's certificate with its key opened; empty when this node cannot open it. */
  Optional<ClientIdentity> identity(String account, SealedCertificate certificate);
}
