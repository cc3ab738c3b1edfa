package io.gatehouse.runtime.vtl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of the maps under {@code $context.requestOverride} or {@code responseOverride}. */
record OverrideMap(Map<String, List<String>> values) {

  /** One value is a string, several are a list. */
  Object get(Object name) {
    List<String> found = values.get(String.valueOf(name));
    if (found == null) {
      return Nothing.NOTHING;
    }
    return found.size() == 1 ? found.getFirst() : new ArrayList<Object>(found);
  }

  void put(Object name, Object value, Rendering r) {
    List<String> texts =
        value instanceof List<?> list
            ? list.stream().map(item -> Printer.text(item, r)).toList()
            : List.of(Printer.text(value, r));
    r.entries(1 + texts.size());
    values.put(Printer.text(name, r), texts);
  }
}
