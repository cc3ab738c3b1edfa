package io.gatehouse.runtime.compile;

import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.HttpTarget;
import java.util.Optional;

/**
 * Where compiled methods get their backends from; the control plane, which calls none, has its own.
 */
public interface Backends {

  Backend http(HttpTarget target);

  Backend mock();

  /** The stage's certificate with its key opened; empty when this node cannot open it. */
  Optional<ClientIdentity> identity(String account, SealedCertificate certificate);
}
