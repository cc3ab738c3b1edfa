package io.gatehouse.admin.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.model.constraint.Constraints;
import io.gatehouse.model.wire.ApiError;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;

class GuardTest {

  private static final SdkPojo NAMED = CreateRestApiRequest.builder().name("n").build();
  private static final SdkPojo NAMELESS = CreateRestApiRequest.builder().build();

  private final Diary diary = new Diary();
  private final List<String> audited = new ArrayList<>();
  private final Guard guard =
      new Guard(
          Constraints.ofThisVersion(),
          new Transaction(diary),
          failure ->
              failure instanceof TimeoutException
                  ? Optional.of(ApiError.of(ApiError.Kind.SERVICE_UNAVAILABLE, "busy"))
                  : Optional.empty(),
          (entry, outcome) -> audited.add(entry.operation() + " " + outcome),
          "us-east-1");

  @Test
  void a_good_call_runs_in_a_transaction_that_is_committed_and_is_audited() throws Exception {
    Object answer = create(Role.DEVELOPER, NAMED, () -> diary.done("work"));

    assertEquals("work", answer);
    assertEquals(List.of("begin", "work", "commit"), diary.entries);
    assertEquals(List.of("CreateRestApi Success"), audited);
  }

  @Test
  void whatever_is_thrown_rolls_back_and_reaches_the_caller() {
    for (Exception thrown :
        List.of(ApiError.conflict("c"), new IllegalStateException("bug"), new Exception("x"))) {
      diary.entries.clear();
      Exception seen =
          assertThrows(
              Exception.class,
              () ->
                  create(
                      Role.OWNER,
                      NAMED,
                      () -> {
                        throw thrown;
                      }));
      assertSame(thrown, seen);
      assertEquals(List.of("begin", "rollback"), diary.entries);
    }
    assertEquals(
        List.of(
            "CreateRestApi ConflictException", "CreateRestApi Failure", "CreateRestApi Failure"),
        audited);
  }

  @Test
  void a_failure_that_passes_is_answered_and_audited_as_such() {
    ApiError seen =
        assertThrows(
            ApiError.class,
            () ->
                create(
                    Role.OWNER,
                    NAMED,
                    () -> {
                      throw new TimeoutException();
                    }));

    assertEquals(ApiError.Kind.SERVICE_UNAVAILABLE, seen.kind());
    assertEquals(List.of("begin", "rollback"), diary.entries);
    assertEquals(List.of("CreateRestApi ServiceUnavailableException"), audited);
  }

  @Test
  void a_commit_that_fails_is_a_failure() {
    diary.refusesToCommit = true;

    assertThrows(IllegalStateException.class, () -> create(Role.OWNER, NAMED, () -> "x"));
    assertEquals(List.of("CreateRestApi Failure"), audited);
  }

  @Test
  void a_running_transaction_is_joined_and_marked_when_the_call_fails() throws Exception {
    diary.status = Status.STATUS_ACTIVE;

    create(Role.OWNER, NAMED, () -> diary.done("work"));
    assertThrows(
        ApiError.class,
        () ->
            create(
                Role.OWNER,
                NAMED,
                () -> {
                  throw ApiError.notFound("n");
                }));
    assertEquals(List.of("work", "setRollbackOnly"), diary.entries);
  }

  @Test
  void constraints_come_before_permission_and_both_before_any_transaction() {
    ApiError first = assertThrows(ApiError.class, () -> create(Role.VIEWER, NAMELESS, () -> "x"));
    ApiError second = assertThrows(ApiError.class, () -> create(Role.VIEWER, NAMED, () -> "x"));

    assertEquals(ApiError.Kind.VALIDATION, first.kind());
    assertEquals(ApiError.Kind.ACCESS_DENIED, second.kind());
    assertEquals(
        "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: apigateway:POST on"
            + " resource: arn:aws:apigateway:us-east-1::/restapis",
        second.getMessage());
    assertEquals(List.of(), diary.entries);
    assertEquals(
        List.of("CreateRestApi ValidationException", "CreateRestApi AccessDeniedException"),
        audited);
  }

  @Test
  void a_viewer_may_read() throws Exception {
    SdkPojo request = GetRestApisRequest.builder().build();

    assertEquals(
        "x", guard.operation(caller(Role.VIEWER), "GET", "/restapis", "G", request, () -> "x"));
    assertThrows(
        ApiError.class,
        () ->
            guard.operation(
                new Caller("1", "r", "p", Set.of(), Caller.Door.CONSOLE),
                "GET",
                "/restapis",
                "G",
                request,
                () -> "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "OPERATOR,OPERATOR,true",
    "OWNER,OPERATOR,false",
    "OPERATOR,OWNER,true",
    "DEVELOPER,OWNER,false",
    "DEVELOPER,DEVELOPER,true",
    "VIEWER,DEVELOPER,false",
    "VIEWER,VIEWER,true"
  })
  void a_console_query_names_its_least_role(Role has, Role least, boolean may) throws Exception {
    if (may) {
      assertEquals("x", guard.consoleQuery(caller(has), least, "tenants", () -> "x"));
    } else {
      ApiError error =
          assertThrows(
              ApiError.class, () -> guard.consoleQuery(caller(has), least, "tenants", () -> "x"));
      assertEquals(ApiError.Kind.ACCESS_DENIED, error.kind());
    }
  }

  @Test
  void an_audit_line_is_one_line_of_json_whatever_names_hold() {
    Caller caller = new Caller("1", "r", "evil\n\"name", Set.of(Role.OWNER), Caller.Door.CONSOLE);

    String line = new Audit.Entry(caller, "DeleteStage", "/restapis/a\nb", false).toJson("Success");

    assertTrue(line.lines().count() == 1, line);
    assertEquals(
        "{\"event\":\"audit\",\"account\":\"1\",\"principal\":\"evil\\n\\\"name\","
            + "\"door\":\"CONSOLE\",\"operation\":\"DeleteStage\",\"resource\":\"/restapis/a\\nb\","
            + "\"outcome\":\"Success\"}",
        line);
  }

  private Object create(Role role, SdkPojo request, Callable<Object> call) throws Exception {
    return guard.operation(caller(role), "POST", "/restapis", "CreateRestApi", request, call);
  }

  private static Caller caller(Role role) {
    return new Caller(
        "123456789012",
        "us-east-1",
        "arn:aws:iam::123456789012:user/ann",
        Set.of(role),
        Caller.Door.MANAGEMENT_API);
  }

  /** A transaction that writes down what happens to it. */
  private static final class Diary implements UserTransaction {

    final List<String> entries = new ArrayList<>();
    int status = Status.STATUS_NO_TRANSACTION;
    boolean refusesToCommit;

    Object done(String what) {
      entries.add(what);
      return what;
    }

    @Override
    public void begin() {
      done("begin");
    }

    @Override
    public void commit() {
      if (refusesToCommit) {
        throw new IllegalStateException("rolled back instead");
      }
      done("commit");
    }

    @Override
    public void rollback() {
      done("rollback");
    }

    @Override
    public void setRollbackOnly() {
      done("setRollbackOnly");
    }

    @Override
    public int getStatus() {
      return status;
    }

    @Override
    public void setTransactionTimeout(int seconds) {}
  }
}
