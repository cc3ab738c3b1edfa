package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.GatewayException;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How calls to one address of a backend fare. Only failures of the connection count, and only those
 * in a row: what a backend does with a request it has is its own affair. Written by all event
 * loops.
 */
final class AddressState {

  /** Failures in a row that make an address unwell. */
  static final int MOST_FAILURES = 5;

  private final BackendState backend;
  private final SocketAddress address;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean unwell;
  private volatile boolean gone;
  private volatile long since;
  private volatile String lastFailure = "";

  /** Of a health check: answers of one kind in a row, good ones above zero. */
  private int checked;

  AddressState(BackendState backend, SocketAddress address) {
    this.backend = backend;
    this.address = address;
    this.since = backend.now();
  }

  SocketAddress address() {
    return address;
  }

  BackendState backend() {
    return backend;
  }

  boolean unwell() {
    return unwell;
  }

  int failures() {
    return failures.get();
  }

  /** When it became what it is now, in milliseconds of the epoch. */
  long since() {
    return since;
  }

  String lastFailure() {
    return lastFailure;
  }

  /** Calls that hold a connection to it, of a VPC link also those that are about to. */
  int inFlight() {
    return inFlight.get();
  }

  void begun() {
    inFlight.incrementAndGet();
  }

  void ended() {
    inFlight.decrementAndGet();
  }

  /** A call was answered, whatever it was answered with. */
  void answered() {
    if (failures.get() != 0) {
      failures.set(0);
      if (unwell && !backend.isLink()) {
        become(false); // the targets of links are well again when their checks say so
      }
    }
  }

  /** A call failed for the connection's sake. */
  void failed(GatewayException failure) {
    lastFailure = failure.detail() == null ? failure.reason().text() : failure.detail();
    backend.failedLast(failure);
    if (failures.incrementAndGet() >= MOST_FAILURES) {
      become(true);
    }
  }

  /**
   * A health check was answered well or not.
   *
   * @param trouble null when it was well
   */
  synchronized void checked(String trouble, int healthy, int unhealthy) {
    boolean well = trouble == null;
    checked = well == checked > 0 ? checked + (well ? 1 : -1) : well ? 1 : -1;
    if (!well) {
      lastFailure = trouble;
    }
    if (well && checked >= healthy) {
      failures.set(0);
      become(false);
    } else if (!well && -checked >= unhealthy) {
      become(true);
    }
  }

  /** The name no longer resolves to it. */
  synchronized void forget() {
    become(false);
    gone = true;
  }

  private synchronized void become(boolean unwellNow) {
    if (unwell != unwellNow && !gone) {
      unwell = unwellNow;
      since = backend.now();
      backend.changed(unwellNow ? 1 : -1);
    }
  }
}
