package io.gatehouse.runtime.auth;

import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens whose signatures have been checked, by the hash of all of the token, so that checking them
 * again costs little. Nothing is allowed by being remembered alone: pool, key and times are looked
 * at each time. Bounded by what the tokens weigh; an account that has more than its share, or the
 * largest one where the node has more than it may, forgets its oldest.
 */
final class RememberedTokens {

  /** Of what was checked, and by what. */
  record Checked(UserPoolSnapshot pool, PublishedKey key, TokenClaims claims) {}

  /** SHA-256 of a token, and the pool that it was checked for. */
  record Name(long a, long b, long c, long d, String pool) {}

  private record Entry(Name name, int weight) {}

  /** What is remembered of an account; written under the lock of all. */
  private static final class Share {
    private final Map<Name, Checked> tokens = new ConcurrentHashMap<>();
    private final Queue<Entry> oldestFirst = new ArrayDeque<>();
    private long weight;

    private void forgetOldest() {
      Entry oldest = oldestFirst.remove();
      tokens.remove(oldest.name());
      weight -= oldest.weight();
    }
  }

  /** Beside its characters: about what the objects take. */
  private static final int ENTRY_WEIGHT = 512;

  private final long mostOfNode;
  private final long mostOfAccount;
  private final Map<String, Share> shares = new ConcurrentHashMap<>();
  private final ThreadLocal<MessageDigest> digests =
      ThreadLocal.withInitial(RememberedTokens::sha256);
  private long weight;

  /**
   * @param mostOfNode characters of all tokens, about
   * @param mostOfAccount of one account's
   */
  RememberedTokens(long mostOfNode, long mostOfAccount) {
    this.mostOfNode = mostOfNode;
    this.mostOfAccount = mostOfAccount;
  }

  /** What a token is remembered as. */
  Name name(String token, String pool) {
    ByteBuffer hash =
        ByteBuffer.wrap(digests.get().digest(token.getBytes(StandardCharsets.ISO_8859_1)));
    return new Name(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong(), pool);
  }

  /** Null when it is not remembered. */
  Checked get(String account, Name name) {
    Share share = shares.get(account);
    return share == null ? null : share.tokens.get(name);
  }

  synchronized void put(String account, Name name, Checked checked, int characters) {
    Share share = shares.computeIfAbsent(account, a -> new Share());
    if (share.tokens.put(name, checked) != null) {
      return; // checked anew, by another key or for a changed pool
    }
    Entry entry = new Entry(name, characters + ENTRY_WEIGHT);
    share.oldestFirst.add(entry);
    share.weight += entry.weight();
    weight += entry.weight();
    while (share.weight > mostOfAccount) {
      forgetOldest(share);
    }
    while (weight > mostOfNode) {
      forgetOldest(
          shares.values().stream().max(Comparator.comparingLong(s -> s.weight)).orElseThrow());
    }
  }

  private void forgetOldest(Share share) {
    weight -= share.oldestFirst.element().weight();
    share.forgetOldest();
  }

  /** How many there are. */
  int count() {
    return shares.values().stream().mapToInt(share -> share.tokens.size()).sum();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
