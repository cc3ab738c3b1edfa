package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CacheResult;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Filling;
import io.gatehouse.runtime.exchange.Response;

/**
 * A caller who could have had a kept answer and gets the backend's own instead, which is compared:
 * the leak guard's sample.
 */
final class Check implements Filling {

  private final Keeping keeping;
  private final Waiting asking;
  private final Kept.Facts facts;
  private final Answer expected;
  private final Claim claim;

  /**
   * @param facts of the request that the kept answer was made for
   * @param expected what the caller would have got
   */
  Check(Keeping keeping, Waiting asking, Kept.Facts facts, Answer expected) {
    this.keeping = keeping;
    this.asking = asking;
    this.facts = facts;
    this.expected = expected;
    this.claim = new Claim(asking.x());
  }

  Waiting asking() {
    return asking;
  }

  Kept.Facts facts() {
    return facts;
  }

  Answer expected() {
    return expected;
  }

  /** To keep the backend's own answer in the place of the kept one. */
  Claim claim() {
    return claim;
  }

  @Override
  public boolean wantsBody(BackendResponse response) {
    return response.body().length() >= 0 && response.body().length() <= Keepable.MOST_BYTES;
  }

  @Override
  public void answered(Exchange x) {
    Response response = x.response();
    if (x.status() >= 500) {
      return; // says nothing about the kept answer
    }
    boolean keepable = Keepable.mayBe(x.backendResponse(), response, asking.caching());
    switch (response.body()) {
      case Body.Bytes(byte[] bytes) -> compare(Answer.of(response, bytes), keepable);
      case Body.Stream stream -> {
        Answer head = Answer.of(response, new byte[0]);
        Body copied = stream.copied(Keepable.MOST_BYTES, new Whole(head, keepable));
        x.replaceResponse(new Response(response.status(), response.headers(), copied));
      }
      default -> throw new IllegalStateException("no way to compare " + response.body());
    }
  }

  /** The copy of a body that is delivered while it comes. */
  private final class Whole implements Body.Copy {
    private final Answer head;
    private final boolean keepable;

    Whole(Answer head, boolean keepable) {
      this.head = head;
      this.keepable = keepable;
    }

    @Override
    public void whole(byte[] content) {
      compare(head.with(content), keepable);
    }

    @Override
    public void none() {
      // too large to be what was kept; the next one tells more
    }
  }

  private void compare(Answer own, boolean keepable) {
    if (!own.tellsTheSame(expected)) {
      keeping.differs(this, own, keepable);
    }
  }

  /** Nobody is worse off for having been checked. */
  @Override
  public Response instead(Exchange x) {
    if (x.status() < 500) {
      return null;
    }
    x.cacheResult(CacheResult.HIT);
    return expected.to(x);
  }

  @Override
  public void over() {
    asking.method().stage().checks().remove(this);
  }
}
