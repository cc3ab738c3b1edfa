package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.publish.PrincipalChanges;
import io.gatehouse.admin.store.AttachmentStore;
import io.gatehouse.admin.store.IdentityStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;

/** The policies that hang on users, groups and roles, which differ in nothing but how many fit. */
@ApplicationScoped
public class IdentityPolicies {

  private static final int MOST_ATTACHED = 10;

  private IamNames names;
  private IdentityStore identities;
  private AttachmentStore attachments;
  private PrincipalChanges principals;

  protected IdentityPolicies() {}

  @Inject
  public IdentityPolicies(
      IamNames names,
      IdentityStore identities,
      AttachmentStore attachments,
      PrincipalChanges principals) {
    this.names = names;
    this.identities = identities;
    this.attachments = attachments;
    this.principals = principals;
  }

  void put(Caller caller, Kind kind, String name, String policyName, String document) {
    PolicyDocuments.checked(document, Policy.Kind.IDENTITY);
    StoredIdentity identity = names.lock(caller, kind, name);
    Map<String, String> policies = new TreeMap<>(identity.body().policies());
    policies.put(policyName, document);
    int size = policies.values().stream().mapToInt(PolicyDocuments::size).sum();
    if (size > mostInline(kind)) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "Maximum policy size of %d bytes exceeded for %s %s"
              .formatted(mostInline(kind), kind.word(), name));
    }
    replace(identity, policies);
  }

  /** Characters of all inline policies together, white space not counted. */
  private static int mostInline(Kind kind) {
    return switch (kind) {
      case USER -> 2048;
      case GROUP -> 5120;
      case ROLE -> 10_240;
    };
  }

  /** The document, percent-encoded. */
  String get(Caller caller, Kind kind, String name, String policyName) {
    StoredIdentity identity = names.get(caller, kind, name);
    return PolicyDocuments.encoded(require(identity, policyName));
  }

  private static String require(StoredIdentity identity, String policyName) {
    return Optional.ofNullable(identity.body().policies().get(policyName))
        .orElseThrow(
            () ->
                ApiError.notFound(
                    "The %s policy with name %s cannot be found."
                        .formatted(identity.kind().word(), policyName)));
  }

  void delete(Caller caller, Kind kind, String name, String policyName) {
    StoredIdentity identity = names.lock(caller, kind, name);
    require(identity, policyName);
    Map<String, String> policies = new TreeMap<>(identity.body().policies());
    policies.remove(policyName);
    replace(identity, policies);
  }

  private void replace(StoredIdentity identity, Map<String, String> policies) {
    identities.replace(identity, identity.body().withPolicies(policies));
    principals.changed(identity);
  }

  Page<String> list(Caller caller, Kind kind, String name, Page.Ask ask) {
    StoredIdentity identity = names.get(caller, kind, name);
    List<String> policyNames = identity.body().policies().keySet().stream().sorted().toList();
    return Page.within(policyNames, ask, policyName -> policyName);
  }

  void attach(Caller caller, Kind kind, String name, String policyArn) {
    names.lockAttachable(caller, policyArn);
    StoredIdentity identity = names.lock(caller, kind, name);
    List<String> attached = attachments.attached(identity);
    if (!attached.contains(policyArn)) {
      String word = identity.kind().name().charAt(0) + identity.kind().word().substring(1);
      IamNames.requireRoom(attached.size(), MOST_ATTACHED, "PoliciesPer" + word);
      attachments.attach(identity, policyArn);
      principals.changed(identity);
    }
  }

  void detach(Caller caller, Kind kind, String name, String policyArn) {
    StoredIdentity identity = names.lock(caller, kind, name);
    if (!attachments.detach(identity, policyArn)) {
      throw ApiError.notFound("Policy %s was not found.".formatted(policyArn));
    }
    principals.changed(identity);
  }

  Page<AttachedPolicy> attached(
      Caller caller, Kind kind, String name, String pathPrefix, Page.Ask ask) {
    StoredIdentity identity = names.get(caller, kind, name);
    String prefix = ":policy" + Listing.prefix(pathPrefix);
    List<String> arns =
        attachments.attached(identity).stream().filter(arn -> arn.contains(prefix)).toList();
    return Page.within(arns, ask, arn -> arn).map(IamShapes::attached);
  }

  /**
   * Sets the boundary of a user or role, or takes it away.
   *
   * @param policyArn empty for no boundary
   */
  void limit(Caller caller, Kind kind, String name, Optional<String> policyArn) {
    policyArn.ifPresent(arn -> names.lockAttachable(caller, arn));
    StoredIdentity identity = names.lock(caller, kind, name);
    requireNotOwnBoundary(caller, identity);
    boolean before = attachments.limit(identity, policyArn);
    if (!before && policyArn.isEmpty()) {
      throw ApiError.notFound(
          "%s %s does not have a permissions boundary."
              .formatted(identity.kind().name().charAt(0) + kind.word().substring(1), name));
    }
    principals.changed(identity);
  }

  /** A boundary that who is within it could lift would be none. */
  private void requireNotOwnBoundary(Caller caller, StoredIdentity identity) {
    boolean own =
        names
            .self(caller)
            .filter(self -> self.uniqueId().equals(identity.uniqueId()))
            .flatMap(attachments::boundary)
            .isPresent();
    if (own) {
      throw ownBoundary(caller);
    }
  }

  /** Also who is within a boundary does not write what it says. */
  void requireNotOwnBoundary(Caller caller, String policyArn) {
    boolean own =
        names.self(caller).flatMap(attachments::boundary).filter(policyArn::equals).isPresent();
    if (own) {
      throw ownBoundary(caller);
    }
  }

  private static ApiError ownBoundary(Caller caller) {
    return ApiError.of(
        ApiError.Kind.ACCESS_DENIED,
        "User: %s is not authorized to change its own permissions boundary"
            .formatted(caller.principal()));
  }
}
