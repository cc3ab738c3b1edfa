package io.gatehouse.runtime.auth;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The answers of a node's Lambda authorizers, as long as they hold. Bounded for each account and
 * for all of them, by number and by bytes; those that were not asked for the longest time make way,
 * of the account that has the most.
 */
final class AuthorizerCache {

  /**
   * @param entries how many
   * @param bytes that they take together
   */
  record Bounds(int entries, long bytes) {}

  static final Bounds USUAL_OF_ACCOUNT = new Bounds(20_000, 16 << 20);
  static final Bounds USUAL_OF_ALL = new Bounds(100_000, 64 << 20);

  /**
   * @param authorizer as it was compiled: what another one answered says nothing about this one
   * @param identity of {@link CallerIdentity#key}
   */
  record Key(Object authorizer, String identity) {}

  private record Entry(AuthorizerAnswer answer, long untilNanos) {}

  /** Guarded by itself; in the order in which they were asked for. */
  private static final class OfAccount {
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
  }

  private final Bounds ofAccount;
  private final Bounds ofAll;
  private final Map<String, OfAccount> accounts = new ConcurrentHashMap<>();
  private final AtomicLong entries = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  AuthorizerCache(Bounds ofAccount, Bounds ofAll) {
    this.ofAccount = ofAccount;
    this.ofAll = ofAll;
  }

  /** Null where there is none, or it holds no longer. */
  AuthorizerAnswer get(String account, Key key, long nowNanos) {
    OfAccount own = accounts.get(account);
    if (own == null) {
      return null;
    }
    synchronized (own) {
      Entry found = own.entries.get(key);
      if (found == null) {
        return null;
      }
      if (found.untilNanos() - nowNanos <= 0) {
        own.entries.remove(key);
        left(own, found);
        return null;
      }
      return found.answer();
    }
  }

  void put(String account, Key key, AuthorizerAnswer answer, long untilNanos) {
    OfAccount own = accounts.computeIfAbsent(account, a -> new OfAccount());
    synchronized (own) {
      Entry before = own.entries.put(key, new Entry(answer, untilNanos));
      own.bytes += answer.bytes();
      entries.incrementAndGet();
      bytes.addAndGet(answer.bytes());
      if (before != null) {
        left(own, before);
      }
      while (own.entries.size() > ofAccount.entries() || own.bytes > ofAccount.bytes()) {
        evict(own);
      }
    }
    while (entries.get() > ofAll.entries() || bytes.get() > ofAll.bytes()) {
      OfAccount largest = largest();
      synchronized (largest) {
        evict(largest);
      }
    }
  }

  private OfAccount largest() {
    OfAccount largest = null;
    long most = -1;
    for (OfAccount one : accounts.values()) {
      synchronized (one) {
        if (one.bytes > most) {
          most = one.bytes;
          largest = one;
        }
      }
    }
    return largest;
  }

  private void evict(OfAccount own) {
    Iterator<Entry> oldest = own.entries.values().iterator();
    if (oldest.hasNext()) {
      Entry gone = oldest.next();
      oldest.remove();
      left(own, gone);
    }
  }

  private void left(OfAccount own, Entry gone) {
    own.bytes -= gone.answer().bytes();
    entries.decrementAndGet();
    bytes.addAndGet(-gone.answer().bytes());
  }

  /** How many answers there are. */
  long size() {
    return entries.get();
  }

  /** About what they take of the memory. */
  long bytes() {
    return bytes.get();
  }
}
