package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.TemplateFailure.Kind;
import java.util.List;
import java.util.Locale;

/** The methods of strings. */
final class TextMethods {

  private TextMethods() {}

  static Object call(String s, String name, Object[] arguments, Rendering r) {
    return switch (arguments.length) {
      case 0 -> none(s, name, r);
      case 1 -> one(s, name, arguments[0], r);
      case 2 -> two(s, name, arguments[0], arguments[1], r);
      default -> null;
    };
  }

  private static Object none(String s, String name, Rendering r) {
    return switch (name) {
      case "length" -> s.length();
      case "isEmpty" -> s.isEmpty();
      case "toString", "intern" -> s;
      case "isBlank" -> looked(s, r).isBlank();
      case "trim" -> r.made(looked(s, r).trim());
      case "strip" -> r.made(looked(s, r).strip());
      case "stripLeading" -> r.made(looked(s, r).stripLeading());
      case "stripTrailing" -> r.made(looked(s, r).stripTrailing());
      case "toLowerCase" -> r.made(looked(s, r).toLowerCase(Locale.ROOT));
      case "toUpperCase" -> r.made(looked(s, r).toUpperCase(Locale.ROOT));
      case "hashCode" -> looked(s, r).hashCode();
      default -> null;
    };
  }

  /** The string, its characters paid for. */
  private static String looked(String s, Rendering r) {
    r.budget.spend(s.length());
    return s;
  }

  private static Object one(String s, String name, Object argument, Rendering r) {
    if (argument == null) {
      return name.equals("equals") || name.equals("equalsIgnoreCase") ? false : null;
    }
    return switch (name) {
      case "equals" -> Values.same(s, argument, r) || (argument == Nothing.NOTHING && s.isEmpty());
      case "substring" ->
          argument instanceof Number n ? substring(s, n.intValue(), s.length(), r) : null;
      case "charAt" -> argument instanceof Number n ? charAt(s, n.intValue(), r) : null;
      case "valueOf" -> Printer.text(argument, r);
      default -> isText(argument) ? withText(s, name, Printer.text(argument, r), r) : null;
    };
  }

  /** What stands for a string where Java wants one. */
  private static boolean isText(Object argument) {
    return argument instanceof String || argument == Nothing.NOTHING;
  }

  private static Object withText(String s, String name, String t, Rendering r) {
    return switch (name) {
      case "contains" -> indexOf(s, t, 0, r) >= 0;
      case "indexOf" -> indexOf(s, t, 0, r);
      case "lastIndexOf" -> {
        search(s, t, r);
        yield s.lastIndexOf(t);
      }
      case "startsWith" -> looked(t, r).length() <= s.length() && s.startsWith(t);
      case "endsWith" -> looked(t, r).length() <= s.length() && s.endsWith(t);
      case "equalsIgnoreCase" -> looked(s, r).equalsIgnoreCase(t);
      case "compareTo" -> looked(s, r).compareTo(t);
      case "compareToIgnoreCase" -> looked(s, r).compareToIgnoreCase(t);
      case "concat" -> Values.joined(s, t, r);
      case "matches", "split" -> Regexes.call(s, name, t, r);
      default -> null;
    };
  }

  /** Java's search may look at every character of the one for each of the other. */
  private static void search(String s, String t, Rendering r) {
    r.budget.spend(1 + s.length() + (long) Math.max(0, s.length() - t.length()) * t.length() / 16);
  }

  private static int indexOf(String s, String t, int from, Rendering r) {
    search(s, t, r);
    return s.indexOf(t, from);
  }

  private static Object two(String s, String name, Object first, Object second, Rendering r) {
    if (first instanceof Number n && name.equals("substring")) {
      return second instanceof Number m ? substring(s, n.intValue(), m.intValue(), r) : null;
    }
    if (!isText(first)) {
      return null;
    }
    String t = Printer.text(first, r);
    if (second instanceof Number n) {
      return switch (name) {
        case "indexOf" -> indexOf(s, t, n.intValue(), r);
        case "startsWith" -> looked(t, r).length() <= s.length() && s.startsWith(t, n.intValue());
        case "split" -> Regexes.split(s, t, n.intValue(), r);
        default -> null;
      };
    }
    if (!isText(second)) {
      return null;
    }
    String u = Printer.text(second, r);
    return switch (name) {
      case "replace" -> replace(s, t, u, Integer.MAX_VALUE, r);
      case "replaceAll", "replaceFirst" -> Regexes.replace(s, name, t, u, r);
      default -> null;
    };
  }

  private static String substring(String s, int from, int to, Rendering r) {
    if (from < 0 || to > s.length() || from > to) {
      throw r.failure(
          Kind.BAD_ARGUMENT,
          "The range from " + from + " to " + to + " is out of range, of " + s.length());
    }
    return r.made(s.substring(from, to));
  }

  private static String charAt(String s, int index, Rendering r) {
    if (index < 0 || index >= s.length()) {
      throw Members.outOfRange(index, s.length(), r);
    }
    return String.valueOf(s.charAt(index));
  }

  /** Replaces text by text, as often as {@code times}; stops before the result is too long. */
  static String replace(String s, String from, String to, int times, Rendering r) {
    if (from.isEmpty()) {
      return replaceGaps(s, to, times, r);
    }
    search(s, from, r);
    int found = s.indexOf(from);
    if (found < 0) {
      return s;
    }
    Output out = Output.value(r);
    int done = 0;
    for (int i = 0; i < times && found >= 0; i++) {
      out.append(s.substring(done, found));
      out.append(to);
      done = found + from.length();
      found = s.indexOf(from, done);
    }
    out.append(s.substring(done));
    return out.toString();
  }

  /** The empty string is found before each character and at the end. */
  private static String replaceGaps(String s, String to, int times, Rendering r) {
    Output out = Output.value(r);
    for (int i = 0; i < s.length(); i++) {
      if (i < times) {
        out.append(to);
      }
      out.append(s.substring(i, i + 1));
    }
    if (s.length() < times) {
      out.append(to);
    }
    return out.toString();
  }

  /** As Java splits by a text without a pattern's meaning. */
  static List<Object> split(String s, String by, int limit, Rendering r) {
    search(s, by, r);
    Literals.TemplateList parts = new Literals.TemplateList(8);
    int from = 0;
    for (int at = s.indexOf(by); at >= 0; at = s.indexOf(by, from)) {
      if (limit > 0 && parts.size() == limit - 1) {
        break;
      }
      r.entries(1);
      parts.add(r.made(s.substring(from, at)));
      from = at + by.length();
    }
    r.entries(1);
    parts.add(r.made(s.substring(from)));
    if (limit == 0 && parts.size() > 1) {
      while (!parts.isEmpty() && ((String) parts.getLast()).isEmpty()) {
        parts.removeLast();
      }
    }
    return parts;
  }
}
