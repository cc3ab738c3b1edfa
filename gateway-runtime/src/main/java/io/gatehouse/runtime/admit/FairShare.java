package io.gatehouse.runtime.admit;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;
import io.gatehouse.runtime.observe.Observer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * No account may have more exchanges in flight than twice what the node has free: one alone gets
 * two thirds of the node, two get two fifths each, and however many press there is room for one
 * more that comes (dynamic thresholds: Choudhury and Hahne 1998).
 */
public final class FairShare implements Step, Observer {

  private static final int TIMES_WHAT_IS_FREE = 2;

  private final int most;
  private final IntSupplier inFlight;
  private final Map<String, AtomicInteger> byAccount = new ConcurrentHashMap<>();

  /**
   * @param most exchanges that the node takes on at once
   * @param inFlight those that it has now
   */
  public FairShare(int most, IntSupplier inFlight) {
    this.most = most;
    this.inFlight = inFlight;
  }

  @Override
  public void apply(Exchange x) {
    AtomicInteger own = of(x);
    x.countsForItsAccount(true);
    int share = Math.max(1, TIMES_WHAT_IS_FREE * (most - inFlight.getAsInt()));
    if (own.incrementAndGet() > share) {
      throw GatewayException.of(
          ResponseType.DEFAULT_5XX, 503, "Service Unavailable", Reason.ACCOUNT_OVERLOADED);
    }
  }

  private AtomicInteger of(Exchange x) {
    String account = x.stage().account();
    AtomicInteger own = byAccount.get(account);
    return own == null ? byAccount.computeIfAbsent(account, a -> new AtomicInteger()) : own;
  }

  @Override
  public void over(Exchange x, long endNanos, long bytesSent) {
    if (x.countsForItsAccount()) {
      x.countsForItsAccount(false);
      of(x).decrementAndGet();
    }
  }
}
