package io.gatehouse.runtime.limit;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the limits of this node have done since its start.
 *
 * @param leaseWait requests that waited for an owner's word
 * @param throttled requests without a token
 * @param quotaExceeded requests beyond a quota
 * @param deniedExact those of both that were refused by the owner's word, with nothing left at all
 * @param held those of both that only the other side of a split might have let pass
 * @param ownShare requests let pass on this node's own share, for the owner did not answer
 * @param overdraft requests let pass beyond a quota, for its owner did not answer
 * @param unreachable requests refused for the same reason
 * @param full requests refused because this node keeps as many counters as it may
 */
public record Figures(
    LongAdder leaseWait,
    LongAdder throttled,
    LongAdder quotaExceeded,
    LongAdder deniedExact,
    LongAdder held,
    LongAdder ownShare,
    LongAdder overdraft,
    LongAdder unreachable,
    LongAdder full) {

  Figures() {
    this(
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder());
  }
}
