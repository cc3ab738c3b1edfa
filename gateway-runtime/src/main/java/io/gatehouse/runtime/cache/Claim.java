package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.exchange.Exchange;

/**
 * What an exchange may keep of the answer that it fetches; nothing, once somebody has let go of
 * such answers meanwhile, for it may be one of them.
 */
final class Claim {

  private final Exchange x;
  private boolean withdrawn;

  Claim(Exchange x) {
    this.x = x;
  }

  synchronized void withdraw() {
    withdrawn = true;
  }

  /**
   * Where a purge of this path means the answer.
   *
   * @return whether it does
   */
  boolean withdrawUnder(String path) {
    boolean meant =
        path.endsWith("*")
            ? x.path().startsWith(path.substring(0, path.length() - 1))
            : x.path().equals(path) || x.method().resourcePath().equals(path);
    if (meant) {
      withdraw();
    }
    return meant;
  }

  /**
   * Does it unless the claim is withdrawn, which then waits for its end.
   *
   * @return whether it was done
   */
  synchronized boolean unlessWithdrawn(Runnable keeping) {
    if (!withdrawn) {
      keeping.run();
    }
    return !withdrawn;
  }
}
