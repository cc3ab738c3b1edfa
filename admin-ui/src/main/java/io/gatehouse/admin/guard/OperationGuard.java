package io.gatehouse.admin.guard;

import io.gatehouse.model.wire.Members;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkPojo;

/** Puts the guard before every method that is an operation, whoever calls it. */
@Operation
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class OperationGuard implements Serializable {

  private static final long serialVersionUID = 1;

  @Inject private transient Guard guard;

  /** For the container. */
  public OperationGuard() {}

  OperationGuard(Guard guard) {
    this.guard = guard;
  }

  @AroundInvoke
  Object stand(InvocationContext context) throws Exception {
    Method method = context.getMethod();
    Object[] arguments = context.getParameters();
    SdkPojo request = (SdkPojo) arguments[1];
    Operation operation = method.getAnnotation(Operation.class);
    if (!operation.needsPermission()) {
      return guard.openOperation(request, operation.inTransaction(), context::proceed);
    }
    String[] address = operation.value().split("[ ?]");
    if (Members.service(request.getClass()).equals(Deed.USER_POOLS)) {
      return guard.userPoolOperation(
          (Caller) arguments[0],
          name(method),
          request,
          operation.inTransaction(),
          context::proceed);
    }
    if (Members.service(request.getClass()).equals(Deed.LAMBDA)) {
      return guard.functionOperation(
          (Caller) arguments[0],
          address[0],
          name(method),
          request,
          operation.inTransaction(),
          context::proceed);
    }
    String service = Members.service(request.getClass());
    if (service.equals(Deed.CLOUDWATCH)) {
      return guard.metricOperation((Caller) arguments[0], name(method), request, context::proceed);
    }
    if (IamDeed.SERVICES.contains(service)) {
      return guard.iamOperation(
          (Caller) arguments[0], service, name(method), request, context::proceed);
    }
    return guard.operation(
        (Caller) arguments[0],
        address[0],
        filled(address[1], Members.labels(request)),
        name(method),
        request,
        context::proceed);
  }

  /** As the vendor spells it. */
  private static String name(Method method) {
    String name = method.getName();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String filled(String template, Map<String, String> labels) {
    return Arrays.stream(template.split("/", -1))
        .map(
            segment ->
                segment.startsWith("{")
                    ? segment(
                        labels.getOrDefault(segment.substring(1, segment.length() - 1), segment))
                    : segment)
        .collect(Collectors.joining("/"));
  }

  /** A label stays one segment of the ARN: the vendor's, too, has tagged ARNs encoded in it. */
  private static String segment(String label) {
    return label.replace("%", "%25").replace("/", "%2F").replace(":", "%3A");
  }
}
