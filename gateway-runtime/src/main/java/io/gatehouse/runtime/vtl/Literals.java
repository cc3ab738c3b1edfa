package io.gatehouse.runtime.vtl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as they are written. */
final class Literals {

  private Literals() {}

  /** A string without references, a number, a word. */
  record Constant(Object value, String source) implements Expression {
    @Override
    public Object value(Rendering r) {
      return value;
    }

    @Override
    public boolean holds(Rendering r) {
      return Boolean.TRUE.equals(value);
    }
  }

  /** A double-quoted string with references or directives in it. */
  record Interpolated(Block body, String source) implements Expression {
    @Override
    public Object value(Rendering r) {
      Output out = Output.value(r);
      r.recur();
      body.render(r, out);
      r.returned();
      return out.toString();
    }
  }

  /** {@code [a, b]}. */
  record ListOf(List<Expression> items, String source) implements Expression {
    @Override
    public Object value(Rendering r) {
      r.entries(items.size());
      List<Object> list = new TemplateList(items.size());
      for (Expression item : items) {
        list.add(item.value(r));
      }
      return list;
    }
  }

  /** {@code [1..9]}, which may count down. */
  record Range(Expression from, Expression to, String source) implements Expression {
    @Override
    public Object value(Rendering r) {
      if (from.value(r) instanceof Number a && to.value(r) instanceof Number b) {
        long first = a.intValue();
        long last = b.intValue();
        long size = Math.abs(last - first) + 1;
        r.copied((int) Math.min(size, Limits.ENTRIES + 1));
        List<Object> list = new TemplateList((int) size);
        for (long i = first; list.size() < size; i += last < first ? -1 : 1) {
          list.add((int) i);
        }
        return list;
      }
      return null;
    }
  }

  /** {@code {"name": value}}. */
  record MapOf(List<Expression> names, List<Expression> values, String source)
      implements Expression {
    @Override
    public Object value(Rendering r) {
      r.entries(names.size());
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        Object name = names.get(i).value(r);
        if (Values.isKey(name, r)) {
          map.put(name, values.get(i).value(r));
        }
      }
      return map;
    }
  }

  /** A list that a template made; it prints as Java's lists do, not as JSON. */
  static final class TemplateList extends ArrayList<Object> {

    private static final long serialVersionUID = 1L;

    TemplateList(int capacity) {
      super(capacity);
    }
  }
}
