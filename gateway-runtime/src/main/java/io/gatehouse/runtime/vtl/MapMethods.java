package io.gatehouse.runtime.vtl;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.List;
import java.util.Map;

/** The methods of maps. What answers nothing in Java prints nothing. */
final class MapMethods {

  private MapMethods() {}

  @SuppressWarnings("unchecked")
  static Object call(Map<?, ?> target, String name, Object[] arguments, Rendering r) {
    Map<Object, Object> map = (Map<Object, Object>) target;
    return switch (arguments.length) {
      case 0 -> none(map, name, r);
      case 1 -> one(map, name, arguments[0], r);
      case 2 -> two(map, name, arguments[0], arguments[1], r);
      default -> null;
    };
  }

  private static Object none(Map<Object, Object> map, String name, Rendering r) {
    return switch (name) {
      case "size" -> map.size();
      case "isEmpty" -> map.isEmpty();
      case "keySet" -> TemplateLists.of(map.keySet(), r);
      case "values" -> TemplateLists.of(map.values(), r);
      case "entrySet" -> entries(map, r);
      case "toString" -> Printer.text(map, r);
      case "clear" -> {
        map.clear();
        yield "";
      }
      default -> null;
    };
  }

  private static List<Object> entries(Map<Object, Object> map, Rendering r) {
    r.copied(2 * map.size());
    List<Object> entries = new Literals.TemplateList(map.size());
    map.forEach((key, value) -> entries.add(new SimpleImmutableEntry<>(key, value)));
    return entries;
  }

  private static Object one(Map<Object, Object> map, String name, Object argument, Rendering r) {
    return switch (name) {
      case "get" -> Values.isKey(argument, r) ? map.get(argument) : null;
      case "containsKey" -> Values.isKey(argument, r) && map.containsKey(argument);
      case "containsValue" ->
          map.values().stream().anyMatch(value -> Values.same(value, argument, r));
      case "remove" -> Values.isKey(argument, r) ? map.remove(argument) : null;
      case "putAll" -> argument instanceof Map<?, ?> more ? putAll(map, more, r) : null;
      case "equals" -> argument instanceof Map<?, ?> && Values.same(map, argument, r);
      default -> null;
    };
  }

  private static Object putAll(Map<Object, Object> map, Map<?, ?> more, Rendering r) {
    r.entries(more.size());
    if (more != map) {
      map.putAll(more);
    }
    return "";
  }

  private static Object two(
      Map<Object, Object> map, String name, Object key, Object value, Rendering r) {
    if (!Values.isKey(key, r)) {
      return null;
    }
    return switch (name) {
      case "put" -> {
        r.entries(1);
        yield map.put(key, value);
      }
      case "putIfAbsent" -> {
        r.entries(1);
        yield map.putIfAbsent(key, value);
      }
      case "getOrDefault" -> map.getOrDefault(key, value);
      default -> null;
    };
  }
}
