package io.gatehouse.runtime.functions;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.policy.Decision;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.policy.PolicyRequest;
import io.gatehouse.model.policy.Principal;
import io.gatehouse.model.policy.Verdict;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.runtime.compile.AccountAccess;
import io.gatehouse.runtime.compile.Identities;
import io.gatehouse.runtime.exchange.FunctionCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether a caller may invoke a function: by its role, which is one of the account's IAM or stands
 * for one of the vendor's, or by the function's own policy.
 */
final class InvokePermission {

  private static final String ACTION = "lambda:InvokeFunction";
  private static final String API_GATEWAY = "apigateway.amazonaws.com";
  private static final int MOST_POLICIES = 10_000;

  /** In the place of a role's policy that cannot be read: it may have denied anything. */
  private static final Policy DENY_ALL =
      Policy.parse(
          "{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}",
          Policy.Kind.IDENTITY);

  private final AccountAccess accounts;
  private final Identities identities;

  /** Read once for each text; empty for an unreadable one. */
  private final Map<Policy.Kind, Map<String, Optional<Policy>>> read =
      Map.of(
          Policy.Kind.IDENTITY, new ConcurrentHashMap<>(),
          Policy.Kind.FUNCTION, new ConcurrentHashMap<>(),
          Policy.Kind.TRUST, new ConcurrentHashMap<>());

  InvokePermission(AccountAccess accounts, Identities identities) {
    this.accounts = accounts;
    this.identities = identities;
  }

  void check(FunctionCall call, Chosen chosen) {
    switch (call.invoker()) {
      case FunctionCall.Invoker.Trusted trusted -> {}
      case FunctionCall.Invoker.Role(String arn) -> checkRole(call.account(), arn, chosen);
      case FunctionCall.Invoker.Service(String source) ->
          checkService(call.account(), source, chosen);
    }
  }

  /** Where both know the role, a deny of either denies and an allow of either suffices. */
  private void checkRole(String account, String role, Chosen chosen) {
    Optional<PrincipalSnapshot> own = role(account, role);
    Optional<RoleAccess> access = Optional.ofNullable(accounts.access(account).roles().get(role));
    Decision ofAccess = decision(access.flatMap(RoleAccess::policy), account, role, chosen);
    Decision ofIam = own.map(found -> decision(found, chosen)).orElse(ofAccess);
    if (ofIam.deniesExplicitly() || ofAccess.deniesExplicitly()) {
      Decision denial = ofIam.deniesExplicitly() ? ofIam : ofAccess;
      throw Answers.denied(role, chosen.arn(), denial.why(ACTION).strip());
    }
    if (!ofIam.allows() && !ofAccess.allows()) {
      throw Answers.denied(role, chosen.arn(), ofIam.why(ACTION).strip());
    }
  }

  /** One of the account's, that trusts API Gateway to act as it. */
  private Optional<PrincipalSnapshot> role(String account, String arn) {
    return Arn.parse(arn)
        .filter(named -> named.account().equals(account) && named.service().equals("iam"))
        .map(named -> named.resource().substring(named.resource().lastIndexOf('/') + 1))
        .map(name -> identities.principal(account, PrincipalSnapshot.Kind.ROLE, name))
        .filter(found -> found.arn().equals(arn))
        .filter(this::trustsApiGateway);
  }

  private boolean trustsApiGateway(PrincipalSnapshot role) {
    PolicyRequest request =
        new PolicyRequest(
            Principal.service(API_GATEWAY),
            "sts:AssumeRole",
            role.arn(),
            Map.of("aws:SourceAccount", List.of(role.account())));
    return role.trust()
        .flatMap(text -> policy(text, Policy.Kind.TRUST))
        .filter(trust -> trust.verdict(request).allows())
        .isPresent();
  }

  private Decision decision(PrincipalSnapshot role, Chosen chosen) {
    Grants grants =
        new Grants(
            role.policies().stream().map(this::identityPolicy).toList(),
            role.boundary().map(this::identityPolicy),
            Optional.empty());
    return grants.decide(request(role.account(), role.arn(), chosen));
  }

  private Decision decision(Optional<String> policy, String account, String role, Chosen chosen) {
    Grants grants =
        policy.map(this::identityPolicy).map(read -> Grants.of(read)).orElse(Grants.NONE);
    return grants.decide(request(account, role, chosen));
  }

  private static PolicyRequest request(String account, String role, Chosen chosen) {
    return new PolicyRequest(new Principal(account, role), ACTION, chosen.arn(), Map.of());
  }

  private Policy identityPolicy(String text) {
    return policy(text, Policy.Kind.IDENTITY).orElse(DENY_ALL);
  }

  private void checkService(String account, String sourceArn, Chosen chosen) {
    PolicyRequest request =
        new PolicyRequest(
            Principal.service(API_GATEWAY),
            ACTION,
            chosen.arn(),
            Map.of("AWS:SourceArn", List.of(sourceArn), "AWS:SourceAccount", List.of(account)));
    Verdict.Kind verdict =
        Optional.ofNullable(chosen.function().policies().get(chosen.qualifier()))
            .flatMap(text -> policy(text, Policy.Kind.FUNCTION))
            .map(policy -> policy.verdict(request).kind())
            .orElse(Verdict.Kind.NO_STATEMENT);
    switch (verdict) {
      case ALLOW -> {}
      case EXPLICIT_DENY ->
          throw Answers.denied(
              API_GATEWAY, chosen.arn(), "with an explicit deny in a resource-based policy");
      case NO_STATEMENT ->
          throw Answers.denied(
              API_GATEWAY,
              chosen.arn(),
              "because no resource-based policy allows the " + ACTION + " action");
    }
  }

  private Optional<Policy> policy(String text, Policy.Kind kind) {
    Map<String, Optional<Policy>> ofKind = read.get(kind);
    Optional<Policy> known = ofKind.get(text);
    if (known != null) {
      return known;
    }
    if (ofKind.size() >= MOST_POLICIES) {
      ofKind.clear();
    }
    return ofKind.computeIfAbsent(
        text,
        k -> {
          try {
            return Optional.of(Policy.parse(text, kind));
          } catch (InvalidPolicy e) {
            return Optional.empty();
          }
        });
  }
}
