package io.gatehouse.admin.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.model.wire.ApiError;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

class InterceptorsTest {

  private final Notes notes = new Notes();
  private final Caller caller = new Caller("1", "r", "p", Set.of(Role.OWNER), Caller.Door.CONSOLE);

  /** What the interceptors read their annotations from. */
  static final class Samples {

    @Operation("PATCH /restapis/{restapi_id}/stages/{stage_name}")
    public String updateStage(Caller caller, UpdateStageRequest in) {
      return "done";
    }

    @Operation("PUT /tags/{resource_arn}")
    public String tagResource(Caller caller, TagResourceRequest in) {
      return "done";
    }

    @Operation("POST /restapis?mode=import")
    public String importRestApi(Caller caller, ImportRestApiRequest in) {
      return "done";
    }

    @Operation(value = "GET /?Action=GetCallerIdentity", needsPermission = false)
    public String getCallerIdentity(Caller caller, GetCallerIdentityRequest in) {
      return "who";
    }

    @ConsoleQuery(value = AccessLevel.PERMISSIONS, resource = "backend-access")
    public String putBackendRole(Caller caller) {
      return "done";
    }

    @ConsoleQuery(AccessLevel.OPERATE)
    public String tenants(Caller caller) {
      return "done";
    }
  }

  @Test
  void an_operation_is_asked_for_by_verb_path_and_name() throws Exception {
    UpdateStageRequest in =
        UpdateStageRequest.builder().restApiId("a1").stageName("{restapi_id}").build();
    Method method = Samples.class.getMethod("updateStage", Caller.class, UpdateStageRequest.class);

    Object answer = new OperationGuard(notes).stand(new Call(method, caller, in));

    assertEquals("done", answer);
    assertEquals("PATCH /restapis/a1/stages/{restapi_id} UpdateStage", notes.asked);
  }

  @Test
  void a_label_stays_one_segment_and_a_query_is_no_part_of_the_path() throws Exception {
    TagResourceRequest tag =
        TagResourceRequest.builder().resourceArn("arn:aws:apigateway:r::/restapis/100%").build();
    Method tagging = Samples.class.getMethod("tagResource", Caller.class, TagResourceRequest.class);
    ImportRestApiRequest document = ImportRestApiRequest.builder().build();
    Method importing =
        Samples.class.getMethod("importRestApi", Caller.class, ImportRestApiRequest.class);

    new OperationGuard(notes).stand(new Call(tagging, caller, tag));
    assertEquals(
        "PUT /tags/arn%3Aaws%3Aapigateway%3Ar%3A%3A%2Frestapis%2F100%25 TagResource", notes.asked);
    new OperationGuard(notes).stand(new Call(importing, caller, document));
    assertEquals("POST /restapis ImportRestApi", notes.asked);
  }

  @Test
  void whoever_has_signed_may_ask_who_they_are() throws Exception {
    Method method =
        Samples.class.getMethod("getCallerIdentity", Caller.class, GetCallerIdentityRequest.class);

    Object answer =
        new OperationGuard(notes)
            .stand(new Call(method, caller, GetCallerIdentityRequest.builder().build()));

    assertEquals("who", answer);
    assertEquals("open", notes.asked);
  }

  @Test
  void a_console_query_is_asked_for_by_its_access_level() throws Exception {
    Method method = Samples.class.getMethod("tenants", Caller.class);

    assertEquals("done", new ConsoleQueryGuard(notes).stand(new Call(method, caller)));
    assertEquals("OPERATE tenants", notes.asked);
  }

  @Test
  void what_programs_have_as_well_is_asked_for_by_its_resource() throws Exception {
    Method method = Samples.class.getMethod("putBackendRole", Caller.class);

    assertEquals("done", new ConsoleQueryGuard(notes).stand(new Call(method, caller)));
    assertEquals("PERMISSIONS putBackendRole backend-access", notes.asked);
  }

  @Test
  void what_the_guard_refuses_is_not_called() throws Exception {
    notes.refuses = true;
    Call call = new Call(Samples.class.getMethod("tenants", Caller.class), caller);

    assertThrows(ApiError.class, () -> new ConsoleQueryGuard(notes).stand(call));
    assertEquals(0, call.proceeded);
  }

  /** A guard that notes what it is asked. */
  private static final class Notes extends Guard {

    String asked = "";
    boolean refuses;

    @Override
    public Object operation(
        Caller caller,
        String verb,
        String path,
        String operation,
        SdkPojo request,
        Callable<Object> call)
        throws Exception {
      asked = verb + " " + path + " " + operation;
      return call.call();
    }

    @Override
    public Object openOperation(SdkPojo request, boolean inTransaction, Callable<Object> call)
        throws Exception {
      asked = "open";
      return call.call();
    }

    @Override
    public Object ownOperation(
        Caller caller, AccessLevel level, String name, String thing, Callable<Object> call)
        throws Exception {
      asked = level + " " + name + " " + thing;
      return call.call();
    }

    @Override
    public Object consoleQuery(
        Caller caller, AccessLevel level, String query, Callable<Object> call) throws Exception {
      asked = level + " " + query;
      if (refuses) {
        throw ApiError.of(ApiError.Kind.ACCESS_DENIED, "no");
      }
      return call.call();
    }
  }

  /** The container's side of an intercepted call. */
  private static final class Call implements InvocationContext {

    private final Method method;
    private final Object[] arguments;
    int proceeded;

    Call(Method method, Object... arguments) {
      this.method = method;
      this.arguments = arguments;
    }

    @Override
    public Object getTarget() {
      return new Samples();
    }

    @Override
    public Object getTimer() {
      return null;
    }

    @Override
    public Method getMethod() {
      return method;
    }

    @Override
    public Constructor<?> getConstructor() {
      return null;
    }

    @Override
    public Object[] getParameters() {
      return arguments;
    }

    @Override
    public void setParameters(Object[] parameters) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> getContextData() {
      return Map.of();
    }

    @Override
    public Object proceed() throws Exception {
      proceeded++;
      return method.invoke(getTarget(), arguments);
    }
  }
}
