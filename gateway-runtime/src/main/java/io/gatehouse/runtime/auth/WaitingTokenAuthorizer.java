package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.pipeline.Workers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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
    Decided decided = new Decided();
    loops.get().execute(() -> fetch(x, decided));
    try {
      if (!decided.over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw TokenRefusal.failed(
            Reason.ISSUER_UNREACHABLE,
            "its issuer took longer than " + patience.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GatewayException.bug(new IllegalStateException(e));
    }
    if (decided.refusal != null) {
      throw decided.refusal;
    }
  }

  private void fetch(Exchange x, Decided decided) {
    try {
      bearer.fetch(x, decided);
    } catch (GatewayException refusal) {
      decided.refuse(refusal);
    } catch (RuntimeException bug) {
      decided.refuse(GatewayException.bug(bug));
    }
  }

  /** What the event loop tells the thread that waits. */
  private static final class Decided implements Reply {
    private final CountDownLatch over = new CountDownLatch(1);
    private GatewayException refusal;

    @Override
    public void pass() {
      over.countDown();
    }

    @Override
    public void refuse(GatewayException why) {
      refusal = why;
      over.countDown();
    }
  }
}
