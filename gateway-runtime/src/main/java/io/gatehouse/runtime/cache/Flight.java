package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CacheResult;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Filling;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseType;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer that one exchange fetches, and for which all others with the same key wait. It ends
 * once, whatever happens to that exchange.
 */
final class Flight implements Filling {

  /** How long others wait for the end of a stream that only its caller's pace brings along. */
  private static final long STREAM_MILLIS = 2_000;

  private final Fetching fetching;
  private final Keeping keeping;
  private final Waiting leader;
  private final Claim claim;
  private List<Waiting> others = new ArrayList<>(0);

  Flight(Fetching fetching, Keeping keeping, Waiting leader) {
    this.fetching = fetching;
    this.keeping = keeping;
    this.leader = leader;
    this.claim = new Claim(leader.x());
  }

  Waiting leader() {
    return leader;
  }

  /**
   * @return false when it has ended already
   */
  synchronized boolean join(Waiting one) {
    return others != null && others.add(one);
  }

  synchronized boolean isOver() {
    return others == null;
  }

  /** To keep what comes of it. */
  Claim claim() {
    return claim;
  }

  /** Tells all that wait; later calls tell nobody. */
  void end(Outcome outcome) {
    List<Waiting> waiting;
    synchronized (this) {
      waiting = others;
      others = null;
    }
    if (waiting != null) {
      fetching.ended(this);
      waiting.forEach(one -> one.loop().execute(() -> fetching.told(one, outcome)));
    }
  }

  @Override
  public boolean wantsBody(BackendResponse response) {
    return response.body().length() >= 0 && Keepable.mayBe(response, leader.caching());
  }

  @Override
  public void answered(Exchange x) {
    Response response = x.response();
    if (failed(x)) {
      return;
    }
    if (!Keepable.mayBe(x.backendResponse(), response, leader.caching())) {
      unkept(x);
      return;
    }
    switch (response.body()) {
      case Body.Bytes(byte[] bytes) -> kept(Answer.of(response, bytes));
      case Body.Stream stream -> {
        Answer head = Answer.of(response, new byte[0]);
        Body copied = stream.copied(Keepable.MOST_BYTES, new Whole(head));
        x.replaceResponse(new Response(response.status(), response.headers(), copied));
        fetching.later(STREAM_MILLIS, () -> end(new Outcome.Unkept()));
      }
      default -> unkept(x);
    }
  }

  /** The copy of a body that is delivered while it comes. */
  private final class Whole implements Body.Copy {
    private final Answer head;

    Whole(Answer head) {
      this.head = head;
    }

    @Override
    public void whole(byte[] content) {
      kept(head.with(content));
    }

    @Override
    public void none() {
      unkept(leader.x());
    }
  }

  private void kept(Answer answer) {
    end(keeping.keep(this, answer));
  }

  /** Answers that succeed and are not for others are not expected to be, the next time. */
  private void unkept(Exchange x) {
    keeping.unkept(leader, x.status() / 100 == 2);
    end(new Outcome.Unkept());
  }

  private static boolean failed(Exchange x) {
    return x.status() >= 500
        || x.refusal() == null && x.hasBackendResponse() && x.backendResponse().status() >= 500;
  }

  @Override
  public Response instead(Exchange x) {
    if (!failed(x)) {
      if (x.refusal() != null) {
        end(new Outcome.Abandoned()); // for a reason of its own
      }
      return null;
    }
    end(outcome(x.refusal()));
    if (leader.stale() == null) {
      return null;
    }
    x.cacheResult(CacheResult.STALE);
    return leader.stale().to(x);
  }

  /** A backend that could not be asked is not asked again by each of those that wait. */
  private static Outcome outcome(GatewayException refusal) {
    if (refusal == null) {
      return new Outcome.Unkept();
    }
    boolean ofBackend =
        refusal.type() == ResponseType.INTEGRATION_FAILURE
            || refusal.type() == ResponseType.INTEGRATION_TIMEOUT;
    return ofBackend ? new Outcome.Failed(refusal) : new Outcome.Abandoned();
  }

  @Override
  public void over() {
    end(new Outcome.Abandoned());
  }
}
