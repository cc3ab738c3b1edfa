package io.gatehouse.runtime.validate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A total order of JSON values in which values are equal as draft 4 has it: 1 is 1.0, and members
 * have no order. With an order, neither duplicates nor the values of an {@code enum} need looking
 * at all pairs, and no choice of values can make it so, as it could with hashing.
 */
final class JsonOrder implements Comparator<Object> {

  private static final int COST_OF_MEMBER = 8;

  private final Run run;

  JsonOrder(Run run) {
    this.run = run;
  }

  @Override
  public int compare(Object one, Object other) {
    run.enter();
    int order = Integer.compare(rank(one), rank(other));
    if (order == 0) {
      order =
          switch (one) {
            case null -> 0;
            case String text -> strings(text, (String) other);
            case Boolean truth -> truth.compareTo((Boolean) other);
            case List<?> array -> arrays(array, (List<?>) other);
            case Map<?, ?> object -> objects(object, (Map<?, ?>) other);
            default -> Numbers.compare(one, other, run);
          };
    }
    run.leave();
    return order;
  }

  private static int rank(Object value) {
    Type type = Type.of(value);
    return (type == Type.INTEGER ? Type.NUMBER : type).ordinal();
  }

  private int strings(String one, String other) {
    run.spend(Math.min(one.length(), other.length()) / Long.BYTES);
    return one.compareTo(other);
  }

  private int arrays(List<?> one, List<?> other) {
    int order = Integer.compare(one.size(), other.size());
    for (int i = 0; order == 0 && i < one.size(); i++) {
      order = compare(one.get(i), other.get(i));
    }
    return order;
  }

  private int objects(Map<?, ?> one, Map<?, ?> other) {
    int order = Integer.compare(one.size(), other.size());
    if (order != 0) {
      return order;
    }
    String[] names = names(one);
    String[] others = names(other);
    for (int i = 0; order == 0 && i < names.length; i++) {
      order = names[i].compareTo(others[i]);
    }
    for (int i = 0; order == 0 && i < names.length; i++) {
      order = compare(one.get(names[i]), other.get(names[i]));
    }
    return order;
  }

  private String[] names(Map<?, ?> object) {
    run.spend((long) COST_OF_MEMBER * object.size());
    String[] names = object.keySet().toArray(new String[0]);
    for (String name : names) {
      run.spend(name.length());
    }
    Arrays.sort(names);
    return names;
  }
}
