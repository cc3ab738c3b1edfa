package io.gatehouse.runtime.json;

import io.gatehouse.runtime.budget.Budget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One step of a path, from a value to what it holds. */
sealed interface PathStep {

  /** Whether the step leads to one value at most. */
  default boolean isDefinite(boolean last) {
    return false;
  }

  /** Where a definite step leads, or {@link JsonPath#MISSING}. */
  default Object only(Object value, Budget budget) {
    throw new IllegalStateException("an indefinite step has no only value");
  }

  /** Adds all that the step leads to. */
  void each(Object value, Finds finds);

  /** Adds what the step finds in a value met while going all the way down. */
  default void scan(Object value, Finds finds) {
    each(value, finds);
  }

  /** A member by its name. */
  record Name(String name) implements PathStep {
    @Override
    public boolean isDefinite(boolean last) {
      return true;
    }

    @Override
    public Object only(Object value, Budget budget) {
      if (!(value instanceof Map<?, ?> map)) {
        return JsonPath.MISSING;
      }
      Object found = map.get(name);
      return found == null && !map.containsKey(name) ? JsonPath.MISSING : found;
    }

    @Override
    public void each(Object value, Finds finds) {
      Object found = only(value, finds.budget());
      if (found != JsonPath.MISSING) {
        finds.add(found);
      }
    }
  }

  /** Several members: at the end of a path a smaller map, before it each of them. */
  record Names(List<String> names) implements PathStep {
    @Override
    public boolean isDefinite(boolean last) {
      return last;
    }

    @Override
    public Object only(Object value, Budget budget) {
      if (!(value instanceof Map<?, ?> map)) {
        return JsonPath.MISSING;
      }
      budget.spend(names.size());
      Map<String, Object> some = new LinkedHashMap<>();
      for (String name : names) {
        if (map.containsKey(name)) {
          some.put(name, map.get(name));
        }
      }
      return some;
    }

    @Override
    public void each(Object value, Finds finds) {
      if (finds.last()) {
        Object some = only(value, finds.budget());
        if (some != JsonPath.MISSING) {
          finds.add(some);
        }
      } else if (value instanceof Map<?, ?> map) {
        finds.budget().spend(names.size());
        names.stream().filter(map::containsKey).forEach(name -> finds.add(map.get(name)));
      }
    }

    @Override
    public void scan(Object value, Finds finds) {
      if (value instanceof Map<?, ?> map && map.keySet().containsAll(names)) {
        each(value, finds);
      }
    }
  }

  /** An element by its place, from the end when negative. */
  record Index(int index) implements PathStep {
    @Override
    public boolean isDefinite(boolean last) {
      return true;
    }

    @Override
    public Object only(Object value, Budget budget) {
      if (!(value instanceof List<?> list)) {
        return JsonPath.MISSING;
      }
      int place = index < 0 ? list.size() + index : index;
      return place < 0 || place >= list.size() ? JsonPath.MISSING : list.get(place);
    }

    @Override
    public void each(Object value, Finds finds) {
      Object found = only(value, finds.budget());
      if (found != JsonPath.MISSING) {
        finds.add(found);
      }
    }
  }

  /** Several elements by their places. */
  record Indexes(List<Index> places) implements PathStep {
    @Override
    public void each(Object value, Finds finds) {
      finds.budget().spend(places.size());
      places.forEach(place -> place.each(value, finds));
    }
  }

  /** Elements from one place to before another; null is an open end. */
  record Slice(Integer from, Integer to) implements PathStep {
    @Override
    public void each(Object value, Finds finds) {
      if (value instanceof List<?> list) {
        int size = list.size();
        int end = to == null ? size : Math.min(size, to < 0 ? size + to : to);
        for (int i = from == null ? 0 : Math.max(0, from < 0 ? size + from : from); i < end; i++) {
          finds.add(list.get(i));
        }
      }
    }
  }

  /** All members, all elements. */
  record Wildcard() implements PathStep {
    @Override
    public void each(Object value, Finds finds) {
      if (value instanceof Map<?, ?> map) {
        map.values().forEach(finds::add);
      } else if (value instanceof List<?> list) {
        list.forEach(finds::add);
      }
    }
  }

  /** The elements that a condition holds for; a map is asked itself. */
  record Filter(Condition condition) implements PathStep {
    @Override
    public void each(Object value, Finds finds) {
      if (value instanceof List<?> list) {
        list.forEach(item -> ask(item, finds));
      } else {
        scan(value, finds);
      }
    }

    @Override
    public void scan(Object value, Finds finds) {
      if (value instanceof Map<?, ?>) {
        ask(value, finds);
      }
    }

    private void ask(Object item, Finds finds) {
      finds.budget().spend(1);
      if (condition.holds(item, finds.root(), finds.budget())) {
        finds.add(item);
      }
    }
  }

  /** The step after {@code ..}: taken from a value and from all that it holds at any depth. */
  record Scan(PathStep step) implements PathStep {
    @Override
    public void each(Object value, Finds finds) {
      down(value, finds, 0);
    }

    private void down(Object value, Finds finds, int depth) {
      finds.budget().spend(1);
      if (depth > Json.MAX_DEPTH) {
        return;
      }
      if (value instanceof Map<?, ?> map) {
        step.scan(value, finds);
        map.values().forEach(item -> down(item, finds, depth + 1));
      } else if (value instanceof List<?> list) {
        step.scan(value, finds);
        list.forEach(item -> down(item, finds, depth + 1));
      }
    }
  }
}
