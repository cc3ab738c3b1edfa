package io.gatehouse.runtime.auth;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Things that cost something to make, bounded in all and for each account: an account that has many
 * drives out its own. Whoever takes one out has to see whether it is still true. Read without a
 * lock, for all threads.
 */
final class AccountCache<V> {

  private final int most;
  private final int mostOfAccount;
  private final Map<String, V> values = new ConcurrentHashMap<>();
  private final Map<String, Queue<String>> keysOfAccounts = new HashMap<>();

  AccountCache(int most, int mostOfAccount) {
    this.most = most;
    this.mostOfAccount = mostOfAccount;
  }

  /** Null when it is not there. */
  V get(String key) {
    return values.get(key);
  }

  /** In the place of one of the same key. */
  synchronized void put(String account, String key, V value) {
    if (values.put(key, value) != null) {
      return;
    }
    if (values.size() > most) {
      values.clear();
      keysOfAccounts.clear();
      values.put(key, value);
    }
    Queue<String> keys = keysOfAccounts.computeIfAbsent(account, a -> new ArrayDeque<>());
    keys.add(key);
    if (keys.size() > mostOfAccount) {
      values.remove(keys.remove());
    }
  }

  int size() {
    return values.size();
  }
}
