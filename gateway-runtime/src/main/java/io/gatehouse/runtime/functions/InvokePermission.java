package io.gatehouse.runtime.functions;

import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.policy.PolicyRequest;
import io.gatehouse.model.policy.Principal;
import io.gatehouse.model.policy.Verdict;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.runtime.compile.AccountAccess;
import io.gatehouse.runtime.exchange.FunctionCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a caller may invoke a function: by its role's policy, or by the function's own. */
final class InvokePermission {

  private static final String ACTION = "lambda:InvokeFunction";
  private static final String API_GATEWAY = "apigateway.amazonaws.com";
  private static final int MOST_POLICIES = 10_000;

  private final AccountAccess accounts;

  /** Read once for each text; an unreadable one allows nothing. */
  private final Map<Policy.Kind, Map<String, Optional<Policy>>> read =
      Map.of(
          Policy.Kind.IDENTITY, new ConcurrentHashMap<>(),
          Policy.Kind.FUNCTION, new ConcurrentHashMap<>());

  InvokePermission(AccountAccess accounts) {
    this.accounts = accounts;
  }

  void check(FunctionCall call, Chosen chosen) {
    switch (call.invoker()) {
      case FunctionCall.Invoker.Trusted trusted -> {}
      case FunctionCall.Invoker.Role(String arn) -> checkRole(call.account(), arn, chosen);
      case FunctionCall.Invoker.Service(String source) ->
          checkService(call.account(), source, chosen);
    }
  }

  private void checkRole(String account, String role, Chosen chosen) {
    Optional<String> policy =
        Optional.ofNullable(accounts.access(account).roles().get(role)).flatMap(RoleAccess::policy);
    decide(
        policy,
        Policy.Kind.IDENTITY,
        new PolicyRequest(new Principal(account, role), ACTION, chosen.arn(), Map.of()),
        role);
  }

  private void checkService(String account, String sourceArn, Chosen chosen) {
    decide(
        Optional.ofNullable(chosen.function().policies().get(chosen.qualifier())),
        Policy.Kind.FUNCTION,
        new PolicyRequest(
            Principal.service(API_GATEWAY),
            ACTION,
            chosen.arn(),
            Map.of("AWS:SourceArn", List.of(sourceArn), "AWS:SourceAccount", List.of(account))),
        API_GATEWAY);
  }

  private void decide(Optional<String> text, Policy.Kind kind, PolicyRequest request, String who) {
    Verdict.Kind verdict =
        text.flatMap(policy -> policy(policy, kind))
            .map(policy -> policy.verdict(request).kind())
            .orElse(Verdict.Kind.NO_STATEMENT);
    String basis = kind == Policy.Kind.IDENTITY ? "identity-based" : "resource-based";
    switch (verdict) {
      case ALLOW -> {}
      case EXPLICIT_DENY ->
          throw Answers.denied(
              who, request.resource(), "with an explicit deny in a " + basis + " policy");
      case NO_STATEMENT ->
          throw Answers.denied(
              who,
              request.resource(),
              "because no " + basis + " policy allows the " + ACTION + " action");
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
