package io.gatehouse.runtime.json;

import io.gatehouse.runtime.budget.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What may end a path in parentheses: {@code $.items.length()}. */
enum PathFunction {
  LENGTH,
  SIZE,
  MIN,
  MAX,
  AVG,
  SUM,
  KEYS;

  Object apply(Object value, Budget budget) {
    return switch (this) {
      case LENGTH, SIZE -> length(value);
      case KEYS -> value instanceof Map<?, ?> map ? keys(map, budget) : JsonPath.MISSING;
      case MIN, MAX, AVG, SUM ->
          value instanceof List<?> list ? reduce(list, budget) : JsonPath.MISSING;
    };
  }

  private static Object length(Object value) {
    return switch (value) {
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case null, default -> null;
    };
  }

  private static Object keys(Map<?, ?> map, Budget budget) {
    budget.spend(map.size());
    return new ArrayList<Object>(map.keySet());
  }

  private Object reduce(List<?> list, Budget budget) {
    budget.spend(list.size());
    double result = this == MIN ? Double.MAX_VALUE : this == MAX ? -Double.MAX_VALUE : 0;
    int numbers = 0;
    for (Object item : list) {
      if (item instanceof Number n) {
        double value = n.doubleValue();
        numbers++;
        result =
            switch (this) {
              case MIN -> Math.min(result, value);
              case MAX -> Math.max(result, value);
              default -> result + value;
            };
      }
    }
    if (numbers == 0) {
      return JsonPath.MISSING;
    }
    return this == AVG ? result / numbers : result;
  }
}
