package io.gatehouse.runtime.backend;

import io.gatehouse.model.aws.AwsKeys;
import io.gatehouse.runtime.exchange.GatewayException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A role that is assumed by STS: its keys are kept until shortly before they expire, one call is in
 * flight at a time, and a failure is believed for a while. While new keys are fetched the old ones
 * serve on.
 */
final class AssumedRole implements KeySource {

  /** What STS is asked for. */
  record Question(String account, String region, String role, Optional<String> externalId) {}

  /** Keys for a time. */
  record Session(AwsKeys keys, Instant expiration) {}

  /** Calls AssumeRole. */
  interface Sts {
    /** Never blocks; fails with a GatewayException. */
    Future<Session> assume(Question question, AwsKeys by);
  }

  private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(5);
  private static final Duration FAILURE_STANDS = Duration.ofSeconds(5);

  private final String account;
  private final String role;
  private final Optional<String> externalId;
  private final KeySource by;
  private final Sts sts;
  private final InstantSource clock;

  /** All that changes; swapped whole. */
  private record State(
      Future<AwsKeys> known, Instant renewAt, Instant until, CompletableFuture<AwsKeys> pending) {}

  private volatile State state =
      new State(Future.succeededFuture(), Instant.MIN, Instant.MIN, null);

  AssumedRole(
      String account,
      String role,
      Optional<String> externalId,
      KeySource by,
      Sts sts,
      InstantSource clock) {
    this.account = account;
    this.role = role;
    this.externalId = externalId;
    this.by = by;
    this.sts = sts;
    this.clock = clock;
  }

  @Override
  public Future<AwsKeys> keys(String region) {
    Instant now = clock.instant();
    State seen = state;
    if (now.isBefore(seen.renewAt())) {
      return seen.known();
    }
    CompletableFuture<AwsKeys> mine = null;
    synchronized (this) {
      seen = state;
      if (now.isBefore(seen.renewAt())) {
        return seen.known();
      }
      if (seen.pending() == null) {
        mine = new CompletableFuture<>();
        seen = new State(seen.known(), seen.renewAt(), seen.until(), mine);
        state = seen;
      }
    }
    if (mine != null) {
      ask(region, mine);
      seen = state;
    }
    if (now.isBefore(seen.until())) {
      return seen.known();
    }
    return seen.pending() == null
        ? seen.known() // it was answered at once
        : here(seen.pending());
  }

  /** Completed on the event loop that asks, whichever gets the answer. */
  private static Future<AwsKeys> here(CompletableFuture<AwsKeys> pending) {
    Context loop = Vertx.currentContext();
    return loop == null
        ? Future.fromCompletionStage(pending)
        : Future.fromCompletionStage(pending, loop);
  }

  private void ask(String region, CompletableFuture<AwsKeys> pending) {
    by.keys(region)
        .compose(keys -> sts.assume(new Question(account, region, role, externalId), keys))
        .onComplete(
            done -> {
              if (done.succeeded()) {
                took(done.result());
                pending.complete(done.result().keys());
              } else {
                failed(failure(done.cause()));
                pending.completeExceptionally(failure(done.cause()));
              }
            });
  }

  private static GatewayException failure(Throwable cause) {
    return cause instanceof GatewayException known
        ? known
        : GatewayException.bug(new IllegalStateException(cause));
  }

  private synchronized void took(Session session) {
    Instant now = clock.instant();
    Duration lifetime = Duration.between(now, session.expiration());
    Duration early = lifetime.dividedBy(4);
    Instant renewAt =
        session
            .expiration()
            .minus(early.compareTo(RENEWED_BEFORE_END) < 0 ? early : RENEWED_BEFORE_END);
    state = new State(Future.succeededFuture(session.keys()), renewAt, session.expiration(), null);
  }

  /** Keys that have not expired serve on until they have. */
  private synchronized void failed(GatewayException failure) {
    Instant again = clock.instant().plus(FAILURE_STANDS);
    boolean stillGood = again.isBefore(state.until()) && state.known().succeeded();
    state =
        stillGood
            ? new State(state.known(), again, state.until(), null)
            : new State(Future.failedFuture(failure), again, Instant.MIN, null);
  }
}
