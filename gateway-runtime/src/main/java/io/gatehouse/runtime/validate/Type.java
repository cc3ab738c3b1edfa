package io.gatehouse.runtime.validate;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The primitive types of draft 4, in the order in which the vendor names them. */
enum Type {
  ARRAY,
  BOOLEAN,
  INTEGER,
  NULL,
  NUMBER,
  OBJECT,
  STRING;

  /** As schemas spell it. */
  final String word = name().toLowerCase(Locale.ROOT);

  /** In draft 4 an integer is a number without fraction and exponent, so 1.0 is none. */
  static Type of(Object value) {
    return switch (value) {
      case null -> NULL;
      case String text -> STRING;
      case Boolean truth -> BOOLEAN;
      case Map<?, ?> object -> OBJECT;
      case List<?> array -> ARRAY;
      case Integer i -> INTEGER;
      case Long l -> INTEGER;
      case BigInteger i -> INTEGER;
      case Number n -> NUMBER;
      default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
    };
  }

  /** The type of that name, or null. */
  static Type named(Object word) {
    for (Type type : values()) {
      if (type.word.equals(word)) {
        return type;
      }
    }
    return null;
  }

  /** {@code type}. */
  record Allowed(Set<Type> types) implements Keyword {

    Allowed {
      types = EnumSet.copyOf(types);
      if (types.contains(NUMBER)) {
        types.add(INTEGER);
      }
    }

    @Override
    public boolean holds(Object value, Run run) {
      Type type = of(value);
      return types.contains(type)
          || run.fails(
              () ->
                  "instance type (%s) does not match any allowed primitive type (allowed: %s)"
                      .formatted(type.word, Printed.list(types.stream().map(t -> t.word))));
    }
  }
}
