package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import java.time.Instant;
import java.util.Optional;

/**
 * An access key as the console makes them: the only key of a user of its name, who has the policy
 * of a role.
 *
 * @param policy the document that limits it, which is the user's boundary; empty for none
 */
public record TenantAccessKey(
    StoredIdentity user,
    String accessKeyId,
    Caller.Role role,
    boolean active,
    Instant created,
    Optional<String> policy) {}
