package io.gatehouse.runtime.backend;

/** How long each phase of a call took, for the story of a call that failed. */
final class Phases {

  /** What a call is doing. */
  enum Phase {
    RESOLVING("resolving its name"),
    QUEUEING("waiting for a free connection"),
    CONNECTING("connecting"),
    HANDSHAKE("doing the TLS handshake"),
    SENDING("sending the request"),
    WAITING("waiting for the head of the answer"),
    BODY("reading the body of the answer");

    private final String text;

    Phase(String text) {
      this.text = text;
    }
  }

  private final long began;
  private long resolved = -1;
  private long connected = -1;
  private long sent = -1;
  private long answered = -1;

  Phases(long began) {
    this.began = began;
  }

  long began() {
    return began;
  }

  void resolved(long nanos) {
    resolved = nanos;
    connected = -1; // of an attempt before
    sent = -1;
  }

  void connected(long nanos) {
    connected = nanos;
  }

  void sent(long nanos) {
    sent = nanos;
  }

  void answered(long nanos) {
    answered = nanos;
  }

  /** The one that it is in, as far as a call knows by itself. */
  Phase current() {
    if (answered >= 0) {
      return Phase.BODY;
    }
    if (sent >= 0) {
      return Phase.WAITING;
    }
    if (connected >= 0) {
      return Phase.SENDING;
    }
    return resolved >= 0 ? Phase.CONNECTING : Phase.RESOLVING;
  }

  /** As {@code timed out after 3000 ms while connecting (resolving its name 2 ms, ...)}. */
  String timedOut(long now, Phase in) {
    return "timed out after " + millis(now - began) + " while " + in.text + told(now, in);
  }

  /** As {@code (resolving its name 2 ms, connecting 2998 ms)}. */
  String told(long now, Phase in) {
    StringBuilder out = new StringBuilder(" (");
    long from = append(out, Phase.RESOLVING, began, resolved);
    from = append(out, Phase.CONNECTING, from, connected);
    from = append(out, Phase.SENDING, from, sent);
    from = append(out, Phase.WAITING, from, answered);
    return out.append(in.text).append(' ').append(millis(now - from)).append(')').toString();
  }

  private static long append(StringBuilder out, Phase phase, long from, long to) {
    if (to < 0) {
      return from;
    }
    out.append(phase.text).append(' ').append(millis(to - from)).append(", ");
    return to;
  }

  private static String millis(long nanos) {
    return nanos / 1_000_000 + " ms";
  }
}
