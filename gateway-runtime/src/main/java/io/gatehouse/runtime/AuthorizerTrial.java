package io.gatehouse.runtime;

import io.gatehouse.model.aws.ExecutionLog;
import io.gatehouse.runtime.auth.AuthorizerAnswer;
import io.gatehouse.runtime.auth.AuthorizerFunction;
import io.gatehouse.runtime.auth.CallerIdentity;
import io.gatehouse.runtime.compile.Authorizers;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.mapping.Context;
import io.gatehouse.runtime.observe.AuthorizerLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One test of an authorizer: it is asked as a node would ask it, with nothing kept, and what it
 * answers is told and decides about nothing.
 */
final class AuthorizerTrial implements Authorizers {

  private static final int OK = 200;

  /** Makes an authorizer that decides in one go. */
  interface Tokens {
    Authorizer authorizer(String account, AuthorizerTarget.UserPools target);
  }

  private final Backends backends;
  private final Tokens tokens;
  private final Map<String, String> context;
  private final LongSupplier nanos;
  private AuthorizerLog log;
  private AuthorizerFunction.Outcome outcome;
  private AuthorizerAnswer answer;

  /**
   * @param backends that answer before they return
   * @param tokens checks those of user pools
   * @param context variables in the place of the request's own
   */
  AuthorizerTrial(
      Backends backends, Tokens tokens, Map<String, String> context, LongSupplier nanos) {
    this.backends = backends;
    this.tokens = tokens;
    this.context = context;
    this.nanos = nanos;
  }

  /**
   * @param x of a method that asks the authorizer, compiled with this
   */
  TestInvoker.AuthorizerOutcome run(Exchange x, AuthorizerLog told) {
    log = told;
    long began = nanos.getAsLong();
    int status = OK;
    Map<String, String> claims = Map.of();
    try {
      x.method().authorizer().passes(x);
      if (answer != null) {
        log.allowed(answer.principalId());
      } else if (x.identity() instanceof Identity.Bearer(var said)) {
        claims = said;
        log.letIn(said.getOrDefault("sub", ""));
      }
    } catch (GatewayException refusal) {
      status = refusal.status();
      log.refused(refusal);
    }
    boolean answered = status == OK && answer != null;
    return new TestInvoker.AuthorizerOutcome(
        status,
        answered ? answer.principalId() : null,
        answered ? answer.policyText() : null,
        claims,
        log.text(),
        (nanos.getAsLong() - began) / 1_000_000);
  }

  @Override
  public Authorizer function(StageAccess stage, AuthorizerTarget.Function target) {
    Backend backend = backends.lambda(target.function());
    AuthorizerFunction function = new AuthorizerFunction(stage, target, backend, nanos);
    return x -> {
      CallerIdentity identity =
          CallerIdentity.of(
              x,
              target,
              name -> context.containsKey(name) ? context.get(name) : Context.value(x, name));
      log.identity(shown(target, identity));
      function.ask(x, identity, came -> outcome = came);
      log.asked(outcome.asked(), backend.address());
      if (outcome.failure() != null) {
        throw outcome.failure();
      }
      answer = outcome.answer();
      return true;
    };
  }

  private static String shown(AuthorizerTarget.Function target, CallerIdentity identity) {
    if (target.token()) {
      return ExecutionLog.masked(identity.token());
    }
    Map<String, String> masked = new LinkedHashMap<>();
    for (int i = 0; i < target.sources().size(); i++) {
      IdentitySource source = target.sources().get(i);
      List<String> values = identity.values().get(i);
      if (!values.isEmpty()) {
        masked.put(source.toString(), ExecutionLog.masked(String.join(",", values)));
      }
    }
    return masked.toString();
  }

  @Override
  public Authorizer userPools(StageAccess stage, AuthorizerTarget.UserPools target) {
    Authorizer bearer = tokens.authorizer(stage.account(), target);
    return x -> {
      String token = x.request().headers().first(target.header());
      log.identity(token == null ? "" : ExecutionLog.masked(token));
      return bearer.passes(x);
    };
  }

  /** Nothing to try: what has no authorizer is never asked for one. */
  @Override
  public Authorizer policyAlone(StageAccess stage) {
    throw new IllegalStateException("only a method with an authorizer is tried");
  }

  @Override
  public Authorizer iam(StageAccess stage) {
    return policyAlone(stage);
  }
}
