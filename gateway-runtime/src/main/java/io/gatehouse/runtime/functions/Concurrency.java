package io.gatehouse.runtime.functions;

import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many invocations run at once on this node: of a function, of an account, of all. Nobody
 * waits, as at the vendor's: what is too much is refused.
 */
final class Concurrency {

  static final String OF_ACCOUNT = "ConcurrentInvocationLimitExceeded";
  private static final String OF_FUNCTION = "ReservedFunctionConcurrentInvocationLimitExceeded";

  private final int most;
  private final int mostPerAccount;
  private final Map<String, Integer> byAccount = new HashMap<>();
  private final Map<String, Integer> byFunction = new HashMap<>();
  private int running;

  Concurrency(int most, int mostPerAccount) {
    this.most = most;
    this.mostPerAccount = mostPerAccount;
  }

  /** Empty when there is room, which is then taken; else the vendor's word for why not. */
  synchronized Optional<String> take(FunctionSnapshot function) {
    int own = byFunction.getOrDefault(function.key(), 0);
    if (function.reservedConcurrency().isPresent()
        && own >= function.reservedConcurrency().getAsInt()) {
      return Optional.of(OF_FUNCTION);
    }
    int account = byAccount.getOrDefault(function.account(), 0);
    if (running >= most || account >= mostPerAccount) {
      return Optional.of(OF_ACCOUNT);
    }
    running++;
    byAccount.put(function.account(), account + 1);
    byFunction.put(function.key(), own + 1);
    return Optional.empty();
  }

  synchronized void give(FunctionSnapshot function) {
    running--;
    less(byAccount, function.account());
    less(byFunction, function.key());
  }

  private static void less(Map<String, Integer> counts, String key) {
    counts.computeIfPresent(key, (k, n) -> n > 1 ? n - 1 : null);
  }

  synchronized int running() {
    return running;
  }
}
