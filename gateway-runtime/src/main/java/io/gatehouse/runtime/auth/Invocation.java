package io.gatehouse.runtime.auth;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.policy.Decision;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.policy.PolicyContext;
import io.gatehouse.model.policy.PolicyRequest;
import io.gatehouse.model.policy.Principal;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Permissions;
import io.gatehouse.runtime.exchange.StageAccess;
import java.util.Optional;

/**
 * A method as a caller invokes it: what policies are asked about. The resource is the request's own
 * verb and path below the stage; of a path that can be read in more ways than one every reading is
 * asked about ({@link PathForms}).
 */
public final class Invocation {

  /** What callers do. */
  public static final String ACTION = "execute-api:Invoke";

  private static final int SHOWN_DIGITS = 4;

  private final StageAccess stage;
  private final String verb;
  private final String path;
  private final PolicyContext context;

  private Invocation(Exchange x, StageAccess stage) {
    this.stage = stage;
    this.verb = x.request().method();
    this.path = x.path();
    this.context = new RequestContext(x, stage);
  }

  public static Invocation of(Exchange x, StageAccess stage) {
    return new Invocation(x, stage);
  }

  /** As refusals tell it: of the account the last four digits only. */
  public String maskedArn() {
    String account = stage.account();
    String shown = account.substring(account.length() - SHOWN_DIGITS);
    return arn("*".repeat(account.length() - SHOWN_DIGITS) + shown, path);
  }

  /**
   * What the caller's own policies and the API's resource policy say together.
   *
   * @param more condition keys of the caller, before those that every request has
   * @param sameAccount whether the caller's account is the API's
   */
  public Decision decide(Principal who, PolicyContext more, Grants grants, boolean sameAccount) {
    return strictest(reading(ACTION, who, more, grants, sameAccount), false);
  }

  /** What else they let the same caller do here. */
  Permissions permissions(Principal who, PolicyContext more, Grants grants, boolean sameAccount) {
    return action -> strictest(reading(action, who, more, grants, sameAccount), false).allows();
  }

  /** The same of a caller of whom a Lambda authorizer's answer tells. */
  Permissions permissionsAsTold(Grants answer) {
    return action ->
        strictest(reading(action, Principal.ANONYMOUS, PolicyContext.NONE, answer, true), true)
            .allows();
  }

  /** The same of somebody whom nobody knows. */
  Permissions permissionsAlone() {
    return permissions(Principal.ANONYMOUS, PolicyContext.NONE, Grants.NONE, true);
  }

  /**
   * What a Lambda authorizer's answer and the resource policy say together: the answer counts as an
   * identity-based policy of the same account (the vendor's table A). Its function was told the
   * path as it is routed, so a slash that was encoded there may stay so in what it allows.
   */
  Decision decideAsTold(Grants answer) {
    return strictest(reading(ACTION, Principal.ANONYMOUS, PolicyContext.NONE, answer, true), true);
  }

  private Reading reading(
      String action, Principal who, PolicyContext more, Grants grants, boolean sameAccount) {
    Optional<Policy> resource = Optional.ofNullable(stage.policy());
    PolicyContext all = more == PolicyContext.NONE ? context : more.or(context);
    return path -> grants.decide(new PolicyRequest(who, action, path, all), resource, sameAccount);
  }

  /** What the resource policy alone says about somebody whom nobody knows. */
  Decision decideAlone() {
    return decide(Principal.ANONYMOUS, PolicyContext.NONE, Grants.NONE, true);
  }

  /** What is decided about one reading of the path. */
  private interface Reading {
    Decision of(String arn);
  }

  /**
   * @param told whether what may allow knows the path as it is routed
   */
  private Decision strictest(Reading reading, boolean told) {
    PathForms forms = PathForms.of(path);
    if (forms == null) {
      return Decision.DENIED;
    }
    Decision decision = reading.of(arn(stage.account(), forms.routed()));
    if (forms.read() != null && !decision.deniesExplicitly()) {
      Decision read = reading.of(arn(stage.account(), forms.read()));
      boolean counts =
          switch (forms.place()) {
            case SAME -> !decision.allows();
            case BELOW -> decision.allows() && !told;
            case ELSEWHERE -> decision.allows();
          };
      decision = read.deniesExplicitly() || counts ? read : decision;
    }
    for (String other : forms.others()) {
      if (!decision.deniesExplicitly()) {
        Decision also = reading.of(arn(stage.account(), other));
        decision = also.deniesExplicitly() ? also : decision;
      }
    }
    return decision;
  }

  /** As {@link Arn#executeApi} spells it, in one go: every request has one. */
  private String arn(String account, String at) {
    return "arn:aws:execute-api:"
        + stage.region()
        + ":"
        + account
        + ":"
        + stage.apiId()
        + "/"
        + stage.stageName()
        + "/"
        + verb
        + (at.startsWith("/") ? "" : "/")
        + at;
  }
}
