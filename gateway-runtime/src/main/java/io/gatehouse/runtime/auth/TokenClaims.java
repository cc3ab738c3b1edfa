package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a genuine token says, each claim of the kind that it has to be.
 *
 * @param expires first second in which it is no longer good
 * @param begins before it, by more than clocks may differ, the token is not good yet
 * @param issuedTo clients: the audience of an ID token, the client of an access token
 * @param use what it is for
 */
record TokenClaims(
    long expires,
    long begins,
    List<String> issuedTo,
    Use use,
    Set<String> scopes,
    Identity.Bearer bearer) {

  /** What a token is for. */
  enum Use {
    ID,
    ACCESS,
    /** To refresh, to log out, or nobody can tell. */
    OTHER
  }

  /** The last second of the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  /** As the vendor writes these times in mappings and events. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Set<String> TIMES = Set.of("exp", "iat", "nbf");

  /**
   * @param clients that the pool names; empty for every client
   * @throws GatewayException the refusal of claims that are missing or not what they have to be
   */
  static TokenClaims of(CompactToken token, Set<String> clients) {
    Map<String, Object> claims = token.claims();
    List<String> audience = audience(claims.get("aud"));
    Use use = use(token, clients, audience);
    return new TokenClaims(
        time(claims, "exp", -1),
        Math.max(time(claims, "nbf", 0), time(claims, "iat", 0)),
        issuedTo(claims, use, audience, clients),
        use,
        scopes(claims.get("scope")),
        new Identity.Bearer(texts(claims)));
  }

  /**
   * Whether it is good, by a clock.
   *
   * @param now in milliseconds
   * @throws GatewayException when it is not
   */
  void checkTime(long now) {
    if (now >= expires * 1000) {
      throw TokenRefusal.expired("it was good until " + Instant.ofEpochSecond(expires));
    }
    if (begins * 1000 > now + Issuer.CLOCKS_DIFFER) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_NOT_YET_VALID, "it is good from " + Instant.ofEpochSecond(begins));
    }
  }

  /**
   * @param otherwise where there is none; negative where there has to be one
   */
  private static long time(Map<String, Object> claims, String name, long otherwise) {
    Object value = claims.get(name);
    if (!claims.containsKey(name) && otherwise >= 0) {
      return otherwise;
    }
    if ((value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() >= 0
        && ((Number) value).longValue() <= LAST_SECOND) {
      return ((Number) value).longValue();
    }
    throw invalid(name + " has to be a whole number of seconds since 1970");
  }

  private static List<String> audience(Object value) {
    return switch (value) {
      case null -> List.of();
      case String one -> List.of(one);
      case List<?> some when some.stream().allMatch(String.class::isInstance) ->
          some.stream().map(String.class::cast).toList();
      default -> throw invalid("aud has to be a string or an array of strings");
    };
  }

  private static Set<String> scopes(Object value) {
    return switch (value) {
      case null -> Set.of();
      case String text ->
          Arrays.stream(text.split(" "))
              .filter(scope -> !scope.isEmpty())
              .collect(Collectors.toUnmodifiableSet());
      default -> throw invalid("scope has to be a string");
    };
  }

  /**
   * Cognito says it by {@code token_use}, Keycloak by {@code typ}, RFC 9068 by the header's. Other
   * issuers do not say it: a token is an access token then if it has scopes, and an ID token if it
   * has none and is for one of the pool's clients.
   */
  private static Use use(CompactToken token, Set<String> clients, List<String> audience) {
    Map<String, Object> claims = token.claims();
    List<Use> said = new ArrayList<>(3);
    if (claims.containsKey("token_use")) {
      said.add(named(claims.get("token_use"), "id", "access"));
    }
    if (claims.containsKey("typ")) {
      said.add(named(claims.get("typ"), "ID", "Bearer"));
    }
    if (token.isTypedAccess()) {
      said.add(Use.ACCESS);
    }
    if (!said.isEmpty()) {
      Use first = said.getFirst();
      return said.stream().allMatch(first::equals) ? first : Use.OTHER;
    }
    if (claims.containsKey("scope")) {
      return Use.ACCESS;
    }
    boolean forClient = audience.stream().anyMatch(clients::contains);
    return forClient && !claims.containsKey("scp") && !claims.containsKey("client_id")
        ? Use.ID
        : Use.OTHER;
  }

  private static Use named(Object value, String id, String access) {
    return id.equals(value) ? Use.ID : access.equals(value) ? Use.ACCESS : Use.OTHER;
  }

  private static List<String> issuedTo(
      Map<String, Object> claims, Use use, List<String> audience, Set<String> clients) {
    List<String> client = client(claims);
    if (use == Use.ACCESS) {
      checkClients(client, clients);
      return client;
    }
    // One that several may read was issued to the client that azp names.
    if (!client.isEmpty()) {
      checkClients(client, clients);
    }
    checkClients(audience, clients);
    return audience;
  }

  private static List<String> client(Map<String, Object> claims) {
    Object id = claims.get("client_id");
    Object party = claims.get("azp");
    if (id != null && party != null && !id.equals(party)) {
      throw invalid("client_id and azp name two clients");
    }
    return switch (id == null ? party : id) {
      case null -> List.of();
      case String text -> List.of(text);
      default -> throw invalid("client_id or azp is no string");
    };
  }

  private static void checkClients(List<String> issuedTo, Set<String> clients) {
    if (!clients.isEmpty() && issuedTo.stream().noneMatch(clients::contains)) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_CLIENT, "it was issued to a client that the user pool does not name");
    }
  }

  /** As mappings see them: arrays with commas between, objects as JSON, and no nulls. */
  private static Map<String, String> texts(Map<String, Object> claims) {
    Map<String, String> texts = new LinkedHashMap<>();
    claims.forEach(
        (name, value) -> {
          if (value != null) {
            texts.put(name, TIMES.contains(name) ? time(value) : text(value));
          }
        });
    return Collections.unmodifiableMap(texts);
  }

  private static String time(Object value) {
    return value instanceof Number seconds
        ? TIME.format(Instant.ofEpochSecond(seconds.longValue()))
        : text(value);
  }

  private static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case List<?> some ->
          some.stream()
              .map(one -> one == null ? "null" : text(one))
              .collect(Collectors.joining(","));
      case Map<?, ?> members -> Json.text(members, Budget.of(Long.MAX_VALUE));
      default -> value.toString();
    };
  }

  private static GatewayException invalid(String why) {
    return TokenRefusal.unauthorized(
        Reason.TOKEN_CLAIMS_INVALID, "a claim of the token is not what it has to be: " + why);
  }
}
