package io.gatehouse.admin.guard;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A question or command of our own that the vendor's protocol has no operation for; guarded like an
 * operation. Only the console has it, unless it names a resource for policies.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ConsoleQuery {

  /** How much it takes. */
  @Nonbinding
  AccessLevel value() default AccessLevel.READ;

  /**
   * What it is about, within the account. Where it is given, programs may call it, too, as far as
   * the policies of their keys allow {@code gatehouse:} and its name on {@code
   * arn:aws:gatehouse:region:account:} and this.
   */
  @Nonbinding
  String resource() default "";
}
