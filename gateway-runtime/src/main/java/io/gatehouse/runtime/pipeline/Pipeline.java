package io.gatehouse.runtime.pipeline;

import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.runtime.admit.FairShare;
import io.gatehouse.runtime.admit.FindMethod;
import io.gatehouse.runtime.admit.FindStage;
import io.gatehouse.runtime.admit.IdentifyApiKey;
import io.gatehouse.runtime.admit.SampleTrace;
import io.gatehouse.runtime.admit.ValidateBody;
import io.gatehouse.runtime.admit.ValidateParameters;
import io.gatehouse.runtime.cache.KeepResponse;
import io.gatehouse.runtime.cache.ResponseCache;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;
import io.gatehouse.runtime.limit.RequestLimits;
import io.gatehouse.runtime.mapping.DecodeBody;
import io.gatehouse.runtime.mapping.MapRequest;
import io.gatehouse.runtime.mapping.MapResponse;
import io.gatehouse.runtime.mapping.MethodResponse;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one exchange, top to bottom. The steps are plain Java that never waits, run on the
 * exchange's event loop, or by a worker where a tenant's work costs too much for that ({@link
 * Steps}). Between them lie the gaps in which an exchange waits: for what its authorizer has to
 * fetch, for a body that is wanted whole, for a kept answer, and for the backend.
 */
public final class Pipeline {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Steps finding; // what is asked for?
  private final Steps identification; // on whose account?
  private final Steps admission; // may this request pass?
  private final Steps checking; // is the body what the method takes?
  private final Steps asking; // what to ask the backend
  private final Steps answering; // what to tell the caller
  private final Steps finishing; // the last of it, where the answer was kept
  private final ResponseCache cache;
  private final GatewayResponses gatewayResponses;
  private final BodiesInHand bodies;
  private final LiveSnapshots live;
  private final Metering metering;
  private final LongSupplier nanos;

  /** What comes next where an exchange goes on; made once, not for each of them. */
  private final BiConsumer<Exchange, Consumer<Exchange>> authorize = this::authorize;

  private final BiConsumer<Exchange, Consumer<Exchange>> check = this::check;
  private final BiConsumer<Exchange, Consumer<Exchange>> lookUp = this::lookUp;

  private final BiConsumer<Exchange, Consumer<Exchange>> callBackend = this::callBackend;
  private final BiConsumer<Exchange, Consumer<Exchange>> answer = this::answer;
  private final BiConsumer<Exchange, Consumer<Exchange>> deliver =
      (served, delivered) -> delivered.accept(served);

  /**
   * What a pipeline needs.
   *
   * @param random from 0 to 1, for canaries
   */
  public record Parts(
      LiveSnapshots live,
      ResponseCache cache,
      GatewayResponses gatewayResponses,
      BodiesInHand bodies,
      Workers workers,
      SampleTrace sampleTrace,
      FairShare fairShare,
      Metering metering,
      DoubleSupplier random,
      LongSupplier nanos) {}

  public Pipeline(Parts parts) {
    List<Step> finding =
        List.of(
            new FindStage(parts.live(), parts.random()), // -> CompiledStage, canary draw
            parts.sampleTrace(), // a stage that traces: is this one recorded?
            parts.fairShare(), // the account leaves room for others
            new FindMethod()); // path and verb -> CompiledMethod, path parameters
    // Here the method's authorizer says who calls, and whether they may.
    List<Step> identification =
        List.of(new IdentifyApiKey(parts.live())); // key -> usage plan that opens the stage
    // Here the request counts against throttles and quota.
    List<Step> admission = List.of(new ValidateParameters()); // what the method requires is there
    List<Step> checking =
        List.of(
            new DecodeBody(
                parts.bodies().largest()), // undoes the caller's gzip if the API compresses
            new ValidateBody()); // the body against its model
    // Here the response cache may have the answer.
    List<Step> asking = List.of(new MapRequest()); // parameters and template -> BackendRequest
    Step last = new MethodResponse(); // compression, CORS, the gateway's own headers
    List<Step> answering =
        List.of(
            new MapResponse(), // selection pattern, parameters and template -> Response
            new KeepResponse(), // for whoever asks next
            last);
    this.finding = new Steps(parts, finding);
    this.identification = new Steps(parts, identification);
    this.admission = new Steps(parts, admission);
    this.checking = new Steps(parts, checking);
    this.asking = new Steps(parts, asking);
    this.answering = new Steps(parts, answering);
    this.finishing = new Steps(parts, List.of(last));
    this.cache = parts.cache();
    this.gatewayResponses = parts.gatewayResponses();
    this.bodies = parts.bodies();
    this.live = parts.live();
    this.metering = parts.metering();
    this.nanos = parts.nanos();
  }

