package io.gatehouse.admin.whole;

import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the program's beans as the container does, one of each, out of what surrounds them. New
 * families and stores need no line here.
 */
final class Wiring {

  private final List<Object> things = new ArrayList<>();

  /** Something from outside, found by any type that it has. */
  Wiring with(Object thing) {
    things.add(thing);
    return this;
  }

  <T> T get(Class<T> type) {
    for (Object thing : things) {
      if (type.isInstance(thing)) {
        return type.cast(thing);
      }
    }
    T made = type.cast(make(concrete(type)));
    things.add(made);
    return made;
  }

  private Object make(Class<?> type) {
    try {
      Constructor<?> constructor = constructor(type);
      constructor.setAccessible(true);
      Object[] arguments = Arrays.stream(constructor.getParameterTypes()).map(this::get).toArray();
      Object made = constructor.newInstance(arguments);
      for (Field field : type.getDeclaredFields()) {
        if (field.isAnnotationPresent(Inject.class)) {
          field.setAccessible(true);
          field.set(made, get(field.getType()));
        }
      }
      return made;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type, e);
    }
  }

  private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.isAnnotationPresent(Inject.class)) {
        return constructor;
      }
    }
    return type.getDeclaredConstructor();
  }

  private static Class<?> concrete(Class<?> type) {
    if (!Modifier.isAbstract(type.getModifiers())) {
      return type;
    }
    List<Class<?>> found =
        Classes.in("io/gatehouse/admin")
            .filter(type::isAssignableFrom)
            .filter(other -> !Modifier.isAbstract(other.getModifiers()))
            .filter(other -> !other.isSynthetic() && !other.isAnonymousClass())
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException(type + " is made by " + found);
    }
    return found.getFirst();
  }
}
