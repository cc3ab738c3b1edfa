package io.gatehouse.runtime.vtl;

import java.util.Collection;
import java.util.Map;

/** The methods of the maps under {@code $context}; only overrides can be written. */
final class FactsMethods {

  private FactsMethods() {}

  static Object call(Facts facts, String name, Object[] arguments, Rendering r) {
    Collection<String> names = facts.names();
    if (arguments.length == 0) {
      return switch (name) {
        case "keySet" -> TemplateLists.of(names, r);
        case "values" ->
            TemplateLists.of(names.stream().map(n -> Members.orNothing(facts.fact(n))).toList(), r);
        case "entrySet" ->
            TemplateLists.of(
                names.stream().map(n -> Map.entry(n, Members.orNothing(facts.fact(n)))).toList(),
                r);
        case "size" -> names.size();
        case "isEmpty" -> names.isEmpty();
        case "toString" -> "";
        default -> null;
      };
    }
    String key = Printer.text(arguments[0], r);
    return switch (name) {
      case "get" -> arguments.length == 1 ? Members.orNothing(facts.fact(key)) : null;
      case "containsKey" -> arguments.length == 1 ? (Object) names.contains(key) : null;
      case "getOrDefault" ->
          arguments.length == 2
              ? names.contains(key) ? Members.orNothing(facts.fact(key)) : arguments[1]
              : null;
      default -> null;
    };
  }

  static Object call(OverrideMap map, String name, Object[] arguments, Rendering r) {
    Collection<String> names = map.values().keySet();
    if (arguments.length == 0) {
      return switch (name) {
        case "keySet" -> TemplateLists.of(names, r);
        case "values" -> TemplateLists.of(names.stream().map(map::get).toList(), r);
        case "entrySet" ->
            TemplateLists.of(names.stream().map(n -> Map.entry(n, map.get(n))).toList(), r);
        case "size" -> names.size();
        case "isEmpty" -> names.isEmpty();
        case "toString" -> "";
        default -> null;
      };
    }
    String key = Printer.text(arguments[0], r);
    return switch (name) {
      case "get" -> arguments.length == 1 ? map.get(key) : null;
      case "containsKey" -> arguments.length == 1 ? (Object) names.contains(key) : null;
      case "put" -> arguments.length == 2 ? put(map, key, arguments[1], r) : null;
      case "putAll" ->
          arguments.length == 1 && arguments[0] instanceof Map<?, ?> all
              ? putAll(map, all, r)
              : null;
      case "remove" -> {
        Object before = map.get(key);
        map.values().remove(key);
        yield arguments.length == 1 ? before : null;
      }
      default -> null;
    };
  }

  /** What was there before, as Java's maps answer; nothing prints nothing. */
  private static Object put(OverrideMap map, String key, Object value, Rendering r) {
    Object before = map.get(key);
    if (value != null) {
      map.put(key, value, r);
    }
    return before;
  }

  private static Object putAll(OverrideMap map, Map<?, ?> all, Rendering r) {
    all.forEach((key, value) -> map.put(key, value, r));
    return Nothing.NOTHING;
  }
}
