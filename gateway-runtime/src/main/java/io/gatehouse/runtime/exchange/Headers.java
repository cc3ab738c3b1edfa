package io.gatehouse.runtime.exchange;

import java.util.List;
import java.util.function.BiConsumer;

/** Header fields as received: names match without regard to case, values keep their order. */
public interface Headers {

  /** The first value, or null. */
  String first(String name);

  /** All values in order, empty when there is none. */
  List<String> all(String name);

  /** Each field once per value, in order, with the name as it was written. */
  void forEach(BiConsumer<String, String> field);
}
