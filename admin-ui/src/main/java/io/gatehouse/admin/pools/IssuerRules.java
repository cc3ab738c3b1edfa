package io.gatehouse.admin.pools;

import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.TestInvoker;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What an issuer that tags name may be. */
final class IssuerRules {

  /** Keys that are secrets have no place in what an issuer publishes, so none is among these. */
  static final Set<String> ALGORITHMS =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  private static final int LONGEST_URL = 256;
  private static final int LONGEST_CLIENT = 128;

  private final TestInvoker.Egress allowed;
  private final TestInvoker.Egress nothing = new TestInvoker.Egress("");

  /**
   * @param egressAllow private addresses that nodes may reach
   */
  IssuerRules(String egressAllow) {
    this.allowed = new TestInvoker.Egress(egressAllow);
  }

  /**
   * @param tags of a registered pool
   * @throws ApiError naming the tag and what would be right
   */
  void check(Map<String, String> tags) {
    checkUrl(PoolIssuer.ISSUER, tags.get(PoolIssuer.ISSUER));
    PoolIssuer issuer = PoolIssuer.registered(tags);
    issuer.keysUrl().ifPresent(url -> checkUrl(PoolIssuer.KEYS_URL, url));
    for (String client : issuer.clients()) {
      if (client.length() > LONGEST_CLIENT) {
        throw ApiError.badRequest(
            "The tag gatehouse:clients lists client ids with blanks between, each of at most 128"
                + " characters");
      }
    }
    for (String algorithm : issuer.algorithms()) {
      if (!ALGORITHMS.contains(algorithm)) {
        throw ApiError.badRequest(
            "The tag gatehouse:algorithms lists some of %s with blanks between, not '%s'"
                .formatted(
                    String.join(", ", new TreeSet<>(ALGORITHMS)),
                    algorithm.length() > 20 ? algorithm.substring(0, 20) + "..." : algorithm));
      }
    }
  }

  /** A refusal does not repeat the address: it may hold a password. */
  private void checkUrl(String tag, String text) {
    URI url = parsed(text);
    if (url == null) {
      throw ApiError.badRequest(
          "The tag "
              + tag
              + " must be a URL as https://id.example.com/realms/shop, of at most 256 characters,"
              + " without user, query and fragment");
    }
    boolean isPublic = nothing.lets(url);
    if (!allowed.lets(url)) {
      throw ApiError.badRequest(
          "The tag "
              + tag
              + " leads to an address that nodes do not connect to: it is not a public one, and the"
              + " operator has not listed it in GATEHOUSE_EGRESS_ALLOW");
    }
    if (url.getScheme().equals("http") && isPublic) {
      throw ApiError.badRequest(
          "The tag "
              + tag
              + " must begin with https://; http is only for addresses that the operator has listed"
              + " in GATEHOUSE_EGRESS_ALLOW");
    }
  }

  private static URI parsed(String text) {
    if (text == null
        || text.length() > LONGEST_URL
        || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
      return null;
    }
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean port = url.getPort() == -1 || url.getPort() > 0 && url.getPort() < 65536;
      boolean plain =
          url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null;
      return http && port && plain ? url : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
