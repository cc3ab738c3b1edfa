package io.gatehouse.runtime.functions;

import io.gatehouse.runtime.exchange.BackendResponse;

/** An invocation that is not made; carries what its caller is answered. */
final class Refused extends RuntimeException {

  private final transient BackendResponse answer;

  Refused(BackendResponse answer) {
    super(answer.headers().first(Answers.ERROR_TYPE), null, false, false);
    this.answer = answer;
  }

  BackendResponse answer() {
    return answer;
  }
}
