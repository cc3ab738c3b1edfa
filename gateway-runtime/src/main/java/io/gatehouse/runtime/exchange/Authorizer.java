package io.gatehouse.runtime.exchange;

/**
 * Decides whether a caller may call a method: by the API's resource policy and the method's own
 * authorization, together. Whatever it does not know is a refusal.
 */
public interface Authorizer {

  /** Of a method that everybody may call, of an API without a policy. */
  Authorizer NONE = x -> true;

  /** Whether it needs all of the caller's body, because a signature covers it. */
  default boolean wantsBody(Exchange x) {
    return false;
  }

  /**
   * Decides by what is in hand, on the event loop.
   *
   * @return true for a caller that may pass, whose {@link Exchange#identity} is set then; false
   *     when something has to be fetched first
   * @throws GatewayException the refusal
   */
  boolean passes(Exchange x);

  /**
   * Fetches what was missing, then decides. Never blocks, and calls exactly one of the reply's
   * methods, once, on the exchange's own event loop.
   */
  default void fetch(Exchange x, Reply reply) {
    throw new IllegalStateException(getClass().getSimpleName() + " has nothing to fetch");
  }

  /** Where the decision goes. */
  interface Reply {
    void pass();

    void refuse(GatewayException refusal);
  }
}
