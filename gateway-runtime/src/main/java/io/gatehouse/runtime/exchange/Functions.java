package io.gatehouse.runtime.exchange;

/** The functions that run on this machine. */
public interface Functions {

  /** Whether this installation's host runs functions for the account. */
  boolean hosts(String account);

  /**
   * Never blocks. The answer is what Lambda's Invoke would answer over HTTP: 200 with what the
   * function returned, and {@code X-Amz-Function-Error} where it failed; 202 for an event taken;
   * the vendor's errors with {@code x-amzn-ErrorType} otherwise. Comes on the caller's event loop
   * where it has one.
   */
  void invoke(FunctionCall call, Backend.Reply reply);

  /** Where no functions run. */
  Functions NONE =
      new Functions() {
        @Override
        public boolean hosts(String account) {
          return false;
        }

        @Override
        public void invoke(FunctionCall call, Backend.Reply reply) {
          throw new IllegalStateException("no functions run here");
        }
      };
}
