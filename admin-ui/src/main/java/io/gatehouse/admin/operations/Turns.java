package io.gatehouse.admin.operations;

import io.gatehouse.model.wire.ApiError;
import java.util.HashMap;
import java.util.Map;

/**
 * How many calls of a slow operation may be under way at once: each holds a thread and a database
 * connection, so neither one tenant nor all together may take them all.
 */
public final class Turns {

  private final String what;
  private final int mostPerAccount;
  private final int mostInAll;
  private final Map<String, Integer> taken = new HashMap<>();

  /**
   * @param what for the refusal, as {@code test invocations}
   */
  public Turns(String what, int mostPerAccount, int mostInAll) {
    this.what = what;
    this.mostPerAccount = mostPerAccount;
    this.mostInAll = mostInAll;
  }

  /** One call's turn, given back when it is closed. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @throws ApiError too many requests, which the vendor's tools answer by trying again later
   */
  public synchronized Turn take(String account) {
    int mine = taken.getOrDefault(account, 0);
    int all = taken.values().stream().mapToInt(Integer::intValue).sum();
    if (mine >= mostPerAccount || all >= mostInAll) {
      throw ApiError.of(
          ApiError.Kind.TOO_MANY_REQUESTS,
          "Too many %s at once; at most %d for each account".formatted(what, mostPerAccount));
    }
    taken.put(account, mine + 1);
    return () -> giveBack(account);
  }

  private synchronized void giveBack(String account) {
    taken.computeIfPresent(account, (a, count) -> count == 1 ? null : count - 1);
  }
}
