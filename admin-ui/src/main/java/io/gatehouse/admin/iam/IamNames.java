package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ManagedPolicies;
import io.gatehouse.admin.store.IdentityStore;
import io.gatehouse.admin.store.ManagedPolicyStore;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.admin.store.StoredManagedPolicy;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Finds what callers mean by the names of users, groups and roles, and by ARNs of policies. */
@ApplicationScoped
public class IamNames {

  private IdentityStore identities;
  private ManagedPolicyStore policies;

  protected IamNames() {}

  @Inject
  public IamNames(IdentityStore identities, ManagedPolicyStore policies) {
    this.identities = identities;
    this.policies = policies;
  }

  /**
   * @throws ApiError not found
   */
  StoredIdentity get(Caller caller, Kind kind, String name) {
    return identities.find(caller.account(), kind, name).orElseThrow(() -> unknown(kind, name));
  }

  /** As {@link #get}, while other writers of it wait. */
  StoredIdentity lock(Caller caller, Kind kind, String name) {
    return identities.lock(caller.account(), kind, name).orElseThrow(() -> unknown(kind, name));
  }

  private static ApiError unknown(Kind kind, String name) {
    return ApiError.notFound("The %s with name %s cannot be found.".formatted(kind.word(), name));
  }

  /**
   * The user that is named, or who calls.
   *
   * @param name null for the caller
   * @throws ApiError when the caller is no user
   */
  static String userName(Caller caller, String name) {
    if (name != null) {
      return name;
    }
    return callingUser(caller)
        .orElseThrow(
            () ->
                ApiError.of(
                    ApiError.Kind.VALIDATION,
                    "Must specify userName when calling with non-User credentials"));
  }

  private static Optional<String> callingUser(Caller caller) {
    return Arn.parse(caller.issuer())
        .filter(arn -> arn.service().equals("iam") && arn.resource().startsWith("user/"))
        .map(arn -> lastPart(arn.resource()));
  }

  private static String lastPart(String resource) {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  /** Whose policies decide what the caller may do; empty for people of the console. */
  Optional<StoredIdentity> self(Caller caller) {
    return Arn.parse(caller.issuer())
        .filter(arn -> arn.service().equals("iam"))
        .flatMap(
            arn ->
                identities.find(
                    caller.account(),
                    arn.resource().startsWith("role/") ? Kind.ROLE : Kind.USER,
                    lastPart(arn.resource())));
  }

  /**
   * The account's policy of this ARN, while other writers of it wait.
   *
   * @throws ApiError not found; access denied for a policy that is built in
   */
  StoredManagedPolicy lockPolicy(Caller caller, String arn) {
    if (ManagedPolicies.find(arn).isPresent()) {
      throw ApiError.of(
          ApiError.Kind.ACCESS_DENIED,
          "Policy %s is built in and cannot be changed.".formatted(arn));
    }
    return policies.lock(caller.account(), arn).orElseThrow(() -> unknownPolicy(arn));
  }

  /**
   * Makes sure that the policy can be attached, and is not deleted meanwhile.
   *
   * @throws ApiError not found
   */
  void lockAttachable(Caller caller, String arn) {
    if (ManagedPolicies.find(arn).isEmpty() && policies.lock(caller.account(), arn).isEmpty()) {
      throw ApiError.notFound("Policy %s does not exist or is not attachable.".formatted(arn));
    }
  }

  static ApiError unknownPolicy(String arn) {
    return ApiError.notFound("Policy %s was not found.".formatted(arn));
  }

  static void requireRoom(long there, long most, String quota) {
    if (there >= most) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED, "Cannot exceed quota for %s: %d".formatted(quota, most));
    }
  }

  static ApiError inUse(String mustDo) {
    return ApiError.of(
        ApiError.Kind.DELETE_CONFLICT, "Cannot delete entity, must %s first.".formatted(mustDo));
  }
}
