package io.gatehouse.admin.guard;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.reflect.Method;

/** Puts the guard before every question or command that only the console has. */
@ConsoleQuery
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class ConsoleQueryGuard implements Serializable {

  private static final long serialVersionUID = 1;

  @Inject private transient Guard guard;

  /** For the container. */
  public ConsoleQueryGuard() {}

  ConsoleQueryGuard(Guard guard) {
    this.guard = guard;
  }

  @AroundInvoke
  Object stand(InvocationContext context) throws Exception {
    Method method = context.getMethod();
    return guard.consoleQuery(
        (Caller) context.getParameters()[0],
        method.getAnnotation(ConsoleQuery.class).value(),
        method.getName(),
        context::proceed);
  }
}
