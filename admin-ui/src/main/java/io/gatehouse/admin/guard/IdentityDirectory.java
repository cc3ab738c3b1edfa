package io.gatehouse.admin.guard;

import io.gatehouse.model.policy.Policy;
import java.util.Map;
import java.util.Optional;

/** What the guard has to know of users, groups and roles before it can ask policies about them. */
public interface IdentityDirectory {

  /**
   * One that there is.
   *
   * @param arn with its path
   * @param boundary ARN of its permissions boundary; empty for none
   */
  record Entry(String arn, Optional<String> boundary, Map<String, String> tags) {
    public Entry {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * @param kind {@code user}, {@code group} or {@code role}
   */
  Optional<Entry> find(String account, String kind, String name);

  /** Who may assume a role, of whatever account; empty when there is none of this ARN. */
  Optional<Policy> trust(String roleArn);
}
