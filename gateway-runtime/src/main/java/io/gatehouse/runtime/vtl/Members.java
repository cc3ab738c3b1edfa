package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.TemplateFailure.Kind;
import java.util.List;
import java.util.Map;

/**
 * What values have and can do: this list, and nothing of Java beside it. What is not on it is null,
 * so that the reference is undefined.
 */
final class Members {

  private Members() {}

  /** {@code $target.name}. */
  static Object property(Object target, String name, Rendering r) {
    return switch (target) {
      case Map<?, ?> map -> map.get(name);
      case Root root -> VendorRoots.property(root, name, r);
      case Facts facts -> orNothing(facts.fact(name));
      case OverrideMap map -> map.get(name);
      case Map.Entry<?, ?> entry -> entryProperty(entry, name);
      case Loop loop -> loop.property(name);
      case String s -> name.equals("empty") ? (Object) s.isEmpty() : null;
      case List<?> list -> name.equals("empty") ? (Object) list.isEmpty() : null;
      case Nothing nothing -> nothing;
      default -> null;
    };
  }

  private static Object entryProperty(Map.Entry<?, ?> entry, String name) {
    return switch (name) {
      case "key" -> entry.getKey();
      case "value" -> entry.getValue();
      default -> null;
    };
  }

  static Object orNothing(Object fact) {
    return fact == null ? Nothing.NOTHING : fact;
  }

  /** {@code $target[key]}. */
  static Object element(Object target, Object key, Rendering r) {
    return switch (target) {
      case List<?> list -> key instanceof Number n ? list.get(place(list, n, r)) : null;
      case Map<?, ?> map -> Values.isKey(key, r) ? map.get(key) : null;
      case Root root -> VendorRoots.property(root, Printer.text(key, r), r);
      case Facts facts -> orNothing(facts.fact(Printer.text(key, r)));
      case OverrideMap map -> map.get(key);
      case Nothing nothing -> nothing;
      default -> null;
    };
  }

  /** Counted from the end when negative. */
  private static int place(List<?> list, Number index, Rendering r) {
    int i = index.intValue();
    int place = i < 0 ? list.size() + i : i;
    if (place < 0 || place >= list.size()) {
      throw outOfRange(i, list.size(), r);
    }
    return place;
  }

  static TemplateFailure outOfRange(int index, int size, Rendering r) {
    return r.failure(Kind.BAD_ARGUMENT, "The index " + index + " is out of range, of " + size);
  }

  /** {@code $target.name(arguments)}. */
  static Object call(Object target, String name, Object[] arguments, Rendering r) {
    return switch (target) {
      case String s -> TextMethods.call(s, name, arguments, r);
      case List<?> list -> ListMethods.call(list, name, arguments, r);
      case Map<?, ?> map -> MapMethods.call(map, name, arguments, r);
      case Root root -> VendorRoots.call(root, name, arguments, r);
      case Number n -> NumberMethods.call(n, name, arguments, r);
      case Boolean b -> NumberMethods.call(b, name, arguments, r);
      case Facts facts -> FactsMethods.call(facts, name, arguments, r);
      case OverrideMap map -> FactsMethods.call(map, name, arguments, r);
      case Map.Entry<?, ?> entry -> entryCall(entry, name, arguments, r);
      case Loop loop -> arguments.length == 0 ? loop.property(getter(name)) : null;
      case Nothing nothing -> orNothing(TextMethods.call("", name, arguments, r));
      default -> null;
    };
  }

  private static Object entryCall(
      Map.Entry<?, ?> entry, String name, Object[] arguments, Rendering r) {
    if (arguments.length > 0) {
      return null;
    }
    return name.equals("toString") ? Printer.text(entry, r) : entryProperty(entry, getter(name));
  }

  /** The property that {@code getName()} reads; other calls as they are. */
  private static String getter(String name) {
    return name.startsWith("get") && name.length() > 3
        ? Character.toLowerCase(name.charAt(3)) + name.substring(4)
        : name;
  }

  /** {@code #set($target.key = value)}, {@code #set($target[key] = value)}. */
  @SuppressWarnings("unchecked")
  static void assign(Object target, Object key, Object value, Rendering r) {
    switch (target) {
      case Map<?, ?> map -> {
        if (Values.isKey(key, r)) {
          r.entries(1);
          ((Map<Object, Object>) map).put(key, value);
        }
      }
      case List<?> list -> {
        if (key instanceof Number n) {
          ((List<Object>) list).set(place(list, n, r), value);
        }
      }
      case OverrideMap map -> {
        if (key != null) {
          map.put(key, value, r);
        }
      }
      case Root root -> VendorRoots.assign(root, key, value, r);
      case null, default -> {
        // nothing else can be written to
      }
    }
  }
}
