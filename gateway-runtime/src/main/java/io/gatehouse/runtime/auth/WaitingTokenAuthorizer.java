package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.pipeline.Workers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Of COGNITO_USER_POOLS for a thread that may wait: decides in one go, by keys that are fetched as
 * nodes fetch them. An issuer that keeps it waiting too long is as good as none.
 */
public final class WaitingTokenAuthorizer implements Authorizer {

  private final TokenAuthorizer bearer;
  private final Supplier<Executor> loops;
  private final Duration patience;

  /**
   * @param account whose pools they are
   * @param loops an event loop to fetch keys on
   * @param patience for all that a token needs
   */
  public WaitingTokenAuthorizer(
      UserPoolTokens tokens,
      String account,
      AuthorizerTarget.UserPools target,
      Supplier<Executor> loops,
      Duration patience) {
    this.bearer = new TokenAuthorizer(tokens, Workers.NONE, account, target);
    this.loops = loops;
    this.patience = patience;
  }

  @Override
  public boolean passes(Exchange x) {
    if (!bearer.passes(x)) {
      await(x);
    }
    return true;
  }

  private void await(Exchange x) {
    CompletableFuture<Void> decided = new CompletableFuture<>();
    loops.get().execute(() -> fetch(x, decided));
    try {
      decided.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw TokenRefusal.failed(
          Reason.ISSUER_UNREACHABLE, "its issuer took longer than " + patience.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GatewayException.bug(new IllegalStateException(e));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof GatewayException refusal
          ? refusal
          : GatewayException.bug(new IllegalStateException(e.getCause()));
    }
  }

  private void fetch(Exchange x, CompletableFuture<Void> decided) {
    try {
      bearer.fetch(
          x,
          new Reply() {
            @Override
            public void pass() {
              decided.complete(null);
            }

            @Override
            public void refuse(GatewayException refusal) {
              decided.completeExceptionally(refusal);
            }
          });
    } catch (RuntimeException refusal) {
      decided.completeExceptionally(refusal);
    }
  }
}
