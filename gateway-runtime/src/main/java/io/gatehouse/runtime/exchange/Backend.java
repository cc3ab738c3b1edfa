package io.gatehouse.runtime.exchange;

/**
 * What an integration calls. Never blocks: the answer comes through {@link Reply}, on the caller's
 * own event loop.
 */
public interface Backend {

  /** Calls exactly one of the reply's methods, once. */
  void call(Exchange x, BackendRequest request, Reply reply);

  /** Where it goes over HTTP; null for what the gateway answers itself. */
  default HttpTarget target() {
    return null;
  }

  /**
   * Scheme, host and port of where it goes, as a test's log shows them; null for what the gateway
   * answers itself.
   */
  default String address() {
    HttpTarget target = target();
    return target == null ? null : target.address();
  }

  /** Where the answer goes. */
  interface Reply {
    void answer(BackendResponse response);

    void fail(GatewayException failure);
  }
}
