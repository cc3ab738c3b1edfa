package io.gatehouse.runtime.auth;

import io.gatehouse.model.policy.Decision;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget.Function;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.mapping.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A method's callers are those whom a Lambda function lets in (aws-behaviour 7.1). What it answers
 * is kept for the caller's identity, and decides anew about each request; those who come with the
 * same identity while it is being asked wait for the one answer.
 */
final class LambdaAuthorizer implements Authorizer {

  private static final Logger LOG = LoggerFactory.getLogger(LambdaAuthorizer.class);

  /** For one answer. */
  private static final int MOST_WAITING = 500;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final StageAccess stage;
  private final Function target;
  private final AuthorizerFunction function;
  private final LambdaAuthorizers node;
  private final Map<String, Shared> asked = new ConcurrentHashMap<>();

  LambdaAuthorizer(
      StageAccess stage, Function target, AuthorizerFunction function, LambdaAuthorizers node) {
    this.stage = stage;
    this.target = target;
    this.function = function;
    this.node = node;
  }

  @Override
  public boolean passes(Exchange x) {
    CallerIdentity identity = identity(x);
    if (target.ttlSeconds() == 0) {
      return false;
    }
    AuthorizerAnswer known = known(identity.key());
    if (known == null) {
      return false;
    }
    decide(x, known, 0);
    return true;
  }

  @Override
  public void fetch(Exchange x, Reply reply) {
    CallerIdentity identity = identity(x);
    Waiting waiting = new Waiting(this, x, reply, node.loop());
    if (target.ttlSeconds() == 0) {
      function.ask(x, identity, waiting::told);
      return;
    }
    String key = identity.key();
    while (!joined(key, waiting)) {
      AuthorizerAnswer known = known(key);
      Shared mine = new Shared();
      if (known != null) {
        waiting.told(new AuthorizerFunction.Outcome(known, null, 0, null));
        return;
      } else if (mine.join(waiting) && asked.putIfAbsent(key, mine) == null) {
        function.ask(x, identity, outcome -> over(key, mine, outcome));
        return;
      }
    }
  }

  private boolean joined(String key, Waiting waiting) {
    Shared there = asked.get(key);
    return there != null && there.join(waiting);
  }

  private CallerIdentity identity(Exchange x) {
    return CallerIdentity.of(x, target, name -> Context.value(x, name));
  }

  private AuthorizerAnswer known(String identity) {
    return node.cache().get(stage.account(), key(identity), node.nanos());
  }

  private AuthorizerCache.Key key(String identity) {
    return new AuthorizerCache.Key(this, identity);
  }

  /** Kept before it is told, so that whoever comes now finds it; failures are told and not kept. */
  private void over(String identity, Shared call, AuthorizerFunction.Outcome outcome) {
    if (outcome.answer() != null) {
      long until = node.nanos() + target.ttlSeconds() * NANOS_PER_SECOND;
      node.cache().put(stage.account(), key(identity), outcome.answer(), until);
    }
    asked.remove(identity, call);
    List<Waiting> all = call.end();
    for (Waiting other : all.subList(1, all.size())) {
      other.loop().execute(() -> other.told(outcome));
    }
    all.getFirst().told(outcome);
  }

  /** The resource policy has its say once more: what either allows is allowed. */
  private void decide(Exchange x, AuthorizerAnswer answer, long latencyMillis) {
    Invocation invocation = Invocation.of(x, stage);
    Decision decision = invocation.decideAsTold(answer.grants());
    if (decision.deniesExplicitly()) {
      throw decision.source() == Decision.Source.RESOURCE
          ? ResourcePolicyCheck.refusal(invocation, decision)
          : denied(" with an explicit deny", Reason.AUTHORIZER_POLICY_DENIES)
              .with(decision.statement().orElse(""));
    }
    if (!decision.allows()) {
      throw denied("", Reason.AUTHORIZER_POLICY_SILENT);
    }
    x.identity(
        new Identity.Authorized(
            answer.principalId(), answer.context(), answer.usageIdentifierKey(), latencyMillis));
    x.permissions(invocation.permissionsAsTold(answer.grants()));
  }

  private static GatewayException denied(String how, Reason reason) {
    ResponseType type = ResponseType.ACCESS_DENIED;
    return GatewayException.of(type, type.status(), type.message() + how, reason);
  }

  /** An exchange that waits for an answer, on its own event loop. */
  private record Waiting(LambdaAuthorizer asked, Exchange x, Reply reply, Executor loop) {

    void told(AuthorizerFunction.Outcome outcome) {
      GatewayException refusal = outcome.failure();
      if (refusal == null) {
        try {
          asked.decide(x, outcome.answer(), outcome.latencyMillis());
        } catch (GatewayException denied) {
          refusal = denied;
        } catch (RuntimeException | StackOverflowError bug) {
          LOG.error("the decision about request {} met a bug", x.id(), bug);
          refusal = GatewayException.bug(bug);
        }
      } else if (outcome.asked().functionLog() != null && x.functionLog() == null) {
        x.functionLog(outcome.asked().functionLog()); // the story tells why
      }
      if (refusal == null) {
        reply.pass();
      } else {
        reply.refuse(refusal);
      }
    }
  }

  /** A call that several wait for, the first of whom makes it. */
  private static final class Shared {
    private final List<Waiting> waiting = new ArrayList<>(1);
    private boolean over;

    /**
     * @return false when it is over already
     */
    synchronized boolean join(Waiting one) {
      if (over) {
        return false;
      }
      if (waiting.size() == MOST_WAITING) {
        throw GatewayException.of(ResponseType.AUTHORIZER_FAILURE, Reason.AUTHORIZER_BUSY);
      }
      return waiting.add(one);
    }

    synchronized List<Waiting> end() {
      over = true;
      return List.copyOf(waiting);
    }
  }
}
