package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Identity.Authorized;
import io.gatehouse.runtime.exchange.Identity.Bearer;
import io.gatehouse.runtime.exchange.ResponseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the method's authorizer has found out about the caller, as {@code context.authorizer.NAME}:
 * always as texts. What it calls by a name of the gateway's own is not seen under it.
 */
final class AuthorizerFacts {

  static final String PREFIX = "authorizer.";

  /** Before the names of a token's claims. */
  static final String CLAIMS = "claims.";

  private static final String PRINCIPAL = "principalId";
  private static final String LATENCY = "integrationLatency";

  private AuthorizerFacts() {}

  /**
   * @param name behind {@link #PREFIX}
   */
  static Context.Fact fact(String name) {
    if (name.startsWith(CLAIMS)) {
      String claim = name.substring(CLAIMS.length());
      return x -> x.identity() instanceof Bearer(var claims) ? claims.get(claim) : null;
    }
    return switch (name) {
      case LATENCY, "latency" ->
          x -> x.identity() instanceof Authorized a ? Long.toString(a.latencyMillis()) : null;
      case "integrationStatus" -> x -> x.identity() instanceof Authorized ? "200" : null;
      case "status" -> AuthorizerFacts::status;
      case "error" -> x -> failed(x) ? x.refusal().reason().text() : null;
      default -> x -> x.identity() instanceof Authorized a ? told(a, name) : null;
    };
  }

  private static String status(Exchange x) {
    return x.identity() instanceof Authorized
        ? "200"
        : failed(x) ? Integer.toString(x.refusal().status()) : null;
  }

  private static boolean failed(Exchange x) {
    GatewayException refusal = x.refusal();
    return refusal != null
        && (refusal.type() == ResponseType.AUTHORIZER_FAILURE
            || refusal.type() == ResponseType.AUTHORIZER_CONFIGURATION_ERROR);
  }

  private static String told(Authorized caller, String name) {
    if (name.equals(PRINCIPAL)) {
      return caller.principalId();
    }
    Object value = caller.context().get(name);
    return value == null ? null : value.toString();
  }

  /** As templates list them; none where there is no authorizer. */
  static List<String> names(Exchange x) {
    return switch (x.identity()) {
      case Authorized caller -> {
        List<String> names = new ArrayList<>(own(caller));
        names.add(PRINCIPAL);
        names.add(LATENCY);
        yield names;
      }
      case Bearer bearer -> List.of("claims");
      case null, default -> List.of();
    };
  }

  /** Of a token, as templates list them. */
  static List<String> claims(Exchange x) {
    return x.identity() instanceof Bearer(var claims)
        ? claims.keySet().stream().sorted().toList()
        : List.of();
  }

  private static List<String> own(Authorized caller) {
    return caller.context().keySet().stream()
        .filter(name -> !name.equals(PRINCIPAL) && !name.equals(LATENCY))
        .toList();
  }

  /** The member {@code authorizer} of an event's request context; nothing without an identity. */
  static void write(JsonBytes out, Exchange x) {
    Identity identity = x.identity();
    if (identity instanceof Authorized caller) {
      out.raw(",\"authorizer\":{");
      for (String name : own(caller)) {
        out.string(name).raw(":").string(told(caller, name)).raw(",");
      }
      out.raw("\"principalId\":").string(caller.principalId());
      out.raw(",\"integrationLatency\":").raw(Long.toString(caller.latencyMillis())).raw("}");
    } else if (identity instanceof Bearer(Map<String, String> claims)) {
      out.raw(",\"authorizer\":{\"claims\":{");
      String before = "";
      for (Map.Entry<String, String> claim : claims.entrySet()) {
        out.raw(before).string(claim.getKey()).raw(":").string(claim.getValue());
        before = ",";
      }
      out.raw("}}");
    }
  }
}
