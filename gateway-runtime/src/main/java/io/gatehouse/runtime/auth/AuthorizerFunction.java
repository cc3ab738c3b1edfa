package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.exchange.AuthorizerTarget.Function;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Gathering;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.mapping.AuthorizerEvent;
import io.gatehouse.runtime.mapping.InvokeAnswer;
import io.gatehouse.runtime.mapping.LambdaInvocation;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the function of a Lambda authorizer about a caller. */
public final class AuthorizerFunction {

  private static final Logger LOG = LoggerFactory.getLogger(AuthorizerFunction.class);

  private static final int MOST_BYTES = 64 << 10;
  private static final long STEPS = 20L * MOST_BYTES;

  /** What a function says of a caller that it does not know. */
  private static final String UNAUTHORIZED = "Unauthorized";

  private final Function target;
  private final Backend backend;
  private final LambdaInvocation invocation;
  private final String sourceArn;
  private final LongSupplier nanos;

  /**
   * @param backend of the target's function
   * @param nanos by the node's monotonic clock
   */
  public AuthorizerFunction(
      StageAccess stage, Function target, Backend backend, LongSupplier nanos) {
    this.target = target;
    this.backend = backend;
    this.nanos = nanos;
    this.invocation =
        LambdaInvocation.of(
            target.function().functionArn(), false, target.function().role() == null);
    this.sourceArn =
        String.join(
            ":",
            "arn:aws:execute-api",
            stage.region(),
            stage.account(),
            stage.apiId() + "/authorizers/" + target.id());
  }

  /**
   * What came of it: an answer, or else a failure.
   *
   * @param answer null when there is none
   * @param failure null when there is an answer
   * @param asked the exchange with the function
   */
  public record Outcome(
      AuthorizerAnswer answer, GatewayException failure, long latencyMillis, Exchange asked) {}

  /**
   * Never blocks and never throws; the outcome comes once, on the exchange's event loop.
   *
   * @param x whose caller it is
   * @param outcome throws nothing
   */
  public void ask(Exchange x, CallerIdentity identity, Consumer<Outcome> outcome) {
    Exchange asked = x.aside(sourceArn);
    Asking asking = new Asking(asked, outcome);
    try {
      String methodArn = RequestArn.of(x);
      byte[] event =
          target.token()
              ? AuthorizerEvent.ofToken(identity.token(), methodArn)
              : AuthorizerEvent.ofRequest(x, methodArn);
      asked.backendRequest(invocation.of(asked, event));
      asked.backendStarted(nanos.getAsLong());
      backend.call(asked, asked.backendRequest(), asking);
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.error("the authorizer of request {} met a bug", x.id(), bug);
      asking.over(null, GatewayException.bug(bug));
    }
  }

  /** One call until its answer is in hand. Confined to one event loop. */
  private final class Asking implements Backend.Reply, Gathering {
    private final Exchange asked;
    private final Consumer<Outcome> outcome;
    private BackendResponse head;
    private boolean over;

    Asking(Exchange asked, Consumer<Outcome> outcome) {
      this.asked = asked;
      this.outcome = outcome;
    }

    @Override
    public void answer(BackendResponse response) {
      head = response;
      response.body().gather(this);
    }

    @Override
    public void fail(GatewayException failure) {
      over(null, notInvoked(failure));
    }

    @Override
    public long most() {
      return MOST_BYTES;
    }

    @Override
    public void piece(int bytes) {
      // So few of them are not counted.
    }

    @Override
    public void whole(byte[] content) {
      BackendResponse response =
          new BackendResponse(head.status(), head.headers(), new Body.Bytes(content));
      AuthorizerAnswer answer;
      try {
        asked.backendResponse(response);
        answer = read(response, content);
      } catch (GatewayException failure) {
        over(null, failure);
        return;
      } catch (RuntimeException | StackOverflowError bug) {
        LOG.error("the answer of an authorizer to request {} met a bug", asked.id(), bug);
        over(null, GatewayException.bug(bug));
        return;
      }
      over(answer, null);
    }

    @Override
    public void failed(GatewayException failure) {
      over(null, failure);
    }

    @Override
    public GatewayException tooLarge() {
      return GatewayException.of(
          ResponseType.AUTHORIZER_CONFIGURATION_ERROR, Reason.AUTHORIZER_ANSWER_TOO_LARGE);
    }

    @Override
    public GatewayException broken(Throwable cause) {
      return incomplete("the connection ended before it");
    }

    @Override
    public GatewayException late() {
      return incomplete("the time was up before it");
    }

    private GatewayException incomplete(String why) {
      return GatewayException.of(
              ResponseType.AUTHORIZER_FAILURE, Reason.AUTHORIZER_ANSWER_INCOMPLETE)
          .with(why);
    }

    private void over(AuthorizerAnswer answer, GatewayException failure) {
      if (!over) {
        over = true;
        long end = nanos.getAsLong();
        asked.backendEnded(end);
        outcome.accept(
            new Outcome(answer, failure, Math.max(0, asked.backendNanos()) / 1_000_000, asked));
      }
    }

    private AuthorizerAnswer read(BackendResponse response, byte[] content) {
      if (content.length > MOST_BYTES) {
        throw tooLarge();
      }
      Budget budget = Budget.of(STEPS);
      try {
        InvokeAnswer invoked = invoked(response, budget);
        if (invoked.functionFailed()) {
          throw failedFunction(invoked.errorMessage(budget));
        }
      } catch (BudgetExhausted e) {
        throw failedFunction("with an error that is too much to read");
      }
      return AuthorizerAnswer.read(content);
    }
  }

  private static InvokeAnswer invoked(BackendResponse response, Budget budget) {
    try {
      return InvokeAnswer.of(response, budget);
    } catch (GatewayException refused) {
      throw notInvoked(refused);
    }
  }

  private static GatewayException failedFunction(String message) {
    return message.equals(UNAUTHORIZED)
        ? GatewayException.of(ResponseType.UNAUTHORIZED, Reason.AUTHORIZER_UNAUTHORIZED)
        : GatewayException.of(ResponseType.AUTHORIZER_FAILURE, Reason.AUTHORIZER_FUNCTION_ERROR)
            .with(InvokeAnswer.shown(message));
  }

  /** Why it could not be is told in the words that integrations have for it. */
  private static GatewayException notInvoked(GatewayException why) {
    String detail =
        why.reason() + ": " + (why.detail() == null ? why.reason().text() : why.detail());
    return GatewayException.of(ResponseType.AUTHORIZER_FAILURE, Reason.AUTHORIZER_NOT_INVOKED)
        .with(detail);
  }
}
