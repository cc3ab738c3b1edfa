package io.gatehouse.runtime.pipeline;

import io.gatehouse.runtime.admit.FindMethod;
import io.gatehouse.runtime.admit.FindStage;
import io.gatehouse.runtime.admit.IdentifyApiKey;
import io.gatehouse.runtime.admit.ValidateBody;
import io.gatehouse.runtime.admit.ValidateParameters;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;
import io.gatehouse.runtime.mapping.DecodeBody;
import io.gatehouse.runtime.mapping.MapRequest;
import io.gatehouse.runtime.mapping.MapResponse;
import io.gatehouse.runtime.mapping.MethodResponse;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one exchange, top to bottom. The steps are plain Java that never waits, run on the
 * exchange's event loop. Between them lie the gaps in which it waits: for a body that is wanted
 * whole, and for the backend. Work of a tenant's choosing that costs more than an event loop may
 * spend is done again, from its step on, by a worker.
 */
public final class Pipeline {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  /** A few tenths of a millisecond. */
  private static final long STEPS_ON_THE_LOOP = 50_000;

  /** Some 50 milliseconds: no tenant's template, schema or pattern gets more for one exchange. */
  private static final long STEPS_IN_ALL = 5_000_000;

  /**
   * Besides, for each byte of a body of any lawful size: what it takes a check, a mapping and a
   * template to read it as JSON, and to write it again.
   */
  private static final long STEPS_FOR_A_BYTE = 10;

  /** Larger bodies go to a worker at once: reading them alone would use up what the loop may. */
  private static final long LARGEST_ON_THE_LOOP = 32 << 10;

  private static final int REFUSED = -1;

  /** A step under the name that it has in the timeline, which is not made anew each time. */
  private record Stop(Step step, String name) {}

  private final List<Stop> admission; // may this request pass?
  private final List<Stop> asking; // what to ask the backend
  private final List<Stop> answering; // what to tell the caller
  private final GatewayResponses gatewayResponses;
  private final BodiesInHand bodies;
  private final Workers workers;
  private final LongSupplier nanos;
  private final BiConsumer<Exchange, Consumer<Exchange>> callBackend = this::callBackend;

  /**
   * @param random from 0 to 1, for canaries
   */
  public Pipeline(
      LiveSnapshots live,
      GatewayResponses gatewayResponses,
      BodiesInHand bodies,
      Workers workers,
      DoubleSupplier random,
      LongSupplier nanos) {
    admission =
        stops(
            new FindStage(live, random), // host or path, stage name -> CompiledStage, canary draw
            new FindMethod(), // path and verb -> CompiledMethod, path parameters
            new IdentifyApiKey(live), // key -> usage plan that opens the stage
            new ValidateParameters()); // what the method requires is there
    asking =
        stops(
            new DecodeBody(
                bodies.largest()), // gzip of the caller's undone, where the API compresses
            new ValidateBody(), // the body against its model
            new MapRequest()); // parameters and template -> BackendRequest
    answering =
        stops(
            new MapResponse(), // selection pattern, parameters and template -> Response
            new MethodResponse()); // compression, CORS, the gateway's own headers
    this.gatewayResponses = gatewayResponses;
    this.bodies = bodies;
    this.workers = workers;
    this.nanos = nanos;
  }

  private static List<Stop> stops(Step... steps) {
    return Arrays.stream(steps).map(step -> new Stop(step, step.name())).toList();
  }

  /** Serves the exchange and hands it to {@code deliver}, once, with a response in any case. */
  public void serve(Exchange x, Consumer<Exchange> deliver) {
    if (perform(admission, 0, x) == REFUSED) {
      deliver.accept(x);
    } else {
      converse(x, deliver);
    }
  }

  /** The second half alone, for an exchange whose stage and method were found in another way. */
  public void converse(Exchange x, Consumer<Exchange> deliver) {
    if (wantsRequestBody(x)) {
      x.request().body().gather(new RequestBody(x, deliver));
    } else {
      inTurn(asking, x, deliver, callBackend);
    }
  }

