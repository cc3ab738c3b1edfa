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
    Caller caller = (Caller) context.getParameters()[0];
    ConsoleQuery query = method.getAnnotation(ConsoleQuery.class);
    return query.resource().isEmpty()
        ? guard.consoleQuery(caller, query.value(), method.getName(), context::proceed)
        : guard.ownOperation(
            caller, query.value(), method.getName(), query.resource(), context::proceed);
  }
}
