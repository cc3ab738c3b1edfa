package io.gatehouse.admin.guard;

import io.gatehouse.admin.guard.IdentityDirectory.Entry;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.wire.Members;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An operation of IAM or the Security Token Service as policies see it. Whom it is about is looked
 * up, for its path is in its ARN and nobody shall get round a policy by leaving it out. Imitates
 * the "Service authorization reference".
 *
 * @param context values by condition key
 * @param target what a renaming makes of it, which has to be allowed as well; else empty
 * @param trust of AssumeRole: who may assume the role; empty when there is no such role
 */
record IamDeed(
    Deed deed, Map<String, List<String>> context, Optional<String> target, Optional<Policy> trust) {

  static final Set<String> SERVICES = Set.of("iam", "sts");

  /** The built-in policies' owner, in their ARNs. */
  static final String VENDOR = "aws";

  private static final String ASSUME_ROLE = "AssumeRole";
  private static final String EVERYTHING = "*";
  private static final int LONGEST_SHOWN = 300;

  /** Operations on all of a kind, with what their ARN begins with. */
  private static final Map<String, String> LISTINGS =
      Map.of(
          "ListUsers",
          "user",
          "ListGroups",
          "group",
          "ListRoles",
          "role",
          "ListPolicies",
          "policy");

  /** They are about users, and mean the caller where they name none. */
  private static final Set<String> ABOUT_THE_CALLER =
      Set.of(
          "GetUser",
          "CreateAccessKey",
          "ListAccessKeys",
          "UpdateAccessKey",
          "DeleteAccessKey",
          "ListMFADevices",
          "ListSigningCertificates",
          "ListSSHPublicKeys",
          "ListServiceSpecificCredentials",
          "GetLoginProfile",
          "DeleteLoginProfile");

  static IamDeed of(
      Caller caller,
      String service,
      String operation,
      SdkPojo request,
      IdentityDirectory directory) {
    Map<String, List<String>> context = new HashMap<>();
    Optional<Entry> entry = entry(caller, request, directory);
    entry.ifPresent(found -> addEntry(context, found));
    add(context, "iam:PolicyARN", text(request, "PolicyArn"));
    add(context, "iam:PermissionsBoundary", text(request, "PermissionsBoundary"));
    add(context, "sts:ExternalId", text(request, "ExternalId"));
    add(context, "sts:RoleSessionName", text(request, "RoleSessionName"));
    String resource = entry.map(Entry::arn).orElseGet(() -> resource(caller, operation, request));
    Deed deed =
        new Deed(
            operation,
            service + ":" + operation,
            shown(resource),
            level(operation),
            level(operation) == AccessLevel.READ ? AuditEntry.Kind.READ : AuditEntry.Kind.CHANGE);
    Optional<Policy> trust =
        operation.equals(ASSUME_ROLE)
            ? text(request, "RoleArn").flatMap(directory::trust)
            : Optional.empty();
    Optional<String> target = entry.flatMap(found -> target(request, found.arn()));
    return new IamDeed(deed, Map.copyOf(context), target, trust);
  }

  private static Optional<String> target(SdkPojo request, String arn) {
    Optional<String> path = text(request, "NewPath");
    Optional<String> name = text(request, "NewUserName").or(() -> text(request, "NewGroupName"));
    if (path.isEmpty() && name.isEmpty()) {
      return Optional.empty();
    }
    int begin = arn.indexOf('/');
    int end = arn.lastIndexOf('/') + 1;
    return Optional.of(
        shown(
            arn.substring(0, begin)
                + path.orElse(arn.substring(begin, end))
                + name.orElse(arn.substring(end))));
  }

  boolean assumesRole() {
    return deed.operation().equals(ASSUME_ROLE);
  }

  private static AccessLevel level(String operation) {
    if (operation.equals(ASSUME_ROLE)) {
      return AccessLevel.WRITE;
    }
    boolean reads = operation.startsWith("Get") || operation.startsWith("List");
    return reads ? AccessLevel.READ : AccessLevel.PERMISSIONS;
  }

  /** Empty for what is about none of them, or about one that there is not, or not yet. */
  private static Optional<Entry> entry(
      Caller caller, SdkPojo request, IdentityDirectory directory) {
    for (String kind : List.of("group", "role", "user")) {
      Optional<String> name = text(request, member(kind));
      if (name.isPresent()) {
        return directory.find(caller.account(), kind, name.get());
      }
    }
    return Optional.empty();
  }

  private static String member(String kind) {
    return Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + "Name";
  }

  private static void addEntry(Map<String, List<String>> context, Entry entry) {
    add(context, "iam:PermissionsBoundary", entry.boundary());
    entry
        .tags()
        .forEach(
            (key, value) -> {
              context.put("aws:ResourceTag/" + key, List.of(value));
              context.put("iam:ResourceTag/" + key, List.of(value));
            });
  }

  private static void add(Map<String, List<String>> context, String key, Optional<String> value) {
    value.ifPresent(text -> context.put(key, List.of(text)));
  }

  private static String resource(Caller caller, String operation, SdkPojo request) {
    String path = text(request, "Path").orElse("/");
    for (String kind : List.of("group", "role", "user")) {
      Optional<String> name = text(request, member(kind));
      if (name.isPresent()) {
        return arn(caller, kind + path + name.get());
      }
    }
    if (ABOUT_THE_CALLER.contains(operation)) {
      return caller.issuer().startsWith("arn:") ? caller.issuer() : EVERYTHING;
    }
    if (LISTINGS.containsKey(operation)) {
      return arn(caller, LISTINGS.get(operation) + text(request, "PathPrefix").orElse("/"));
    }
    return text(request, "PolicyArn")
        .or(() -> text(request, "RoleArn"))
        .or(() -> text(request, "PolicyName").map(name -> arn(caller, "policy" + path + name)))
        .orElse(EVERYTHING);
  }

  private static String arn(Caller caller, String resource) {
    return new Arn("aws", "iam", "", caller.account(), resource).toString();
  }

  private static Optional<String> text(SdkPojo request, String member) {
    return Members.find(request, member).map(Object::toString);
  }

  /** A longer one names nothing, which is told a moment later. */
  private static String shown(String arn) {
    return arn.length() > LONGEST_SHOWN + 700 ? arn.substring(0, LONGEST_SHOWN) + "..." : arn;
  }
}
