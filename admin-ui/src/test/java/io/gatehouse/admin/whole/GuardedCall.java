package io.gatehouse.admin.whole;

import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/** Calls an operation through its guard, as the container's interceptors do. */
record GuardedCall(Object guard) {

  Object invoke(Method method, Object bean, Object... arguments) throws Exception {
    Method around =
        Arrays.stream(guard.getClass().getDeclaredMethods())
            .filter(candidate -> candidate.isAnnotationPresent(AroundInvoke.class))
            .findFirst()
            .orElseThrow();
    around.setAccessible(true);
    try {
      return around.invoke(guard, context(method, bean, arguments));
    } catch (InvocationTargetException e) {
      throw cause(e);
    }
  }

  private static InvocationContext context(Method method, Object bean, Object[] arguments) {
    return (InvocationContext)
        Proxy.newProxyInstance(
            GuardedCall.class.getClassLoader(),
            new Class<?>[] {InvocationContext.class},
            (proxy, asked, none) ->
                switch (asked.getName()) {
                  case "getMethod" -> method;
                  case "getTarget" -> bean;
                  case "getParameters" -> arguments;
                  case "proceed" -> proceed(method, bean, arguments);
                  default -> throw new UnsupportedOperationException(asked.getName());
                });
  }

  private static Object proceed(Method method, Object bean, Object[] arguments) throws Exception {
    try {
      return method.invoke(bean, arguments);
    } catch (InvocationTargetException e) {
      throw cause(e);
    }
  }

  private static Exception cause(InvocationTargetException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return (Exception) e.getCause();
  }
}
