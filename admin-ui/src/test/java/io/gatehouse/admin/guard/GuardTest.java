package io.gatehouse.admin.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.constraint.Constraints;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.wire.ApiError;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final String ACCOUNT = "123456789012";
  private static final SdkPojo NAMED = CreateRestApiRequest.builder().name("n").build();
  private static final SdkPojo NAMELESS = CreateRestApiRequest.builder().build();

  private final Diary diary = new Diary();
  private final List<String> audited = new ArrayList<>();
  private final List<String> accounts = new ArrayList<>();
  private final Map<String, Suspension> suspended = new HashMap<>();
  private final Guard guard =
      new Guard(
          Constraints.ofThisVersion(),
          new Transaction(diary),
          failure ->
              failure instanceof TimeoutException
                  ? Optional.of(ApiError.of(ApiError.Kind.SERVICE_UNAVAILABLE, "busy"))
                  : Optional.empty(),
          new Trail(),
          InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z")),
          "us-east-1",
          Kit.settings().functions(),
          new NoIdentities(),
          account -> Optional.ofNullable(suspended.get(account)));

  @Test
  void a_good_call_runs_in_a_transaction_that_is_committed_and_is_audited() throws Exception {
    Object answer = create(Role.DEVELOPER, NAMED, () -> diary.done("work"));

    assertEquals("work", answer);
    assertEquals(List.of("begin", "watch", "work", "record", "close", "commit"), diary.entries);
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
      assertEquals(
          List.of("begin", "watch", "close", "rollback", "begin", "record", "commit"),
          diary.entries);
    }
    assertEquals(
        List.of(
            "CreateRestApi ConflictException c",
            "CreateRestApi InternalFailure An internal error occurred",
            "CreateRestApi InternalFailure An internal error occurred"),
        audited);
  }

  @Test
  void a_failure_that_passes_is_answered_as_such_and_not_recorded_where_nothing_can_be() {
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
    assertEquals(List.of("begin", "watch", "close", "rollback"), diary.entries);
    assertEquals(List.of(), audited);
  }

  @Test
  void in_a_suspended_tenant_programs_do_nothing_people_look_and_operators_do_all()
      throws Exception {
    for (Caller.Door door : Caller.Door.values()) {
      Caller caller = caller(Role.OWNER, door);
      assertEquals("x", create(caller, NAMED, () -> "x"));
      assertEquals("x", read(caller, () -> "x"));
    }
    suspended.put(ACCOUNT, new Suspension(Instant.EPOCH, "unpaid"));

    Caller program = caller(Role.OWNER, Caller.Door.MANAGEMENT_API);
    ApiError refused = assertThrows(ApiError.class, () -> read(program, () -> "x"));
    assertEquals(ApiError.Kind.ACCESS_DENIED, refused.kind());
    assertEquals(
        "Account %s is suspended (unpaid): ask whoever operates this installation"
            .formatted(ACCOUNT),
        refused.getMessage());
    Caller person = caller(Role.OWNER, Caller.Door.CONSOLE);
    assertEquals("x", read(person, () -> "x"));
    assertThrows(ApiError.class, () -> create(person, NAMED, () -> "x"));
    assertEquals("x", create(caller(Role.OWNER, Caller.Door.IMPERSONATION), NAMED, () -> "x"));
  }

  @Test
  void a_commit_that_fails_is_a_failure() {
    diary.refusesToCommit = true;

    assertThrows(IllegalStateException.class, () -> create(Role.OWNER, NAMED, () -> "x"));
    assertEquals("CreateRestApi InternalFailure An internal error occurred", audited.getLast());
  }

  @Test
  void a_change_whose_record_cannot_be_written_is_not_made() {
    diary.refusesToRecord = true;

    assertThrows(
        IllegalStateException.class, () -> create(Role.OWNER, NAMED, () -> diary.done("work")));
    assertEquals(
        List.of("begin", "watch", "work", "close", "rollback"), diary.entries.subList(0, 5));
    assertTrue(!diary.entries.contains("commit"), diary.entries::toString);
  }

  @Test
  void a_refusal_that_cannot_be_recorded_is_answered_all_the_same() {
    diary.refusesToRecord = true;

    ApiError seen =
        assertThrows(ApiError.class, () -> create(Role.VIEWER, NAMED, () -> diary.done("work")));

    assertEquals(ApiError.Kind.ACCESS_DENIED, seen.kind());
  }

  @Test
  void reading_leaves_no_record_unless_it_is_denied() throws Exception {
    SdkPojo request = GetRestApisRequest.builder().build();
    Caller nobody = new Caller("1", "r", "p", Set.of(), Caller.Door.CONSOLE);

    guard.operation(caller(Role.VIEWER), "GET", "/restapis", "G", request, () -> diary.done("x"));
    assertThrows(
        ApiError.class,
        () ->
            guard.operation(
                caller(Role.VIEWER),
                "GET",
                "/restapis",
                "G",
                request,
                () -> {
                  throw ApiError.notFound("n");
                }));
    assertEquals(List.of("begin", "x", "commit", "begin", "rollback"), diary.entries);
    assertThrows(
        ApiError.class, () -> guard.operation(nobody, "GET", "/restapis", "G", request, () -> "x"));
    assertEquals(1, audited.size());
    assertTrue(audited.getFirst().startsWith("G AccessDeniedException User: p is not"));
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
    assertEquals(
        List.of("watch", "work", "record", "close", "watch", "close", "setRollbackOnly"),
        diary.entries);
  }

  @Test
  void constraints_come_before_permission_and_both_before_any_transaction() {
    ApiError first = assertThrows(ApiError.class, () -> create(Role.VIEWER, NAMELESS, () -> "x"));
    ApiError second = assertThrows(ApiError.class, () -> create(Role.VIEWER, NAMED, () -> "x"));

    assertEquals(ApiError.Kind.VALIDATION, first.kind());
    assertEquals(ApiError.Kind.ACCESS_DENIED, second.kind());
    assertEquals(
        "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: apigateway:POST on"
            + " resource: arn:aws:apigateway:us-east-1::/restapis because no identity-based policy"
            + " allows the apigateway:POST action",
        second.getMessage());
    assertEquals(List.of("begin", "record", "commit", "begin", "record", "commit"), diary.entries);
    assertEquals(
        List.of(
            "CreateRestApi ValidationException " + first.getMessage(),
            "CreateRestApi AccessDeniedException " + second.getMessage()),
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
    "OPERATOR,OPERATE,true",
    "OWNER,OPERATE,false",
    "OPERATOR,PERMISSIONS,true",
    "DEVELOPER,PERMISSIONS,false",
    "DEVELOPER,WRITE,true",
    "VIEWER,WRITE,false",
    "VIEWER,READ,true"
  })
  void a_console_query_names_its_access_level(Role has, AccessLevel level, boolean may)
      throws Exception {
    if (may) {
      assertEquals("x", guard.consoleQuery(person(has), level, "tenants", () -> "x"));
    } else {
      ApiError error =
          assertThrows(
              ApiError.class, () -> guard.consoleQuery(person(has), level, "tenants", () -> "x"));
      assertEquals(ApiError.Kind.ACCESS_DENIED, error.kind());
    }
  }

  @Test
  void no_access_key_does_what_only_the_console_has() {
    assertThrows(
        ApiError.class,
        () ->
            guard.consoleQuery(
                caller(Role.OPERATOR), AccessLevel.READ, "limitAccessKey", () -> "x"));
  }

  @Test
  void what_programs_have_as_well_takes_role_and_policy() throws Exception {
    assertEquals("x", ownOperation(caller(Role.OWNER)));
    assertEquals("x", ownOperation(person(Role.OWNER)));
    assertEquals("x", ownOperation(limited("gatehouse:*", "*")));
    assertEquals(
        "x",
        ownOperation(
            limited(
                "gatehouse:PutBackendRole",
                "arn:aws:gatehouse:us-east-1:123456789012:backend-access")));
    for (Caller refused :
        List.of(
            caller(Role.DEVELOPER),
            person(Role.DEVELOPER),
            limited("apigateway:*", "*"),
            limited("gatehouse:GetBackendAccess", "*"),
            limited("gatehouse:*", "arn:aws:gatehouse:us-east-1:999999999999:backend-access"))) {
      ApiError error = assertThrows(ApiError.class, () -> ownOperation(refused));
      assertEquals(ApiError.Kind.ACCESS_DENIED, error.kind());
      assertTrue(error.getMessage().contains("gatehouse:PutBackendRole"), error.getMessage());
    }
    assertEquals("PutBackendRole Success", audited.getFirst());
    assertEquals("123456789012", accounts.getFirst());
  }

  private Object ownOperation(Caller caller) throws Exception {
    return guard.ownOperation(
        caller, AccessLevel.PERMISSIONS, "putBackendRole", "backend-access", () -> "x");
  }

  private static Caller limited(String action, String resource) {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\""
            + action
            + "\",\"Resource\":\""
            + resource
            + "\"}]}";
    Caller owner = caller(Role.OWNER);
    return new Caller(
        owner.account(),
        owner.region(),
        owner.principal(),
        owner.userId(),
        Map.of(),
        new Grants(
            owner.grants().identity(), Optional.of(KeyPolicies.parse(policy)), Optional.empty()),
        owner.door(),
        owner.origin());
  }

  @Test
  void what_operators_do_is_recorded_for_the_platform() throws Exception {
    guard.consoleQuery(person(Role.OPERATOR), AccessLevel.OPERATE, "createTenant", () -> "x");
    guard.consoleQuery(person(Role.OWNER), AccessLevel.PERMISSIONS, "createAccessKey", () -> "x");

    assertEquals(List.of(Caller.PLATFORM_ACCOUNT, "123456789012"), accounts);
  }

  @Test
  void an_audit_line_is_one_line_of_json_whatever_names_hold() {
    Caller caller = new Caller("1", "r", "evil\n\"name", Set.of(Role.OWNER), Caller.Door.CONSOLE);

    String line =
        new AuditEntry(caller, "1", "DeleteStage", "/restapis/a\nb", AuditEntry.Kind.CHANGE)
            .toJson("Success");

    assertTrue(line.lines().count() == 1, line);
    assertEquals(
        "{\"event\":\"audit\",\"account\":\"1\",\"principal\":\"evil\\n\\\"name\","
            + "\"door\":\"CONSOLE\",\"source\":\"\",\"operation\":\"DeleteStage\",\"resource\":\"/restapis/a\\nb\","
            + "\"outcome\":\"Success\"}",
        line);
  }

  private Object create(Role role, SdkPojo request, Callable<Object> call) throws Exception {
    return create(caller(role), request, call);
  }

  private Object create(Caller caller, SdkPojo request, Callable<Object> call) throws Exception {
    return guard.operation(caller, "POST", "/restapis", "CreateRestApi", request, call);
  }

  private Object read(Caller caller, Callable<Object> call) throws Exception {
    return guard.operation(
        caller, "GET", "/restapis", "GetRestApis", GetRestApisRequest.builder().build(), call);
  }

  private static Caller caller(Role role) {
    return caller(role, Caller.Door.MANAGEMENT_API);
  }

  private static Caller caller(Role role, Caller.Door door) {
    return new Caller(
        ACCOUNT, "us-east-1", "arn:aws:iam::123456789012:user/ann", Set.of(role), door);
  }

  /** Operators are in no tenant. */
  private static Caller person(Role role) {
    String account = role == Role.OPERATOR ? Caller.PLATFORM_ACCOUNT : "123456789012";
    return new Caller(account, "us-east-1", "ann", Set.of(role), Caller.Door.CONSOLE);
  }

  /** A trail that writes down what it is told. */
  private final class Trail implements AuditTrail {

    @Override
    public Watch watch() {
      diary.done("watch");
      return new Watch() {
        @Override
        public void done(AuditEntry entry) {
          record(entry, AuditEntry.SUCCESS);
        }

        @Override
        public void close() {
          diary.done("close");
        }
      };
    }

    @Override
    public void refused(AuditEntry entry, String outcome, String message) {
      record(entry, outcome + " " + message);
    }

    @Override
    public void happened(AuditEntry entry, String before, String after) {
      record(entry, AuditEntry.SUCCESS);
    }

    private void record(AuditEntry entry, String outcome) {
      if (diary.refusesToRecord) {
        throw new IllegalStateException("no room for records");
      }
      diary.done("record");
      audited.add(entry.operation() + " " + outcome);
      accounts.add(entry.account());
    }
  }

  /** A transaction that writes down what happens to it. */
  private static final class Diary implements UserTransaction {

    final List<String> entries = new ArrayList<>();
    int status = Status.STATUS_NO_TRANSACTION;
    boolean refusesToCommit;
    boolean refusesToRecord;

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
