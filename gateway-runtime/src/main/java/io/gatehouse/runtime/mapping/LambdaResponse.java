package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseMapping;
import io.gatehouse.runtime.mapping.IntegrationResponses.Choice;
import io.gatehouse.runtime.pattern.JavaPattern;
import java.util.List;

/**
 * The answers of a Lambda integration that is no proxy: a function that fails chooses an
 * integration response by its {@code errorMessage}, one that does not gets the default one
 * (recorded: lambda-integration.json).
 */
public final class LambdaResponse implements ResponseMapping {

  /** An integration response, and what the whole of an error message has to be for it. */
  public record Selected(JavaPattern pattern, Choice choice) {}

  private final List<Selected> selected;
  private final IntegrationResponses responses;

  /**
   * @param selected in the order in which they are tried
   * @param responses the same and the default one
   */
  public LambdaResponse(List<Selected> selected, IntegrationResponses responses) {
    this.selected = List.copyOf(selected);
    this.responses = responses;
  }

  @Override
  public boolean wantsBody(Exchange x, BackendResponse answer) {
    return true;
  }

  @Override
  public Response map(Exchange x, BackendResponse answer) {
    InvokeAnswer invoked = InvokeAnswer.of(answer, x.budget());
    return invoked.functionFailed()
        ? responses.answer(x, answer, choice(x, invoked.errorMessage(x.budget())))
        : responses.answer(x, answer, responses.otherwise());
  }

  /** The patterns are a tenant's and the message a function's: the exchange pays for both. */
  private Choice choice(Exchange x, String errorMessage) {
    for (Selected one : selected) {
      if (one.pattern().matches(errorMessage, x.budget())) {
        return one.choice();
      }
    }
    return responses.otherwise();
  }
}
