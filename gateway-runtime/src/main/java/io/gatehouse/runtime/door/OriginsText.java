package io.gatehouse.runtime.door;

import io.gatehouse.model.policy.AddressBlock;
import io.gatehouse.runtime.door.Origins.EndpointNetwork;
import io.gatehouse.runtime.exchange.VpcEndpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operator writes about proxies and VPC endpoints. */
final class OriginsText {

  private static final String PROXIES = "GATEHOUSE_TRUSTED_PROXIES";
  private static final String ENDPOINTS = "GATEHOUSE_VPC_ENDPOINTS";
  private static final Pattern ENDPOINT =
      Pattern.compile("(vpce-[0-9a-z]{1,40})(?:/(vpc-[0-9a-z]{1,40}))?=(.+)", Pattern.DOTALL);

  private OriginsText() {}

  /** As {@code 10.0.0.5, 192.0.2.0/24, fd00::/8}. */
  static List<AddressBlock> trustedProxies(String text) {
    return blocks(PROXIES, text);
  }

  /**
   * As {@code vpce-0a1b/vpc-1=10.1.0.0/16,fd00::/8; vpce-2c3d=10.2.0.0/16}: an endpoint, its VPC
   * unless it has none, and its networks.
   */
  static List<EndpointNetwork> endpoints(String text) {
    List<EndpointNetwork> all = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Map<String, String> owners = new HashMap<>();
    for (String item : text.split(";")) {
      if (item.isBlank()) {
        continue;
      }
      Matcher form = ENDPOINT.matcher(item.strip());
      if (!form.matches()) {
        throw bad(
            ENDPOINTS,
            item.strip()
                + " is no VPC endpoint: write it as vpce-0a1b=10.1.0.0/16,fd00::/8 or with its VPC"
                + " as vpce-0a1b/vpc-1=10.1.0.0/16, and a semicolon between two");
      }
      VpcEndpoint endpoint = new VpcEndpoint(form.group(1), form.group(2));
      if (!ids.add(endpoint.id())) {
        throw bad(ENDPOINTS, endpoint.id() + " is there twice: write its networks in one list");
      }
      for (AddressBlock network : blocks(ENDPOINTS, form.group(3))) {
        String other = owners.put(network.toString(), endpoint.id());
        if (other != null) {
          throw bad(ENDPOINTS, network + " cannot be of " + other + " and of " + endpoint.id());
        }
        all.add(new EndpointNetwork(network, endpoint));
      }
    }
    all.sort(Comparator.comparingInt((EndpointNetwork each) -> each.network().bits()).reversed());
    return all;
  }

  private static List<AddressBlock> blocks(String variable, String text) {
    List<AddressBlock> blocks = new ArrayList<>();
    for (String item : text.split("[,\\s]+")) {
      if (!item.isEmpty()) {
        blocks.add(
            AddressBlock.parse(item)
                .orElseThrow(
                    () ->
                        bad(
                            variable,
                            item
                                + " is no address or network: write it as 10.0.0.5, 192.0.2.0/24"
                                + " or fd00::/8")));
      }
    }
    return blocks;
  }

  private static IllegalArgumentException bad(String variable, String why) {
    return new IllegalArgumentException(variable + ": " + why);
  }
}
