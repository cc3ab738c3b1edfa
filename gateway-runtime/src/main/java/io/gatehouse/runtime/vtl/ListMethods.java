package io.gatehouse.runtime.vtl;

import java.util.ArrayList;
import java.util.List;

/** The methods of lists. What answers nothing in Java prints nothing. */
final class ListMethods {

  private ListMethods() {}

  @SuppressWarnings("unchecked")
  static Object call(List<?> target, String name, Object[] arguments, Rendering r) {
    List<Object> list = (List<Object>) target;
    return switch (arguments.length) {
      case 0 -> none(list, name, r);
      case 1 -> one(list, name, arguments[0], r);
      case 2 -> two(list, name, arguments[0], arguments[1], r);
      default -> null;
    };
  }

  private static Object none(List<Object> list, String name, Rendering r) {
    return switch (name) {
      case "size" -> list.size();
      case "isEmpty" -> list.isEmpty();
      case "toString" -> Printer.text(list, r);
      case "getFirst" -> list.isEmpty() ? null : list.getFirst();
      case "getLast" -> list.isEmpty() ? null : list.getLast();
      case "clear" -> {
        list.clear();
        yield "";
      }
      default -> null;
    };
  }

  private static Object one(List<Object> list, String name, Object argument, Rendering r) {
    return switch (name) {
      case "get" -> argument instanceof Number n ? list.get(place(n, list.size() - 1, r)) : null;
      case "add" -> {
        r.entries(1);
        yield list.add(argument);
      }
      case "addAll" ->
          argument instanceof List<?> more ? (Object) list.addAll(TemplateLists.of(more, r)) : null;
      case "contains" -> Values.indexOf(list, argument, r) >= 0;
      case "containsAll" ->
          argument instanceof List<?> all
              ? (Object) all.stream().allMatch(item -> Values.indexOf(list, item, r) >= 0)
              : null;
      case "indexOf" -> Values.indexOf(list, argument, r);
      case "remove" -> remove(list, argument, r);
      case "equals" -> argument instanceof List<?> && Values.same(list, argument, r);
      default -> null;
    };
  }

  private static Object two(
      List<Object> list, String name, Object first, Object second, Rendering r) {
    if (!(first instanceof Number n)) {
      return null;
    }
    switch (name) {
      case "set" -> {
        return list.set(place(n, list.size() - 1, r), second);
      }
      case "add" -> {
        int place = place(n, list.size(), r);
        r.entries(1);
        r.budget.spend(list.size() - place);
        list.add(place, second);
        return "";
      }
      case "subList" -> {
        int to = second instanceof Number m ? place(m, list.size(), r) : list.size();
        return part(list, place(n, to, r), to, r);
      }
      default -> {
        return null;
      }
    }
  }

  /** A copy, which prints as the list does that it is taken from. */
  private static List<Object> part(List<Object> list, int from, int to, Rendering r) {
    List<Object> part = TemplateLists.of(list.subList(from, to), r);
    return list instanceof Literals.TemplateList ? part : new ArrayList<>(part);
  }

  /** A number is a place, anything else the element itself, as Java has it. */
  private static Object remove(List<Object> list, Object argument, Rendering r) {
    r.budget.spend(list.size());
    if (argument instanceof Integer n) {
      return list.remove(place(n, list.size() - 1, r));
    }
    int place = Values.indexOf(list, argument, r);
    if (place >= 0) {
      list.remove(place);
    }
    return place >= 0;
  }

  private static int place(Number n, int most, Rendering r) {
    int place = n.intValue();
    if (place < 0 || place > most) {
      throw Members.outOfRange(place, most + 1, r);
    }
    return place;
  }
}
