package io.gatehouse.model.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who makes the tokens of a user pool: a realm of our own, or whoever its tags name.
 *
 * @param url as tokens say it
 * @param keysUrl where its keys are; empty where its discovery document tells
 * @param clients whose tokens are taken; empty for those of every client
 * @param algorithms that tokens may be signed with
 */
public record PoolIssuer(
    String url, Optional<String> keysUrl, Set<String> clients, Set<String> algorithms) {

  /** Tags that make a pool out of an issuer that there is already. */
  public static final String ISSUER = "gatehouse:issuer";

  public static final String KEYS_URL = "gatehouse:keys-url";
  public static final String CLIENTS = "gatehouse:clients";
  public static final String ALGORITHMS = "gatehouse:algorithms";

  /** All of them, in the order in which people are told of them. */
  public static final List<String> TAGS = List.of(ISSUER, KEYS_URL, CLIENTS, ALGORITHMS);

  /** Where nobody has said otherwise. */
  public static final Set<String> USUAL_ALGORITHMS = Set.of("RS256");

  public PoolIssuer {
    clients = Set.copyOf(clients);
    algorithms = Set.copyOf(algorithms);
  }

  /** Whether somebody else's issuer is behind a pool with these tags. */
  public static boolean isRegistered(Map<String, String> tags) {
    return tags.containsKey(ISSUER);
  }

  /** Of a pool with {@link #isRegistered tags} that name it. */
  public static PoolIssuer registered(Map<String, String> tags) {
    Set<String> algorithms = words(tags.get(ALGORITHMS));
    return new PoolIssuer(
        tags.get(ISSUER),
        Optional.ofNullable(tags.get(KEYS_URL)).filter(url -> !url.isBlank()),
        words(tags.get(CLIENTS)),
        algorithms.isEmpty() ? USUAL_ALGORITHMS : algorithms);
  }

  /**
   * Of a pool whose realm we have made. The realm has clients of its own, whose tokens are for the
   * sign-in service alone; so a pool without a client names one that there cannot be.
   *
   * @param keycloak base URL
   */
  public static PoolIssuer hosted(String realm, String keycloak, Set<String> clients) {
    String url = realmUrl(keycloak, realm);
    return new PoolIssuer(
        url,
        Optional.of(url + "/protocol/openid-connect/certs"),
        clients.isEmpty() ? Set.of("none of " + realm) : clients,
        USUAL_ALGORITHMS);
  }

  /** What the realm of a pool of our own is called. */
  public static String realm(String account, String poolId) {
    return "pool-" + account + "-" + poolId;
  }

  /**
   * Where that realm is.
   *
   * @param keycloak base URL
   */
  public static String realmUrl(String keycloak, String account, String poolId) {
    return realmUrl(keycloak, realm(account, poolId));
  }

  private static String realmUrl(String keycloak, String realm) {
    return keycloak + "/realms/" + realm;
  }

  private static Set<String> words(String text) {
    return text == null
        ? Set.of()
        : List.of(text.strip().split("\\s+")).stream()
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toSet());
  }
}
