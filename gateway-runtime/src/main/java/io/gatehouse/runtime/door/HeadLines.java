package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.Reason;
import io.netty.buffer.ByteBuf;

/** Finds the end of a head that may come in pieces, line by line, looking at each byte once. */
final class HeadLines {

  private int line;
  private int looked;
  private boolean first = true;
  private Reason wrong;

  /** Whether a piece of the head has been looked at. */
  boolean begun() {
    return looked > 0;
  }

  /** Whether the head's first line has not ended yet. */
  boolean inFirst() {
    return first;
  }

  /** Why {@link #end} gave up. */
  Reason wrong() {
    return wrong;
  }

  /** The head's size, 0 when it does not end before {@code to}, -1 when a line ends wrongly. */
  int end(ByteBuf in, int from, int to) {
    int at = from + looked;
    while (at < to) {
      int feed = in.indexOf(at, to, (byte) '\n');
      if (feed < 0) {
        break;
      }
      if (feed == from || in.getByte(feed - 1) != '\r') {
        wrong = Reason.FRAMING_LINE_FEED;
        return -1;
      }
      if (feed - from - line == 1) {
        wrong = Reason.REQUEST_LINE_INVALID;
        return first ? -1 : feed + 1 - from;
      }
      line = feed + 1 - from;
      first = false;
      at = feed + 1;
    }
    looked = to - from;
    return 0;
  }

  void reset() {
    line = 0;
    looked = 0;
    first = true;
  }
}
