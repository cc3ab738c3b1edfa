package io.gatehouse.admin.guard;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One operation of the vendor's management API: how it is addressed, and its success status.
 * Guarded by OperationGuard.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Operation {

  /**
   * Verb and URI of the service model, as {@code "GET /restapis/{restapi_id}/stages/{stage_name}"}.
   */
  @Nonbinding
  String value() default "";

  @Nonbinding
  int status() default 200;

  /** False for the few that the vendor lets everybody call, whatever policies say. */
  @Nonbinding
  boolean needsPermission() default true;

  /** False for what only waits for others and writes nothing: no connection waits with it. */
  @Nonbinding
  boolean inTransaction() default true;
}
