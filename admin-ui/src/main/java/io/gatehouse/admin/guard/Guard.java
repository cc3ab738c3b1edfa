package io.gatehouse.admin.guard;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.constraint.Constraints;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import software.amazon.awssdk.core.SdkPojo;

/** What stands before every operation: constraints, permission, transaction, audit. */
@ApplicationScoped
public class Guard {

  private static final ApiError BUG =
      ApiError.of(ApiError.Kind.INTERNAL, "An internal error occurred");

  private Constraints constraints;
  private Permissions permissions;
  private Transaction transaction;
  private Failures failures;
  private Audit audit;
  private String region;

  /** For the container's proxy. */
  protected Guard() {}

  @Inject
  public Guard(
      UserTransaction transaction,
      Failures failures,
      AuditTrail trail,
      InstantSource clock,
      Settings settings) {
    this(
        Constraints.ofThisVersion(),
        new Transaction(transaction),
        failures,
        trail,
        clock,
        settings.region());
  }

  Guard(
      Constraints constraints,
      Transaction transaction,
      Failures failures,
      AuditTrail trail,
      InstantSource clock,
      String region) {
    this.constraints = constraints;
    this.permissions = new Permissions(clock);
    this.transaction = transaction;
    this.failures = failures;
    this.audit = new Audit(trail, transaction);
    this.region = region;
  }

  /**
   * An operation of the vendor's.
   *
   * @param verb of the service model
   * @param path of the service model with its labels filled in
   */
  public Object operation(
      Caller caller,
      String verb,
      String path,
      String operation,
      SdkPojo request,
      Callable<Object> call)
      throws Exception {
    boolean reads = verb.equals("GET");
    String resource = Arn.apigateway(region, path).toString();
    AuditEntry.Kind kind = reads ? AuditEntry.Kind.READ : AuditEntry.Kind.CHANGE;
    return audited(
        new AuditEntry(caller, caller.account(), operation, resource, kind),
        () -> {
          constraints.check(request);
          Role least = reads ? Role.VIEWER : Role.DEVELOPER;
          permissions.require(caller, least, "apigateway:" + verb, resource, request);
        },
        call);
  }

  /** An operation that everybody may call who has signed; such operations only look. */
  public Object openOperation(SdkPojo request, Callable<Object> call) throws Exception {
    constraints.check(request);
    return transaction.around(call);
  }

  /** A question or command of the console's own, which programs do not have. */
  public Object consoleQuery(Caller caller, Role least, String query, Callable<Object> call)
      throws Exception {
    // What operators do is told to operators, not to the tenant in which they happen to be.
    String account = least == Role.OPERATOR ? Caller.PLATFORM_ACCOUNT : caller.account();
    AuditEntry.Kind kind = least == Role.VIEWER ? AuditEntry.Kind.READ : AuditEntry.Kind.EITHER;
    return audited(
        new AuditEntry(caller, account, query, "", kind),
        () -> Permissions.requirePerson(caller, least, query),
        call);
  }

  /**
   * A question or command of our own that programs have as well.
   *
   * @param name as {@code getBackendAccess}
   * @param thing what it is about, within the account
   */
  public Object ownOperation(
      Caller caller, Role least, String name, String thing, Callable<Object> call)
      throws Exception {
    String operation = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    String resource = new Arn("aws", "gatehouse", region, caller.account(), thing).toString();
    AuditEntry.Kind kind = least == Role.VIEWER ? AuditEntry.Kind.READ : AuditEntry.Kind.EITHER;
    return audited(
        new AuditEntry(caller, caller.account(), operation, resource, kind),
        () -> permissions.require(caller, least, "gatehouse:" + operation, resource),
        call);
  }

  private Object audited(AuditEntry entry, Runnable check, Callable<Object> call) throws Exception {
    try {
      check.run();
      Object answer = audit.recorded(entry, call);
      audit.done(entry);
      return answer;
    } catch (ApiError e) {
      audit.refused(entry, e);
      throw e;
    } catch (Exception e) {
      ApiError passing = failures.passing(e).orElse(null);
      audit.refused(entry, passing == null ? BUG : passing);
      throw passing == null ? e : passing;
    }
  }
}
