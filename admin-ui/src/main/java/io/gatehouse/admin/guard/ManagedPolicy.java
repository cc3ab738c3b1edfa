package io.gatehouse.admin.guard;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.policy.Policy;

/**
 * A policy that is there for every account and that none can change.
 *
 * @param path as {@code /service-role/}
 * @param description what it is for, in a sentence
 * @param document JSON
 * @param policy the document, read
 */
public record ManagedPolicy(
    String name, String path, String description, String document, Policy policy) {

  /** As {@code arn:aws:iam::aws:policy/AdministratorAccess}. */
  public String arn() {
    return new Arn("aws", "iam", "", "aws", "policy" + path + name).toString();
  }
}
