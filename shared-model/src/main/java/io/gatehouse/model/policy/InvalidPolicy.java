package io.gatehouse.model.policy;

/** A text that is no policy; the message says where, what and what would be right. */
public final class InvalidPolicy extends RuntimeException {

  private final String place;

  InvalidPolicy(String place, String why) {
    super(place.isEmpty() ? why : place + ": " + why, null, false, false);
    this.place = place;
  }

  /**
   * As {@code Statement[0].Condition.IpAddress.aws:SourceIp[1]}; empty for the document as a whole.
   */
  public String place() {
    return place;
  }
}
