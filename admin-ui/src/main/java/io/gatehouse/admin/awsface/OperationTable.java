package io.gatehouse.admin.awsface;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.model.wire.Members;
import io.gatehouse.model.wire.QueryInput;
import io.gatehouse.model.wire.WireInput;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** All operations that are built, found by verb and URI. */
final class OperationTable {

  /** How an operation's method is called. */
  @FunctionalInterface
  interface Invoker {
    Object invoke(Method method, Object bean, Object... arguments) throws Exception;
  }

  private final List<Entry> entries;

  private OperationTable(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * @param beans by the class that carries the annotations; the bean may be a proxy of it, so that
   *     the guard stands before every call
   */
  static OperationTable of(Map<Class<?>, Object> beans) {
    return of(beans, Method::invoke);
  }

  /** As {@link #of(Map)}, where the beans are not proxies and the guard is in the calling. */
  static OperationTable of(Map<Class<?>, Object> beans, Invoker invoker) {
    List<Entry> entries = new ArrayList<>();
    beans.forEach(
        (type, bean) -> {
          for (Method method : type.getMethods()) {
            Operation operation = method.getAnnotation(Operation.class);
            if (operation != null) {
              entries.add(entry(method, operation, bean, invoker));
            }
          }
        });
    entries.sort(Comparator.comparingInt(entry -> -entry.address().weight()));
    return new OperationTable(List.copyOf(entries));
  }

  private static Entry entry(Method method, Operation operation, Object bean, Invoker invoker) {
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length != 2
        || parameters[0] != Caller.class
        || !SdkPojo.class.isAssignableFrom(parameters[1])) {
      throw new IllegalStateException(
          method + " must take a Caller and the operation's request to be an @Operation");
    }
    boolean answersShape = SdkPojo.class.isAssignableFrom(method.getReturnType());
    if (!answersShape && method.getReturnType() != void.class) {
      throw new IllegalStateException(method + " must answer a shape or nothing");
    }
    UriTemplate address = UriTemplate.parse(operation.value());
    return new Entry(address, operation.status(), method, bean, parameters[1], invoker);
  }

  /**
   * @param service that the request is signed for
   */
  Optional<Match> find(String service, String method, String rawPath, String rawQuery) {
    for (Entry entry : entries) {
      if (!entry.service().equals(service)) {
        continue;
      }
      Optional<Map<String, String>> labels = entry.address().match(method, rawPath, rawQuery);
      if (labels.isPresent()) {
        return Optional.of(new Match(entry, labels.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * An operation of the Query protocol.
   *
   * @param action as {@code CreateUser}
   */
  Optional<Entry> find(QueryXml.Service service, String action) {
    String query = "Action=" + action;
    return entries.stream()
        .filter(entry -> entry.service().equals(service.shapes()))
        .filter(entry -> entry.address().queries().contains(query))
        .findFirst();
  }

  int size() {
    return entries.size();
  }

  /** One operation. */
  record Entry(
      UriTemplate address,
      int status,
      Method method,
      Object bean,
      Class<?> request,
      Invoker invoker) {

    String service() {
      return Members.service(request);
    }

    boolean takesRawBody() {
      return Members.hasRawBody((SdkPojo) builder().build());
    }

    Optional<SdkPojo> call(Caller caller, WireInput in) throws Exception {
      return call(caller, in.decode(builder()));
    }

    Optional<SdkPojo> call(Caller caller, QueryInput in) throws Exception {
      return call(caller, in.decode(builder()));
    }

    private Optional<SdkPojo> call(Caller caller, Object request) throws Exception {
      try {
        return Optional.ofNullable((SdkPojo) invoker.invoke(method, bean, caller, request));
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }

    private SdkBuilder<?, ?> builder() {
      try {
        return (SdkBuilder<?, ?>) request.getMethod("builder").invoke(null);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(request + " has no builder(), so is no request", e);
      }
    }
  }

  /**
   * An operation and the labels of this request's path.
   *
   * @param labels percent-encoded as sent
   */
  record Match(Entry entry, Map<String, String> labels) {}
}