  /** Serves the exchange and hands it to {@code deliver}, once, with a response in any case. */
  public void serve(Exchange x, Consumer<Exchange> deliver) {
    if (!finding.pass(x)) {
      deliver.accept(x);
    } else if (x.method().authorizer() == Authorizer.NONE) {
      identify(x, deliver);
    } else if (x.request().body().length() != 0 && x.method().authorizer().wantsBody(x)) {
      x.request().body().gather(new WholeRequest(x, deliver, bodies, gatewayResponses, authorize));
    } else {
      authorize(x, deliver);
    }
  }

  private void authorize(Exchange x, Consumer<Exchange> deliver) {
    Authorizing reply = new Authorizing(x, deliver);
    boolean passes = false;
    try {
      Authorizer authorizer = x.method().authorizer();
      passes = authorizer.passes(x);
      if (!passes) {
        authorizer.fetch(x, reply);
      }
    } catch (GatewayException refusal) {
      reply.refuse(refusal);
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.error("the authorizer of request {} met a bug", x.id(), bug);
      reply.refuse(GatewayException.bug(bug));
    }
    if (passes) {
      reply.pass();
    }
  }

  /** The gap in which an exchange waits for what its authorizer has to fetch. */
  private final class Authorizing implements Authorizer.Reply {
    private final Exchange x;
    private final Consumer<Exchange> deliver;
    private boolean over;

    Authorizing(Exchange x, Consumer<Exchange> deliver) {
      this.x = x;
      this.deliver = deliver;
    }

    @Override
    public void pass() {
      if (!over) {
        end();
        identify(x, deliver);
      }
    }

    @Override
    public void refuse(GatewayException refusal) {
      if (!over) {
        end();
        gatewayResponses.answer(x, refusal);
        deliver.accept(x);
      }
    }

    private void end() {
      over = true;
      x.timeline().passed("Authorize", nanos.getAsLong());
    }
  }

  private void identify(Exchange x, Consumer<Exchange> deliver) {
    if (!identification.pass(x)) {
      deliver.accept(x);
      return;
    }
    Counting counting = new Counting(x, deliver);
    RequestLimits limits;
    try {
      limits = limits(x);
    } catch (RuntimeException bug) {
      LOG.error("the limits of request {} met a bug", x.id(), bug);
      counting.refuse(GatewayException.bug(bug));
      return;
    }
    metering.take(x, limits, counting);
  }

  private RequestLimits limits(Exchange x) {
    AccountSnapshot account = live.account(x.stage().account());
    Exchange.Subscription caller = x.subscription();
    return caller == null
        ? x.method().limits().of(account)
        : x.method().limits().of(account, caller.key(), caller.plan());
  }

  /** The gap in which an exchange may have to wait for the owner of a limit. */
  private final class Counting implements Metering.Then {
    private final Exchange x;
    private final Consumer<Exchange> deliver;

    Counting(Exchange x, Consumer<Exchange> deliver) {
      this.x = x;
      this.deliver = deliver;
    }

    @Override
    public void pass() {
      x.timeline().passed("Throttle", nanos.getAsLong());
      admit(x, deliver);
    }

    @Override
    public void refuse(GatewayException refusal) {
      x.timeline().passed("Throttle", nanos.getAsLong());
      gatewayResponses.answer(x, refusal);
      deliver.accept(x);
    }
  }

  private void admit(Exchange x, Consumer<Exchange> deliver) {
    if (admission.pass(x)) {
      converse(x, deliver);
    } else {
      deliver.accept(x);
    }
  }

  /** The second half alone, for an exchange whose stage and method were found in another way. */
  public void converse(Exchange x, Consumer<Exchange> deliver) {
    x.method().logging().trace(x.request().body());
    if (wantsRequestBody(x)) {
      x.request().body().gather(new WholeRequest(x, deliver, bodies, gatewayResponses, check));
    } else {
      check(x, deliver);
    }
  }

