package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.TemplateFailure.Kind;

/** Text being made, which is paid for and bounded before it grows. */
final class Output {

  final StringBuilder text = new StringBuilder();
  private final Rendering r;
  private final Kind tooLarge;

  private Output(Rendering r, Kind tooLarge) {
    this.r = r;
    this.tooLarge = tooLarge;
  }

  /** For what the template answers. */
  static Output main(Rendering r) {
    return new Output(r, Kind.OUTPUT_TOO_LARGE);
  }

  /** For a string within the template. */
  static Output value(Rendering r) {
    return new Output(r, Kind.VALUE_TOO_LARGE);
  }

  void append(String more) {
    if (text.length() + more.length() > Limits.TEXT) {
      throw full();
    }
    r.characters(more.length());
    text.append(more);
  }

  TemplateFailure full() {
    return r.failure(tooLarge, "The text grows past " + Limits.TEXT + " characters");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
