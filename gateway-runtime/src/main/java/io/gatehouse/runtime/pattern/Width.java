package io.gatehouse.runtime.pattern;

/**
 * How many characters a part of a pattern takes, as far as it shows.
 *
 * @param hasEnd whether a greatest length is obvious; {@code a*} has one, greater than any text
 * @param fixed whether there is but one way to match at a given place
 */
record Width(int min, int max, boolean hasEnd, boolean fixed) {

  private static final Width NOTHING = new Width(0, 0, true, true);

  static Width of(Node node) {
    return switch (node) {
      case Node.OneOf one -> new Width(1, 1, true, true);
      case Node.LineEnding ending -> new Width(1, 2, true, true);
      case Node.At at -> NOTHING;
      case Node.Ahead ahead -> NOTHING;
      case Node.Behind behind -> NOTHING;
      case Node.BackReference reference -> new Width(0, 0, false, true);
      case Node.Group group -> of(group.body());
      case Node.Atomic atomic -> of(atomic.body());
      case Node.Sequence sequence -> {
        var all = NOTHING;
        for (var part : sequence.parts()) {
          all = all.then(of(part));
        }
        yield all;
      }
      case Node.Alternation alternation -> {
        Width all = null;
        for (var branch : alternation.branches()) {
          all = all == null ? of(branch) : all.or(of(branch));
        }
        yield new Width(all.min, all.max, all.hasEnd, false);
      }
      case Node.Repeat repeat -> of(repeat.body()).times(repeat);
    };
  }

  private Width then(Width next) {
    return new Width(
        bounded((long) min + next.min),
        bounded((long) max + next.max),
        hasEnd && next.hasEnd,
        fixed && next.fixed);
  }

  private Width or(Width other) {
    return new Width(
        Math.min(min, other.min), Math.max(max, other.max), hasEnd && other.hasEnd, false);
  }

  /** A repeated group that can match in several ways has no obvious greatest length. */
  private Width times(Node.Repeat repeat) {
    var optional = repeat.min() == 0 && repeat.max() == 1;
    var loop =
        repeat.body() instanceof Node.Group
            && !fixed
            && !optional
            && repeat.greed() != Node.Greed.POSSESSIVE;
    return new Width(
        bounded((long) min * repeat.min()),
        bounded((long) max * repeat.max()),
        hasEnd && !loop,
        fixed && repeat.min() == repeat.max());
  }

  private static int bounded(long length) {
    return (int) Math.min(length, Integer.MAX_VALUE);
  }
}
