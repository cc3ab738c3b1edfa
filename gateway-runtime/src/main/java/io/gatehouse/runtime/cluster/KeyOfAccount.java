package io.gatehouse.runtime.cluster;

import com.hazelcast.query.Predicate;
import java.util.Map;

/** Picks the entries of one account. */
final class KeyOfAccount implements Predicate<String, String> {

  private static final long serialVersionUID = 1L;

  private final String account;

  KeyOfAccount(String account) {
    this.account = account;
  }

  @Override
  public boolean apply(Map.Entry<String, String> entry) {
    return entry.getKey().startsWith(account + "/");
  }
}
