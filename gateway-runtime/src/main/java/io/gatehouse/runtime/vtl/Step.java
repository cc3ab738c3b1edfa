package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.json.JsonPath;

/** One step of a reference, from a value to what it holds or answers. */
sealed interface Step {

  /** Where the step leads, null for nowhere. */
  Object of(Object target, Rendering r);

  /** {@code .name}. */
  record Property(String name) implements Step {
    @Override
    public Object of(Object target, Rendering r) {
      return Members.property(target, name, r);
    }
  }

  /** {@code [key]}. */
  record Index(Expression key) implements Step {
    @Override
    public Object of(Object target, Rendering r) {
      Object k = key.value(r);
      return k == null ? null : Members.element(target, k, r);
    }
  }

  /** {@code .name(arguments)}. */
  record Call(String name, Expression[] arguments) implements Step {
    @Override
    public Object of(Object target, Rendering r) {
      Object[] values = new Object[arguments.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments[i].value(r);
      }
      return Members.call(target, name, values, r);
    }
  }

  /** {@code $input.json('$.a')} and {@code $input.path('$.a')}, the path read at compile time. */
  record ReadPath(boolean asJson, JsonPath path, Call otherwise) implements Step {
    @Override
    public Object of(Object target, Rendering r) {
      if (target != Root.INPUT) {
        return otherwise.of(target, r);
      }
      return asJson ? VendorRoots.json(path, r) : VendorRoots.path(path, r);
    }
  }
}
