package io.gatehouse.model.aws;

import java.util.List;
import java.util.function.Consumer;

/**
 * A request without its body, as it is on the wire: what a signature covers. Header values have a
 * character for each byte.
 */
public interface HttpHead {

  String method();

  /** Percent-encoded as sent. */
  String rawPath();

  /** Percent-encoded as sent, empty when there is none. */
  String rawQuery();

  /**
   * A header's values in order, empty when there is none.
   *
   * @param header in any case
   */
  List<String> values(String header);

  /** Each header's name in any case, perhaps more than once. */
  void eachName(Consumer<String> name);
}
