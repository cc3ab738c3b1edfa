package io.gatehouse.model.snapshot;

import java.util.Optional;

/**
 * What stands for an IAM role of the vendor's: keys to sign with, and what the role may do here.
 *
 * @param accessKeyId empty where the role needs no keys, because only functions of this
 *     installation are called with it
 * @param sealedSecret the secret access key, sealed for {@link #owner} under the node key
 * @param sealedSessionToken of temporary keys, sealed likewise
 * @param assume whether the keys are not the role's own: they assume it by STS
 * @param externalId what AssumeRole is told besides
 * @param policy JSON text of what the role may do on this installation's function host; none allows
 *     nothing
 */
public record RoleAccess(
    String accessKeyId,
    Optional<String> sealedSecret,
    Optional<String> sealedSessionToken,
    boolean assume,
    Optional<String> externalId,
    Optional<String> policy) {

  /** Whom a secret of the role is sealed for. */
  public static String owner(String account, String role) {
    return "role-access " + account + " " + role;
  }

  public boolean hasKeys() {
    return !accessKeyId.isEmpty() && sealedSecret.isPresent();
  }
}