  /** For the door: a request that is refused before it can be understood. */
  public void refuse(Exchange x, GatewayException refusal, Consumer<Exchange> deliver) {
    gatewayResponses.answer(x, refusal);
    deliver.accept(x);
  }

  /** For the door: a request that is refused after all, while its answer waited to be written. */
  public void refuseInstead(Exchange x, GatewayException refusal) {
    gatewayResponses.answer(x, refusal);
  }

  /** For the door: a backend's answer that cannot be written down. */
  public void invalidAnswer(Exchange x) {
    gatewayResponses.answer(
        x,
        GatewayException.of(
            ResponseType.INTEGRATION_FAILURE,
            502,
            "Internal server error",
            Reason.BACKEND_INVALID_ANSWER));
  }

  private static boolean wantsRequestBody(Exchange x) {
    return x.request().body().length() != 0
        && (x.method().check().wantsBody()
            || x.method().requestMapping().wantsBody(x)
            || DecodeBody.wantsBody(x));
  }

  private void callBackend(Exchange x, Consumer<Exchange> deliver) {
    try {
      bodies.holdWhileBackendWorks(x);
    } catch (GatewayException noRoom) {
      gatewayResponses.answer(x, noRoom);
      deliver.accept(x);
      return;
    }
    x.backendStarted(nanos.getAsLong());
    BackendAnswer answer = new BackendAnswer(x, deliver);
    try {
      x.method().backend().call(x, x.backendRequest(), answer);
    } catch (RuntimeException bug) {
      answer.fail(metBug(x, bug));
    }
  }

  /** The gap in which an exchange waits for its backend. */
  private final class BackendAnswer implements Backend.Reply {
    private final Exchange x;
    private final Consumer<Exchange> deliver;
    private boolean answered;

    BackendAnswer(Exchange x, Consumer<Exchange> deliver) {
      this.x = x;
      this.deliver = deliver;
    }

    @Override
    public void answer(BackendResponse response) {
      if (answered) {
        return;
      }
      ended();
      x.backendResponse(response);
      if (x.method().responseMapping().wantsBody(x, response)) {
        response.body().gather(new ResponseBody(x, deliver));
      } else {
        inTurn(answering, x, deliver, (served, delivered) -> delivered.accept(served));
      }
    }

    @Override
    public void fail(GatewayException failure) {
      if (answered) {
        return;
      }
      ended();
      gatewayResponses.answer(x, failure);
      deliver.accept(x);
    }

    private void ended() {
      answered = true;
      x.backendEnded(nanos.getAsLong());
      x.timeline().passed("CallBackend", nanos.getAsLong());
    }
  }

  /** The gap in which an exchange waits for all of the caller's body. */
  private final class RequestBody extends WholeBody {

    RequestBody(Exchange x, Consumer<Exchange> deliver) {
      super(x, deliver, bodies, gatewayResponses);
    }

    @Override
    public void whole(byte[] content) {
      x.timeline().passed("ReadRequestBody", nanos.getAsLong());
      x.request(x.request().headers(), new Body.Bytes(content));
      inTurn(asking, x, deliver, callBackend);
    }

    @Override
    public long most() {
      return Long.MAX_VALUE; // the door has its own limit
    }

    @Override
    public GatewayException tooLarge() {
      return GatewayException.of(ResponseType.REQUEST_TOO_LARGE, Reason.BODY_TOO_LARGE);
    }

    @Override
    public GatewayException broken(Throwable cause) {
      return cause instanceof GatewayException refusal
          ? refusal // the door's, of the body's framing or pace
          : GatewayException.of(ResponseType.DEFAULT_4XX, Reason.CALLER_GONE);
    }

    @Override
    public GatewayException late() {
      return broken(null);
    }
  }

  /** The gap in which an exchange waits for all of the backend's body. */
  private final class ResponseBody extends WholeBody {

