package io.gatehouse.runtime.door;

import io.gatehouse.model.policy.AddressBlock;
import io.gatehouse.runtime.exchange.VpcEndpoint;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells where requests come from: which connections are those of proxies that the operator trusts
 * to say who calls, and which addresses belong to which VPC endpoint. What anybody else says about
 * who calls means nothing.
 */
public final class Origins {

  /** Every connection is its caller's own, and there are no VPC endpoints. */
  public static final Origins DIRECT = new Origins(List.of(), List.of());

  /** Longer chains of proxies are nobody's. */
  private static final int MOST_HOPS = 64;

  private final List<AddressBlock> proxies;
  private final List<EndpointNetwork> endpoints;

  /**
   * @param endpoints the narrower network before the wider
   */
  private Origins(List<AddressBlock> proxies, List<EndpointNetwork> endpoints) {
    this.proxies = List.copyOf(proxies);
    this.endpoints = List.copyOf(endpoints);
  }

  /**
   * @param trustedProxies as GATEHOUSE_TRUSTED_PROXIES
   * @param vpcEndpoints as GATEHOUSE_VPC_ENDPOINTS
   * @throws IllegalArgumentException with a sentence that names the variable and what would be
   *     right
   */
  public static Origins parse(String trustedProxies, String vpcEndpoints) {
    return new Origins(
        OriginsText.trustedProxies(trustedProxies), OriginsText.endpoints(vpcEndpoints));
  }

  /** A network that is a VPC endpoint's. */
  record EndpointNetwork(AddressBlock network, VpcEndpoint endpoint) {}

  /**
   * Where one request comes from.
   *
   * @param address of the caller, without port
   * @param scheme that the caller has spoken
   * @param endpoint that the caller comes through; null for none
   */
  record Origin(String address, String scheme, VpcEndpoint endpoint) {}

  /**
   * @param peer the address at the other end of the connection
   * @param secure whether the connection is one of TLS
   */
  Origin of(String peer, MultiMap headers, boolean secure) {
    int zone = peer.indexOf('%');
    String address = zone < 0 ? peer : peer.substring(0, zone);
    String scheme = secure ? "https" : "http";
    if (proxies.isEmpty() && endpoints.isEmpty()) {
      return new Origin(address, scheme, null);
    }
    Optional<AddressBlock> read = AddressBlock.parse(address);
    if (read.isEmpty()) {
      return new Origin(address, scheme, null);
    }
    AddressBlock caller = read.get();
    if (isTrusted(caller)) {
      caller = caller(caller, headers.getAll("X-Forwarded-For"));
      scheme = scheme(scheme, headers.getAll("X-Forwarded-Proto"));
    }
    return new Origin(caller.address(), scheme, endpoint(caller));
  }

  private boolean isTrusted(AddressBlock address) {
    return proxies.stream().anyMatch(block -> block.contains(address));
  }

  /**
   * The last address that no trusted proxy has, for what stands before it anybody may have written;
   * the first where all are trusted. Where the header is not what proxies write, the proxy itself.
   */
  private AddressBlock caller(AddressBlock proxy, List<String> forwardedFor) {
    if (forwardedFor.isEmpty()) {
      return proxy;
    }
    String[] hops = String.join(",", forwardedFor).split(",", -1);
    AddressBlock first = proxy;
    for (int i = hops.length - 1; i >= 0; i--) {
      Optional<AddressBlock> hop = AddressBlock.parse(hops[i].strip());
      if (hop.isEmpty() || !hop.get().isAddress() || hops.length - i > MOST_HOPS) {
        return proxy;
      }
      if (!isTrusted(hop.get())) {
        return hop.get();
      }
      first = hop.get();
    }
    return first;
  }

  private static String scheme(String otherwise, List<String> forwardedProto) {
    if (forwardedProto.size() != 1) {
      return otherwise;
    }
    String said = forwardedProto.getFirst().strip().toLowerCase(Locale.ROOT);
    return said.equals("http") || said.equals("https") ? said : otherwise;
  }

  private VpcEndpoint endpoint(AddressBlock caller) {
    for (EndpointNetwork each : endpoints) {
      if (each.network().contains(caller)) {
        return each.endpoint();
      }
    }
    return null;
  }

  /** For the log of the node's start. */
  @Override
  public String toString() {
    return "trusted proxies " + proxies + ", VPC endpoints " + endpoints;
  }
}
