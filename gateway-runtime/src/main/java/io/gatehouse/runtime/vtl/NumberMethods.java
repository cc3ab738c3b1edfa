package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.TemplateFailure.Kind;

/**
 * The methods of numbers and booleans. Java's static ones are among them, because templates reach
 * them through any number at hand: {@code #set($Integer = 0) $Integer.parseInt("7")}.
 */
final class NumberMethods {

  /** No number that a template reads from text is longer. */
  private static final int MAX_LENGTH = 64;

  private NumberMethods() {}

  static Object call(Number n, String name, Object[] arguments, Rendering r) {
    if (arguments.length == 0) {
      return none(n, name);
    }
    return arguments.length == 1 ? one(n, name, arguments[0], r) : null;
  }

  private static Object none(Number n, String name) {
    return switch (name) {
      case "intValue" -> n.intValue();
      case "longValue" -> n.longValue();
      case "doubleValue" -> n.doubleValue();
      case "floatValue" -> n.floatValue();
      case "shortValue" -> n.shortValue();
      case "byteValue" -> n.byteValue();
      case "toString" -> n.toString();
      case "hashCode" -> n.hashCode();
      default -> null;
    };
  }

  private static Object one(Number n, String name, Object argument, Rendering r) {
    return switch (name) {
      case "compareTo" -> argument instanceof Number m ? (Object) Numbers.compare(n, m) : null;
      case "equals" -> n.equals(argument);
      case "toString" -> argument instanceof Number m ? m.toString() : null;
      case "parseInt", "parseLong", "parseDouble", "valueOf" -> parse(n, name, argument, r);
      default -> null;
    };
  }

  private static Object parse(Number n, String name, Object argument, Rendering r) {
    String text = Printer.text(argument, r);
    try {
      if (text.length() <= MAX_LENGTH) {
        return switch (name) {
          case "parseInt" -> (Object) Integer.parseInt(text);
          case "parseLong" -> Long.parseLong(text);
          case "parseDouble" -> Double.parseDouble(text);
          default -> valueOf(n, text);
        };
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw r.failure(Kind.BAD_ARGUMENT, name + " was given what is no such number");
  }

  private static Object valueOf(Number n, String text) {
    if (n instanceof Double) {
      return Double.valueOf(text);
    }
    if (n instanceof Long) {
      return Long.valueOf(text);
    }
    return Integer.valueOf(text);
  }

  static Object call(Boolean b, String name, Object[] arguments, Rendering r) {
    if (arguments.length == 0) {
      return name.equals("toString") ? b.toString() : name.equals("booleanValue") ? b : null;
    }
    if (arguments.length > 1) {
      return null;
    }
    return switch (name) {
      case "equals" -> b.equals(arguments[0]);
      case "compareTo" -> arguments[0] instanceof Boolean c ? (Object) b.compareTo(c) : null;
      case "parseBoolean", "valueOf" ->
          (Object) "true".equalsIgnoreCase(Printer.text(arguments[0], r));
      default -> null;
    };
  }
}
