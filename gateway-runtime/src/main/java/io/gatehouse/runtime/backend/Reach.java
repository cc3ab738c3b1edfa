package io.gatehouse.runtime.backend;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.runtime.compile.AccountAccess;
import io.gatehouse.runtime.exchange.Functions;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whom a backend client may call, and with what.
 *
 * @param seal the installation's node key, under which tenants' secrets are sealed
 * @param accounts what tenants have set
 * @param endpoints what the operator has set
 * @param authorities PEM texts of authorities that HTTPS backends are verified against besides the
 *     system's; empty for none
 * @param clock for signatures
 */
public record Reach(
    EgressGuard guard,
    Optional<Seal> seal,
    AccountAccess accounts,
    AwsEndpoints endpoints,
    String authorities,
    Functions functions,
    InstantSource clock) {}
