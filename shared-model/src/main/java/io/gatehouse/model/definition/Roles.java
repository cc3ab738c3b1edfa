package io.gatehouse.model.definition;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.wire.ApiError;
import java.util.Optional;

/** Roles that a tenant hands on. Imitates the check of {@code iam:PassRole}. */
public final class Roles {

  private Roles() {}

  /**
   * A role must be of the account itself, or stand for the caller's own credentials ({@code
   * arn:aws:iam::*:user/*}). Texts with stage variables are left for later.
   *
   * @param arn null or empty for none
   * @throws ApiError access denied for a role of another account, bad request for what is no ARN
   */
  public static void requireOwn(String account, String arn) {
    if (arn == null || arn.isEmpty() || arn.contains("${")) {
      return;
    }
    Optional<Arn> role = Arn.parse(arn).filter(a -> a.service().equals("iam"));
    if (role.isEmpty()) {
      throw ApiError.badRequest("Invalid ARN specified in the request");
    }
    if (!role.get().account().equals(account) && !role.get().account().equals("*")) {
      throw ApiError.of(ApiError.Kind.ACCESS_DENIED, "Cross-account pass role is not allowed.");
    }
  }
}
