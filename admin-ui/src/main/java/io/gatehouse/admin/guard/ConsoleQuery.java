package io.gatehouse.admin.guard;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A question or command of the console that the vendor's protocol has no operation for; guarded
 * like an operation.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ConsoleQuery {

  /** The least role that may call it. */
  @Nonbinding
  Caller.Role value() default Caller.Role.VIEWER;
}
