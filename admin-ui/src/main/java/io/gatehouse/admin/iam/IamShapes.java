package io.gatehouse.admin.iam;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ManagedPolicy;
import io.gatehouse.admin.store.IdentityDocument;
import io.gatehouse.admin.store.StoredIdentity;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/** Rows as the vendor's shapes. Listings leave out tags and boundaries, as the vendor's do. */
final class IamShapes {

  private IamShapes() {}

  static User user(StoredIdentity user) {
    return User.builder()
        .path(user.path())
        .userName(user.name())
        .userId(user.uniqueId())
        .arn(user.arn())
        .createDate(user.body().created())
        .build();
  }

  static User user(StoredIdentity user, Optional<String> boundary) {
    return user(user).toBuilder()
        .permissionsBoundary(boundary.map(IamShapes::boundary).orElse(null))
        .tags(tags(user))
        .build();
  }

  static Group group(StoredIdentity group) {
    return Group.builder()
        .path(group.path())
        .groupName(group.name())
        .groupId(group.uniqueId())
        .arn(group.arn())
        .createDate(group.body().created())
        .build();
  }

  static Role role(StoredIdentity role) {
    IdentityDocument body = role.body();
    return Role.builder()
        .path(role.path())
        .roleName(role.name())
        .roleId(role.uniqueId())
        .arn(role.arn())
        .createDate(body.created())
        .assumeRolePolicyDocument(body.trust().map(PolicyDocuments::encoded).orElse(null))
        .description(body.description().orElse(null))
        .maxSessionDuration(body.maxSessionSeconds())
        .build();
  }

  static Role role(StoredIdentity role, Optional<String> boundary) {
    return role(role).toBuilder()
        .permissionsBoundary(boundary.map(IamShapes::boundary).orElse(null))
        .tags(tags(role))
        .build();
  }

  /** Null, which is left out, for none. */
  private static List<Tag> tags(StoredIdentity identity) {
    List<Tag> tags = IamTags.list(identity.body().tags());
    return tags.isEmpty() ? null : tags;
  }

  private static AttachedPermissionsBoundary boundary(String arn) {
    return AttachedPermissionsBoundary.builder()
        .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
        .permissionsBoundaryArn(arn)
        .build();
  }

  static AttachedPolicy attached(String arn) {
    return AttachedPolicy.builder()
        .policyArn(arn)
        .policyName(arn.substring(arn.lastIndexOf('/') + 1))
        .build();
  }

  /** The unique id of a built-in policy: the same in every installation. */
  static String policyId(ManagedPolicy policy) {
    return "ANPA" + Caller.derivedId(policy.arn()).substring("AIDA".length());
  }
}