    ResponseBody(Exchange x, Consumer<Exchange> deliver) {
      super(x, deliver, bodies, gatewayResponses);
    }

    @Override
    public void whole(byte[] content) {
      x.timeline().passed("ReadResponseBody", nanos.getAsLong());
      x.backendBody(new Body.Bytes(content));
      inTurn(answering, x, deliver, (served, delivered) -> delivered.accept(served));
    }

    @Override
    public long most() {
      return bodies.largest();
    }

    @Override
    public GatewayException tooLarge() {
      return GatewayException.of(
          ResponseType.INTEGRATION_FAILURE,
          500,
          "Internal server error",
          Reason.BACKEND_ANSWER_TOO_LARGE);
    }

    @Override
    public GatewayException broken(Throwable cause) {
      return GatewayException.of(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_BODY_INCOMPLETE);
    }

    @Override
    public GatewayException late() {
      return GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_BODY_LATE);
    }
  }

  /** All the steps, on the loop as far as that may go; then what comes next, or the refusal. */
  private void inTurn(
      List<Stop> stops,
      Exchange x,
      Consumer<Exchange> deliver,
      BiConsumer<Exchange, Consumer<Exchange>> next) {
    int reached = 0;
    if (x.heldBytes() <= LARGEST_ON_THE_LOOP) {
      x.budget(Budget.of(STEPS_ON_THE_LOOP));
      reached = perform(stops, 0, x);
    }
    if (reached == REFUSED) {
      deliver.accept(x);
    } else if (reached == stops.size()) {
      next.accept(x, deliver);
    } else {
      byWorker(stops, reached, x, deliver, next);
    }
  }

  private void byWorker(
      List<Stop> stops,
      int from,
      Exchange x,
      Consumer<Exchange> deliver,
      BiConsumer<Exchange, Consumer<Exchange>> next) {
    int[] reached = {REFUSED};
    Runnable work =
        () -> {
          x.budget(Budget.of(STEPS_IN_ALL + STEPS_FOR_A_BYTE * BodiesInHand.bytesOf(x)));
          reached[0] = perform(stops, from, x);
          if (reached[0] >= 0 && reached[0] < stops.size()) {
            gatewayResponses.answer(x, stops.get(reached[0]).step().tooCostly());
            reached[0] = REFUSED;
          }
        };
    Runnable then =
        () -> {
          if (reached[0] == REFUSED) {
            deliver.accept(x);
          } else {
            next.accept(x, deliver);
          }
        };
    if (!workers.run(x.stage().account(), work, then)) {
      gatewayResponses.answer(
          x,
          GatewayException.of(
              ResponseType.DEFAULT_5XX, 503, "Service Unavailable", Reason.WORK_QUEUE_FULL));
      deliver.accept(x);
    }
  }

  /**
   * @return the number of steps when all were done, the one that asked for more than the budget, or
   *     {@link #REFUSED} when there is a response already
   */
  private int perform(List<Stop> stops, int from, Exchange x) {
    int i = from;
    try {
      for (; i < stops.size(); i++) {
        Stop stop = stops.get(i);
        if (stop.step().concerns(x)) {
          stop.step().apply(x);
          x.timeline().passed(stop.name(), nanos.getAsLong());
        }
      }
    } catch (BudgetExhausted e) {
      return i;
    } catch (GatewayException refusal) {
      gatewayResponses.answer(x, refusal);
      return REFUSED;
    } catch (RuntimeException bug) {
      gatewayResponses.answer(x, metBug(x, bug));
      return REFUSED;
    } catch (StackOverflowError bug) {
      // Depths are bounded everywhere; should one be missing, it costs this request and no other.
      LOG.error("request {} went too deep", x.id(), bug);
      gatewayResponses.answer(x, GatewayException.bug(new IllegalStateException(bug)));
      return REFUSED;
    }
    return i;
  }

  private static GatewayException metBug(Exchange x, RuntimeException bug) {
    LOG.error("request {} met a bug", x.id(), bug);
    return GatewayException.bug(bug);
  }
}
