package io.gatehouse.runtime.pipeline;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.observe.Observer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies a node holds in memory at once, because mappings and checks look at them
 * whole. One account may hold half of what all may, so that its large bodies leave room for
 * others'.
 */
public final class BodiesInHand implements Observer {

  /** In the place of a number: nobody would let go of what this exchange held. */
  private static final long OVER = -1;

  /** Bytes not worth counting. */
  private static final long SMALL = 4096;

  private final long most;
  private final long largest;
  private final AtomicLong held = new AtomicLong();
  private final Map<String, AtomicLong> byAccount = new ConcurrentHashMap<>();

  /**
   * @param most bytes of all
   * @param largest bytes of one
   */
  public BodiesInHand(long most, long largest) {
    this.most = most;
    this.largest = largest;
  }

  /** Bytes that one body may have, the caller's or the integration's. */
  long largest() {
    return largest;
  }

  /**
   * @throws GatewayException when there is no room for so many more bytes
   */
  void hold(Exchange x, int bytes) {
    if (x.heldBytes() == OVER) {
      throw GatewayException.of(ResponseType.DEFAULT_4XX, Reason.CALLER_GONE);
    }
    AtomicLong own = byAccount.computeIfAbsent(x.stage().account(), a -> new AtomicLong());
    x.heldBytes(x.heldBytes() + bytes);
    boolean tooMany = held.addAndGet(bytes) > most;
    if (own.addAndGet(bytes) > most / 2 || tooMany) {
      throw GatewayException.of(
          ResponseType.DEFAULT_5XX, 503, "Service Unavailable", Reason.BODIES_IN_HAND);
    }
  }

  /**
   * Counts what decoding and templates have made of the caller's body, which stays in memory for as
   * long as the backend takes.
   *
   * @throws GatewayException when there is no room for it
   */
  void holdWhileBackendWorks(Exchange x) {
    long more = bytesOf(x) + length(x.backendRequest().body()) - x.heldBytes();
    if (more > SMALL && x.backendRequest().body() != x.request().body()) {
      hold(x, (int) more);
    }
  }

  /** Of the caller's and the integration's body, as far as they are in memory. */
  static long bytesOf(Exchange x) {
    return length(x.request().body())
        + (x.hasBackendResponse() ? length(x.backendResponse().body()) : 0);
  }

  private static long length(Body body) {
    return body instanceof Body.Bytes(byte[] bytes) ? bytes.length : 0;
  }

  /** Bytes. */
  public long held() {
    return held.get();
  }

  @Override
  public void over(Exchange x, long endNanos, long bytesSent) {
    if (x.heldBytes() > 0) {
      held.addAndGet(-x.heldBytes());
      byAccount.get(x.stage().account()).addAndGet(-x.heldBytes());
    }
    x.heldBytes(OVER);
  }
}
