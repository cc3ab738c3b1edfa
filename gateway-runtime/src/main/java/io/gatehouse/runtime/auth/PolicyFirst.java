package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.StageAccess;

/**
 * The resource policy before another authorizer, after it, or alone. Imitates the page "How API
 * Gateway resource policies affect authorization workflow".
 */
public final class PolicyFirst {

  private PolicyFirst() {}

  /** Of a method without authorization: a statement has to allow the call. */
  static Authorizer alone(StageAccess stage) {
    ResourcePolicyCheck check = new ResourcePolicyCheck(stage);
    return x -> {
      check.requireAllowed(x);
      return true;
    };
  }

  /**
   * A caller whom the policy denies never gets as far as the authorizer, which has to join what it
   * finds out with the policy once more, by {@link Invocation#decide}: an allow of either suffices.
   */
  public static Authorizer before(StageAccess stage, Authorizer next) {
    return stage.policy() == null ? next : new Before(new ResourcePolicyCheck(stage), next);
  }

  /** Who has passed the authorizer is still nobody to the policy, which has to allow the call. */
  public static Authorizer after(StageAccess stage, Authorizer first) {
    return stage.policy() == null ? first : new After(new ResourcePolicyCheck(stage), first);
  }

  private record Before(ResourcePolicyCheck check, Authorizer next) implements Authorizer {

    @Override
    public boolean wantsBody(Exchange x) {
      return next.wantsBody(x);
    }

    @Override
    public boolean passes(Exchange x) {
      check.requireNotDenied(x);
      return next.passes(x);
    }

    @Override
    public void fetch(Exchange x, Reply reply) {
      next.fetch(x, reply);
    }
  }

  private record After(ResourcePolicyCheck check, Authorizer first) implements Authorizer {

    @Override
    public boolean wantsBody(Exchange x) {
      return first.wantsBody(x);
    }

    @Override
    public boolean passes(Exchange x) {
      boolean passes = first.passes(x);
      if (passes) {
        check.requireAllowed(x);
      }
      return passes;
    }

    @Override
    public void fetch(Exchange x, Reply reply) {
      first.fetch(
          x,
          new Reply() {
            @Override
            public void pass() {
              GatewayException refusal = refusal(x);
              if (refusal == null) {
                reply.pass();
              } else {
                reply.refuse(refusal);
              }
            }

            @Override
            public void refuse(GatewayException refusal) {
              reply.refuse(refusal);
            }
          });
    }

    private GatewayException refusal(Exchange x) {
      try {
        check.requireAllowed(x);
        return null;
      } catch (GatewayException refusal) {
        return refusal;
      } catch (RuntimeException | StackOverflowError bug) {
        return GatewayException.bug(bug);
      }
    }
  }
}
