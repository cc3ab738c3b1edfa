package io.gatehouse.runtime.pipeline;

import io.gatehouse.runtime.admit.FindMethod;
import io.gatehouse.runtime.admit.FindStage;
import io.gatehouse.runtime.admit.IdentifyApiKey;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;
import io.gatehouse.runtime.mapping.MapRequest;
import io.gatehouse.runtime.mapping.MapResponse;
import io.gatehouse.runtime.mapping.MethodResponse;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one exchange, top to bottom. The steps are plain Java that never waits; the one gap
 * is the backend call, after which the second half runs on the same event loop.
 */
public final class Pipeline {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final List<Step> admission; // may this request pass?
  private final List<Step> asking; // what to ask the backend
  private final List<Step> answering; // what to tell the caller
  private final GatewayResponses gatewayResponses;
  private final LongSupplier nanos;

  public Pipeline(LiveSnapshots live, GatewayResponses gatewayResponses, LongSupplier nanos) {
    admission =
        List.of(
            new FindStage(live), // host or path, stage name -> CompiledStage
            new FindMethod(), // path and verb -> CompiledMethod, path parameters
            new IdentifyApiKey(live)); // key -> usage plan that opens the stage
    asking = List.of(new MapRequest()); // parameters and template -> BackendRequest
    answering =
        List.of(
            new MapResponse(), // selection pattern, parameters and template -> Response
            new MethodResponse()); // the gateway's own headers
    this.gatewayResponses = gatewayResponses;
    this.nanos = nanos;
  }

  /** Serves the exchange and hands it to {@code deliver}, once, with a response in any case. */
  public void serve(Exchange x, Consumer<Exchange> deliver) {
    if (perform(admission, x)) {
      converse(x, deliver);
    } else {
      deliver.accept(x);
    }
  }

  /** The second half alone, for an exchange whose stage and method were found in another way. */
  public void converse(Exchange x, Consumer<Exchange> deliver) {
    if (perform(asking, x)) {
      callBackend(x, deliver);
    } else {
      deliver.accept(x);
    }
  }

  /** For the door: a request that is refused before it can be understood. */
  public void refuse(Exchange x, GatewayException refusal, Consumer<Exchange> deliver) {
    gatewayResponses.answer(x, refusal);
    deliver.accept(x);
  }

  /** For the door: a request that is refused after all, while its answer waited to be written. */
  public void refuseInstead(Exchange x, GatewayException refusal) {
    gatewayResponses.answerInstead(x, refusal);
  }

  /** For the door: a backend's answer that cannot be written down. */
  public void invalidAnswer(Exchange x) {
    gatewayResponses.answerInstead(
        x,
        GatewayException.of(
            ResponseType.INTEGRATION_FAILURE,
            502,
            "Internal server error",
            Reason.BACKEND_INVALID_ANSWER));
  }

  private void callBackend(Exchange x, Consumer<Exchange> deliver) {
    x.backendStarted(nanos.getAsLong());
    x.method()
        .backend()
        .call(
            x,
            x.backendRequest(),
            new Backend.Reply() {
              @Override
              public void answer(BackendResponse response) {
                x.backendEnded(nanos.getAsLong());
                x.timeline().passed("CallBackend", nanos.getAsLong());
                x.backendResponse(response);
                perform(answering, x);
                deliver.accept(x);
              }

              @Override
              public void fail(GatewayException failure) {
                x.backendEnded(nanos.getAsLong());
                x.timeline().passed("CallBackend", nanos.getAsLong());
                gatewayResponses.answer(x, failure);
                deliver.accept(x);
              }
            });
  }

  private boolean perform(List<Step> steps, Exchange x) {
    try {
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        step.apply(x);
        x.timeline().passed(step.name(), nanos.getAsLong());
      }
      return true;
    } catch (GatewayException refusal) {
      gatewayResponses.answer(x, refusal);
    } catch (RuntimeException bug) {
      LOG.error("request {} met a bug", x.id(), bug);
      gatewayResponses.answer(x, GatewayException.bug(bug));
    }
    return false;
  }
}
