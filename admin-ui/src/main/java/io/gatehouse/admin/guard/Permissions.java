package io.gatehouse.admin.guard;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.policy.Decision;
import io.gatehouse.model.policy.PolicyRequest;
import io.gatehouse.model.policy.Principal;
import io.gatehouse.model.policy.Verdict;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Members;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Whether a caller may do what it asks for: its grants say so, and nothing else. Nothing is looked
 * up for it, so that a refusal tells nothing about what there is. Imitates the page "Control access
 * to a REST API with IAM permissions".
 */
record Permissions(InstantSource clock) {

  private static final String CONSOLE = "console";

  /**
   * @param action as {@code apigateway:GET}
   * @param resource the ARN
   * @throws ApiError access denied
   */
  void require(Caller caller, AccessLevel level, String action, String resource, SdkPojo request) {
    Map<String, List<String>> tags = new HashMap<>();
    addTags(request, tags);
    require(caller, level, action, resource, tags);
  }

  /** For what is about users, groups, roles and policies. */
  void require(Caller caller, IamDeed iam, SdkPojo request) {
    Deed deed = iam.deed();
    Map<String, List<String>> context = new HashMap<>(iam.context());
    addTags(request, context);
    if (iam.assumesRole()) {
      requireTrust(caller, iam, context);
      return;
    }
    require(caller, deed.level(), deed.action(), deed.resource(), context);
    iam.target().ifPresent(arn -> require(caller, deed.level(), deed.action(), arn, context));
    boolean foreign =
        deed.owner()
            .filter(owner -> !owner.equals(caller.account()) && !owner.equals(IamDeed.VENDOR))
            .isPresent();
    if (foreign) {
      throw denied(caller, deed.action(), deed.resource(), "");
    }
  }

  /** The role has to trust the caller, whatever the caller's own policies allow. */
  private void requireTrust(Caller caller, IamDeed iam, Map<String, List<String>> context) {
    Deed deed = iam.deed();
    boolean sameAccount = deed.owner().filter(caller.account()::equals).isPresent();
    boolean trusted =
        iam.trust()
            .filter(trust -> trust.verdict(request(caller, deed, context)).allows())
            .isPresent();
    if (!trusted
        || !caller
            .grants()
            .decide(request(caller, deed, context), iam.trust(), sameAccount)
            .allows()) {
      throw denied(caller, deed.action(), deed.resource(), "");
    }
  }

  private PolicyRequest request(Caller caller, Deed deed, Map<String, List<String>> context) {
    return request(caller, deed.level(), deed.action(), deed.resource(), context);
  }

  /** For what has no shape of the vendor's, and sets no tags. */
  void require(Caller caller, AccessLevel level, String action, String resource) {
    require(caller, level, action, resource, Map.of());
  }

  private void require(
      Caller caller,
      AccessLevel level,
      String action,
      String resource,
      Map<String, List<String>> tags) {
    Decision decision = decide(caller, level, action, resource, tags);
    if (!decision.allows()) {
      throw denied(caller, action, resource, why(caller, decision, action));
    }
    if (level == AccessLevel.OPERATE && !caller.account().equals(Caller.PLATFORM_ACCOUNT)) {
      // A tenant writes policies as it likes, and so none of them opens the platform.
      throw denied(caller, action, resource, "");
    }
  }

  /**
   * For what only the console has: its callers are people. An access key never comes this way, so
   * that none can raise its own rights.
   *
   * @throws ApiError access denied
   */
  void requirePerson(Caller caller, AccessLevel level, String query) {
    String action = "gatehouse:" + query;
    if (!caller.door().isForPeople()) {
      throw denied(caller, action, console(caller), "");
    }
    require(caller, level, action, console(caller));
  }

  /** Whether a person would be let through to anything of this level. */
  boolean mayPerson(Caller caller, AccessLevel level) {
    try {
      requirePerson(caller, level, "Console");
      return true;
    } catch (ApiError denied) {
      return false;
    }
  }

  private static String console(Caller caller) {
    return new Arn("aws", "gatehouse", caller.region(), caller.account(), CONSOLE).toString();
  }

  private Decision decide(
      Caller caller,
      AccessLevel level,
      String action,
      String resource,
      Map<String, List<String>> tags) {
    return caller.grants().decide(request(caller, level, action, resource, tags));
  }

  private PolicyRequest request(
      Caller caller,
      AccessLevel level,
      String action,
      String resource,
      Map<String, List<String>> known) {
    Map<String, List<String>> context = new HashMap<>(known);
    caller.tags().forEach((key, value) -> context.put("aws:PrincipalTag/" + key, List.of(value)));
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    context.put("gatehouse:AccessLevel", List.of(level.word()));
    context.put("aws:CurrentTime", List.of(now.toString()));
    context.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
    context.put("aws:PrincipalAccount", List.of(caller.account()));
    context.put("aws:PrincipalArn", List.of(caller.issuer()));
    context.put("aws:PrincipalType", List.of(caller.isRoleSession() ? "AssumedRole" : "User"));
    context.put("aws:RequestedRegion", List.of(caller.region()));
    context.put("aws:SecureTransport", List.of(Boolean.toString(caller.origin().secure())));
    context.put("aws:userid", List.of(caller.userId()));
    if (!caller.isRoleSession()) {
      context.put("aws:username", List.of(caller.userName()));
    }
    if (!caller.origin().address().isEmpty()) {
      context.put("aws:SourceIp", List.of(caller.origin().address()));
    }
    Principal principal =
        caller.isRoleSession()
            ? Principal.session(caller.account(), caller.principal(), caller.issuer())
            : new Principal(caller.account(), caller.principal());
    return new PolicyRequest(principal, action, resource, context);
  }

  /** The tags that a request sets, and the keys of those that it sets or takes away. */
  private static void addTags(SdkPojo request, Map<String, List<String>> context) {
    Object set = member(request, "tags");
    Map<Object, Object> tags = new HashMap<>();
    if (set instanceof Map<?, ?> map) {
      tags.putAll(map);
    } else if (set instanceof List<?> list) {
      list.forEach(tag -> addTag((SdkPojo) tag, tags));
    }
    if (!tags.isEmpty()) {
      tags.forEach((key, value) -> context.put("aws:RequestTag/" + key, List.of(value.toString())));
      context.put("aws:TagKeys", texts(tags.keySet()));
    } else if (member(request, "tagKeys") instanceof List<?> keys) {
      context.put("aws:TagKeys", texts(keys));
    }
  }

  private static void addTag(SdkPojo tag, Map<Object, Object> tags) {
    Members.find(tag, "Key").ifPresent(key -> tags.put(key, Members.find(tag, "Value").orElse("")));
  }

  /** Some services begin the names of members with a capital. */
  private static Object member(SdkPojo request, String name) {
    String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return Members.find(request, name).or(() -> Members.find(request, capital)).orElse(null);
  }

  private static List<String> texts(Collection<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  /** People know no policies: that no statement allows it is told to programs only. */
  private static String why(Caller caller, Decision decision, String action) {
    return caller.door().isForPeople() && decision.kind() == Verdict.Kind.NO_STATEMENT
        ? ""
        : decision.why(action);
  }

  /** In the vendor's words. */
  static ApiError denied(Caller caller, String action, String resource, String why) {
    return ApiError.of(
        ApiError.Kind.ACCESS_DENIED,
        "User: %s is not authorized to perform: %s on resource: %s%s"
            .formatted(caller.principal(), action, resource, why));
  }
}
