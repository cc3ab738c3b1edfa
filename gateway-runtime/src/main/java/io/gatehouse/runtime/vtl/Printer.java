package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import io.gatehouse.runtime.vtl.Literals.TemplateList;
import io.gatehouse.runtime.vtl.TemplateFailure.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Values as text: maps as Java prints them, and so the lists that a template made; a list out of a
 * JSON document prints as JSON, and what the vendor gives as a whole prints nothing (recorded:
 * sqs-integration.json).
 */
final class Printer {

  private Printer() {}

  static String text(Object value, Rendering r) {
    return switch (value) {
      case null -> "null";
      case String s -> s;
      case Number n -> n.toString();
      case Boolean b -> b.toString();
      default -> {
        Output out = Output.value(r);
        print(value, r, out);
        yield out.toString();
      }
    };
  }

  static void print(Object value, Rendering r, Output out) {
    print(value, r, out, 0);
  }

  private static void print(Object value, Rendering r, Output out, int depth) {
    if (depth > Limits.VALUE_DEPTH) {
      throw r.failure(Kind.TOO_DEEP, "A value is nested too deeply to be printed");
    }
    switch (value) {
      case null -> out.append("null");
      case String s -> out.append(s);
      case Number n -> out.append(n.toString());
      case Boolean b -> out.append(b.toString());
      case Map<?, ?> map -> map(map, r, out, depth);
      case TemplateList list -> list(list, r, out, depth);
      case List<?> list -> json(list, r, out);
      case Collection<?> items -> list(items, r, out, depth);
      case Map.Entry<?, ?> entry -> entry(entry, r, out, depth);
      case Directives.Definition definition -> definition.print(r, out);
      default -> {
        // the vendor's objects, facts, loops and nothing print nothing
      }
    }
  }

  private static void map(Map<?, ?> map, Rendering r, Output out, int depth) {
    out.append("{");
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        out.append(", ");
      }
      first = false;
      entry(entry, r, out, depth);
    }
    out.append("}");
  }

  private static void entry(Map.Entry<?, ?> entry, Rendering r, Output out, int depth) {
    print(entry.getKey(), r, out, depth + 1);
    out.append("=");
    print(entry.getValue(), r, out, depth + 1);
  }

  private static void list(Collection<?> list, Rendering r, Output out, int depth) {
    out.append("[");
    boolean first = true;
    for (Object item : list) {
      if (!first) {
        out.append(", ");
      }
      first = false;
      print(item, r, out, depth + 1);
    }
    out.append("]");
  }

  /** The value as JSON text, bounded as every string is. */
  static String json(Object value, Rendering r) {
    Output out = Output.value(r);
    json(value, r, out);
    return out.toString();
  }

  private static void json(Object value, Rendering r, Output out) {
    int before = out.text.length();
    try {
      Json.write(value, out.text, r.budget, Limits.TEXT);
    } catch (InvalidJson e) {
      throw e.isTooLong() ? out.full() : r.failure(Kind.TOO_DEEP, "A value is " + e.getMessage());
    }
    r.characters(out.text.length() - before);
  }
}
