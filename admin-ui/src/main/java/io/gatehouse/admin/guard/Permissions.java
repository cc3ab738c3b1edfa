package io.gatehouse.admin.guard;

import io.gatehouse.admin.guard.Caller.Door;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.model.policy.Policy;
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
 * Whether a caller may do what it asks for: its role, and the policy of its access key. Nothing is
 * looked up for it, so that a refusal tells nothing about what there is. Imitates the page "Control
 * access to a REST API with IAM permissions".
 */
record Permissions(InstantSource clock) {

  /**
   * @param action as {@code apigateway:GET}
   * @param resource the ARN
   * @throws ApiError access denied
   */
  void require(Caller caller, Role least, String action, String resource, SdkPojo request) {
    Map<String, List<String>> tags = new HashMap<>();
    addTags(request, tags);
    require(caller, least, action, resource, tags);
  }

  /** For what has no shape of the vendor's, and sets no tags. */
  void require(Caller caller, Role least, String action, String resource) {
    require(caller, least, action, resource, Map.of());
  }

  private void require(
      Caller caller, Role least, String action, String resource, Map<String, List<String>> tags) {
    if (!hasRole(caller, least)) {
      throw denied(caller, action, resource, silence(caller, action));
    }
    if (caller.policy().isPresent()) {
      Verdict verdict = verdict(caller.policy().get(), caller, action, resource, tags);
      switch (verdict.kind()) {
        case ALLOW -> {}
        case EXPLICIT_DENY ->
            throw denied(
                caller, action, resource, " with an explicit deny in an identity-based policy");
        case NO_STATEMENT -> throw denied(caller, action, resource, silence(caller, action));
      }
    }
  }

  /**
   * For what only the console has: its callers are people. An access key never comes this way, so
   * that none can raise its own rights.
   *
   * @throws ApiError access denied
   */
  static void requirePerson(Caller caller, Role least, String query) {
    if (caller.door() != Door.CONSOLE || !hasRole(caller, least)) {
      throw denied(caller, "gatehouse:" + query, "account " + caller.account(), "");
    }
  }

  private static boolean hasRole(Caller caller, Role least) {
    // Roles are declared from the mightiest to the least.
    return caller.roles().stream().anyMatch(role -> role.compareTo(least) <= 0);
  }

  private Verdict verdict(
      Policy policy,
      Caller caller,
      String action,
      String resource,
      Map<String, List<String>> tags) {
    Map<String, List<String>> context = new HashMap<>(tags);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    context.put("aws:CurrentTime", List.of(now.toString()));
    context.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
    context.put("aws:PrincipalAccount", List.of(caller.account()));
    context.put("aws:PrincipalArn", List.of(caller.principal()));
    context.put("aws:PrincipalType", List.of("User"));
    context.put("aws:RequestedRegion", List.of(caller.region()));
    context.put("aws:SecureTransport", List.of(Boolean.toString(caller.origin().secure())));
    context.put("aws:userid", List.of(caller.userId()));
    context.put("aws:username", List.of(caller.userName()));
    if (!caller.origin().address().isEmpty()) {
      context.put("aws:SourceIp", List.of(caller.origin().address()));
    }
    Principal principal = new Principal(caller.account(), caller.principal());
    return policy.verdict(new PolicyRequest(principal, action, resource, context));
  }

  /** The tags that a request sets, and the keys of those that it sets or takes away. */
  private static void addTags(SdkPojo request, Map<String, List<String>> context) {
    if (member(request, "tags") instanceof Map<?, ?> tags) {
      tags.forEach((key, value) -> context.put("aws:RequestTag/" + key, List.of(value.toString())));
      context.put("aws:TagKeys", texts(tags.keySet()));
    } else if (member(request, "tagKeys") instanceof List<?> keys) {
      context.put("aws:TagKeys", texts(keys));
    }
  }

  /** Some services begin the names of members with a capital. */
  private static Object member(SdkPojo request, String name) {
    String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return Members.find(request, name).or(() -> Members.find(request, capital)).orElse(null);
  }

  private static List<String> texts(Collection<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  private static String silence(Caller caller, String action) {
    return caller.door() == Door.CONSOLE
        ? ""
        : " because no identity-based policy allows the " + action + " action";
  }

  /** In the vendor's words. */
  static ApiError denied(Caller caller, String action, String resource, String why) {
    return ApiError.of(
        ApiError.Kind.ACCESS_DENIED,
        "User: %s is not authorized to perform: %s on resource: %s%s"
            .formatted(caller.principal(), action, resource, why));
  }
}
