package io.gatehouse.runtime.auth;

import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.HttpTarget;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * User pools whose realms the control plane has made at the installation's own sign-in service.
 * That server is none which tenants may reach, so the egress guard would refuse it; it is asked all
 * the same, but only about a pool's own realm and for nothing outside of it.
 *
 * @param keycloak base URL of the sign-in service; empty where it is not known, so that the guard
 *     judges every issuer
 * @param backends who connects to it
 */
public record HostedRealms(Optional<String> keycloak, Function<HttpTarget, Backend> backends) {

  /** What a server cannot read in another way than it is written; dots are judged by themselves. */
  private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9_.~-]{1,128}){1,16}");

  /** Whether the pool's issuer is the realm that was made for this very pool. */
  boolean isRealm(Issuer issuer) {
    return keycloak
        .filter(
            url ->
                issuer.name().equals(PoolIssuer.realmUrl(url, issuer.account(), issuer.poolId())))
        .isPresent();
  }

  /** Whether a URL lies below the issuer's own. */
  static boolean isBelow(Issuer issuer, String url) {
    if (!url.startsWith(issuer.name())) {
      return false;
    }
    String path = url.substring(issuer.name().length());
    return PLAIN_PATH.matcher(path).matches()
        && Arrays.stream(path.split("/")).noneMatch(step -> step.equals(".") || step.equals(".."));
  }
}
