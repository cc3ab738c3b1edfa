package io.gatehouse.runtime.auth;

import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.exchange.AuthorizerTarget.Function;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.mapping.QueryString;
import java.util.ArrayList;
import java.util.List;

/**
 * What a caller says of itself where a Lambda authorizer looks for it.
 *
 * @param values of each source in order; a header or parameter may have several
 */
public record CallerIdentity(List<List<String>> values) {

  /** A few milliseconds: an expression that takes more fits no token. */
  private static final long VALIDATION_STEPS = 100_000;

  /** Where the variables of {@code context} are found. */
  public interface Variables {

    /** Null for one that there is not. */
    String value(String name);
  }

  public CallerIdentity {
    values = List.copyOf(values);
  }

  /**
   * Reads it, and refuses a caller whose function need not be asked.
   *
   * @throws GatewayException unauthorized
   */
  public static CallerIdentity of(Exchange x, Function target, Variables context) {
    List<List<String>> values = new ArrayList<>(target.sources().size());
    boolean whole = true;
    for (IdentitySource source : target.sources()) {
      List<String> found = found(x, source, context);
      whole &= target.token() ? endsInValue(found) : found.stream().anyMatch(v -> !v.isEmpty());
      values.add(found);
    }
    boolean asksAnyway = !target.token() && target.ttlSeconds() == 0;
    if (!whole && !asksAnyway) {
      throw unauthorized(Reason.AUTHORIZER_IDENTITY_MISSING);
    }
    CallerIdentity identity = new CallerIdentity(values);
    identity.validate(target);
    return identity;
  }

  private static List<String> found(Exchange x, IdentitySource source, Variables context) {
    String name = source.name();
    return switch (source.kind()) {
      case HEADER -> x.request().headers().all(name);
      case QUERY_STRING -> QueryString.all(x.request().query(), name);
      case STAGE_VARIABLE -> one(x.stage().variables().get(name));
      case CONTEXT -> one(context.value(name));
    };
  }

  private static boolean endsInValue(List<String> values) {
    return !values.isEmpty() && !values.getLast().isEmpty();
  }

  private static List<String> one(String value) {
    return value == null ? List.of() : List.of(value);
  }

  private void validate(Function target) {
    if (target.validation() == null) {
      return;
    }
    try {
      if (!target.validation().matches(token(), Budget.of(VALIDATION_STEPS))) {
        throw unauthorized(Reason.AUTHORIZER_TOKEN_INVALID);
      }
    } catch (BudgetExhausted e) {
      throw unauthorized(Reason.AUTHORIZER_TOKEN_BUDGET);
    }
  }

  /** Of TOKEN: the last value of its header, as the vendor takes of several. */
  public String token() {
    return values.getFirst().getLast();
  }

  /** The same for the same values at the same places, and for no others. */
  String key() {
    int length = 0;
    for (List<String> of : values) {
      length += 4;
      for (String value : of) {
        length += 4 + 2 * value.length();
      }
    }
    byte[] all = new byte[length];
    int at = 0;
    for (List<String> of : values) {
      at = number(all, at, of.size());
      for (String value : of) {
        at = number(all, at, value.length());
        for (int i = 0; i < value.length(); i++) {
          all[at++] = (byte) (value.charAt(i) >> 8);
          all[at++] = (byte) value.charAt(i);
        }
      }
    }
    return SnapshotCodec.sha256(all);
  }

  private static int number(byte[] all, int at, int number) {
    all[at] = (byte) (number >> 24);
    all[at + 1] = (byte) (number >> 16);
    all[at + 2] = (byte) (number >> 8);
    all[at + 3] = (byte) number;
    return at + 4;
  }

  private static GatewayException unauthorized(Reason reason) {
    return GatewayException.of(ResponseType.UNAUTHORIZED, reason);
  }

  /** Never the values, which are secrets. */
  @Override
  public String toString() {
    return values.size() + " identity sources";
  }
}