  private static boolean wantsRequestBody(Exchange x) {
    return x.request().body().length() != 0
        && (x.method().check().wantsBody()
            || x.method().caching() != null && x.method().caching().keysBody()
            || x.method().requestMapping().wantsBody(x)
            || DecodeBody.wantsBody(x));
  }

  private void check(Exchange x, Consumer<Exchange> deliver) {
    checking.run(x, deliver, lookUp);
  }

  private void lookUp(Exchange x, Consumer<Exchange> deliver) {
    if (x.method().caching() == null) {
      ask(x, deliver);
    } else {
      cache.lookUp(x, new CacheReply(x, deliver));
    }
  }

  /**
   * The gap in which an exchange waits for an answer that another one fetches, or another node has.
   */
  private final class CacheReply implements ResponseCache.Reply {
    private final Exchange x;
    private final Consumer<Exchange> deliver;

    CacheReply(Exchange x, Consumer<Exchange> deliver) {
      this.x = x;
      this.deliver = deliver;
    }

    @Override
    public void serve(Response kept) {
      x.timeline().passed("LookUpResponse", nanos.getAsLong());
      x.response(kept);
      finish(x, deliver);
    }

    @Override
    public void ask() {
      x.timeline().passed("LookUpResponse", nanos.getAsLong());
      Pipeline.this.ask(x, served -> deliverOrInstead(served, deliver));
    }

    @Override
    public void refuse(GatewayException refusal) {
      gatewayResponses.answer(x, refusal);
      deliver.accept(x);
    }
  }

  /** Where the backend fails a kept answer may stand in for its own. */
  private void deliverOrInstead(Exchange x, Consumer<Exchange> deliver) {
    Response instead = x.filling() == null ? null : x.filling().instead(x);
    if (instead == null) {
      deliver.accept(x);
    } else {
      x.refusal(null);
      x.replaceResponse(instead);
      finish(x, deliver);
    }
  }

  private void finish(Exchange x, Consumer<Exchange> deliver) {
    finishing.run(x, deliver, this.deliver);
  }

  private void ask(Exchange x, Consumer<Exchange> deliver) {
    asking.run(x, deliver, callBackend);
  }

  private void callBackend(Exchange x, Consumer<Exchange> deliver) {
    x.backendStarted(nanos.getAsLong());
    BackendAnswer reply = new BackendAnswer(x, deliver);
    try {
      bodies.holdWhileBackendWorks(x);
      x.method().backend().call(x, x.backendRequest(), reply);
    } catch (GatewayException noRoom) {
      reply.fail(noRoom);
    } catch (RuntimeException bug) {
      LOG.error("the backend of request {} met a bug", x.id(), bug);
      reply.fail(GatewayException.bug(bug));
    }
  }

  /** The gap in which an exchange waits for its backend. */
  private final class BackendAnswer implements Backend.Reply {
    private final Exchange x;
    private final Consumer<Exchange> deliver;
    private boolean over;

    BackendAnswer(Exchange x, Consumer<Exchange> deliver) {
      this.x = x;
      this.deliver = deliver;
    }

    @Override
    public void answer(BackendResponse response) {
      x.backendResponse(response);
      x.method().logging().trace(response.body());
      boolean whole;
      try {
        whole =
            x.method().responseMapping().wantsBody(x, response)
                || x.filling() != null && x.filling().wantsBody(response);
      } catch (RuntimeException bug) {
        LOG.error("the answer to request {} met a bug", x.id(), bug);
        fail(GatewayException.bug(bug));
        return;
      }
      end();
      if (whole) {
        response.body().gather(new WholeResponse(x, deliver, bodies, gatewayResponses, answer));
      } else {
        Pipeline.this.answer(x, deliver);
      }
    }

    @Override
    public void fail(GatewayException failure) {
      if (!over) {
        end();
        gatewayResponses.answer(x, failure);
        deliver.accept(x);
      }
    }

    private void end() {
      over = true;
      x.backendEnded(nanos.getAsLong());
      x.timeline().passed("CallBackend", nanos.getAsLong());
    }
  }

  private void answer(Exchange x, Consumer<Exchange> deliver) {
    answering.run(x, deliver, this.deliver);
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
}
