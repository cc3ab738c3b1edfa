package io.gatehouse.admin.guard;

import io.gatehouse.admin.Settings;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.constraint.Constraints;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.functions.FunctionSettings;
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
  private FunctionSettings functions;
  private IdentityDirectory identities;
  private Suspensions suspensions;

  /** For the container's proxy. */
  protected Guard() {}

  @Inject
  public Guard(
      UserTransaction transaction,
      Failures failures,
      AuditTrail trail,
      InstantSource clock,
      IdentityDirectory identities,
      Suspensions suspensions,
      Settings settings) {
    this(
        Constraints.ofThisVersion(),
        new Transaction(transaction),
        failures,
        trail,
        clock,
        settings.region(),
        settings.functions(),
        identities,
        suspensions);
  }

  Guard(
      Constraints constraints,
      Transaction transaction,
      Failures failures,
      AuditTrail trail,
      InstantSource clock,
      String region,
      FunctionSettings functions,
      IdentityDirectory identities,
      Suspensions suspensions) {
    this.constraints = constraints;
    this.permissions = new Permissions(clock);
    this.transaction = transaction;
    this.failures = failures;
    this.audit = new Audit(trail, transaction);
    this.region = region;
    this.functions = functions;
    this.identities = identities;
    this.suspensions = suspensions;
  }

  /**
   * An operation of API Gateway's.
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
    Deed deed = Deed.apigateway(region, verb, path, operation, request);
    AuditEntry entry = entry(caller, deed);
    return audited(
        entry, () -> check(caller, deed, request), transacted(deed.level(), entry, call));
  }

  /**
   * An operation of Lambda's.
   *
   * @param inTransaction whether it has one around it
   */
  public Object functionOperation(
      Caller caller,
      String verb,
      String operation,
      SdkPojo request,
      boolean inTransaction,
      Callable<Object> call)
      throws Exception {
    Deed deed = Deed.lambda(caller, region, verb, operation, request);
    AuditEntry entry = entry(caller, deed);
    return audited(
        entry,
        () -> {
          requireFunctions(caller);
          check(caller, deed, request);
          requireOwn(caller, deed);
        },
        inTransaction
            ? transacted(deed.level(), entry, call)
            : afterOpening(deed.level(), entry, call));
  }

  /** An operation of IAM's or of the Security Token Service's. */
  public Object iamOperation(
      Caller caller, String service, String operation, SdkPojo request, Callable<Object> call)
      throws Exception {
    IamDeed deed =
        (IamDeed)
            transaction.around(() -> IamDeed.of(caller, service, operation, request, identities));
    AuditEntry entry = entry(caller, deed.deed());
    return audited(
        entry,
        () -> {
          constraints.check(request);
          permissions.require(caller, deed, request);
        },
        transacted(deed.deed().level(), entry, call));
  }

  /**
   * An operation of Cognito's.
   *
   * @param inTransaction whether it has one around it
   */
  public Object userPoolOperation(
      Caller caller,
      String operation,
      SdkPojo request,
      boolean inTransaction,
      Callable<Object> call)
      throws Exception {
    Deed deed = Deed.userPools(caller, region, operation, request);
    AuditEntry entry = entry(caller, deed);
    return audited(
        entry,
        () -> {
          check(caller, deed, request);
          requireOwn(caller, deed);
        },
        inTransaction
            ? transacted(deed.level(), entry, call)
            : afterOpening(deed.level(), entry, call));
  }

  /** An operation of CloudWatch's. */
  public Object metricOperation(
      Caller caller, String operation, SdkPojo request, Callable<Object> call) throws Exception {
    Deed deed = Deed.metrics(operation);
    AuditEntry entry = entry(caller, deed);
    return audited(
        entry, () -> check(caller, deed, request), transacted(deed.level(), entry, call));
  }

  private static AuditEntry entry(Caller caller, Deed deed) {
    return new AuditEntry(caller, caller.account(), deed.operation(), deed.resource(), deed.kind());
  }

  private void check(Caller caller, Deed deed, SdkPojo request) {
    constraints.check(request);
    permissions.require(caller, deed.level(), deed.action(), deed.resource(), request);
  }

  private void requireFunctions(Caller caller) {
    if (!functions.allows(caller.account())) {
      throw ApiError.of(
          ApiError.Kind.ACCESS_DENIED,
          "Functions are not enabled for this account: the operator names it in"
              + " GATEHOUSE_FUNCTIONS");
    }
  }

  private static void requireOwn(Caller caller, Deed deed) {
    if (deed.owner().filter(owner -> !owner.equals(caller.account())).isPresent()) {
      throw Permissions.denied(
          caller,
          deed.action(),
          deed.resource(),
          " because no resource-based policy allows the " + deed.action() + " action");
    }
  }

  /**
   * An operation that everybody may call; such operations only look.
   *
   * @param inTransaction whether it has one around it
   */
  public Object openOperation(SdkPojo request, boolean inTransaction, Callable<Object> call)
      throws Exception {
    constraints.check(request);
    return inTransaction ? transaction.around(call) : call.call();
  }

  /** A question or command of the console's own, which programs do not have. */
  public Object consoleQuery(Caller caller, AccessLevel level, String query, Callable<Object> call)
      throws Exception {
    // What operators do is told to operators, not to the tenant in which they happen to be.
    String account = level == AccessLevel.OPERATE ? Caller.PLATFORM_ACCOUNT : caller.account();
    AuditEntry.Kind kind =
        level == AccessLevel.READ ? AuditEntry.Kind.READ : AuditEntry.Kind.EITHER;
    AuditEntry entry = new AuditEntry(caller, account, query, "", kind);
    return audited(
        entry,
        () -> permissions.requirePerson(caller, level, query),
        transacted(level, entry, call));
  }

  /**
   * Whether a person could do things of this level, for what a screen shows and hides; the
   * operations ask again.
   */
  public boolean mayPerson(Caller caller, AccessLevel level) {
    return permissions.mayPerson(caller, level);
  }

  private Callable<Object> transacted(AccessLevel level, AuditEntry entry, Callable<Object> call) {
    return () ->
        audit.recorded(
            entry,
            () -> {
              requireOpen(entry.caller(), level);
              return call.call();
            });
  }

  /** For what is not done in one transaction. */
  private Callable<Object> afterOpening(
      AccessLevel level, AuditEntry entry, Callable<Object> call) {
    return () -> {
      transaction.around(
          () -> {
            requireOpen(entry.caller(), level);
            return null;
          });
      return call.call();
    };
  }

  /**
   * In a suspended tenant its people may look, its programs nothing, and who is there as an
   * operator may do all.
   */
  private void requireOpen(Caller caller, AccessLevel level) {
    boolean mayAnyway =
        level == AccessLevel.OPERATE
            || caller.door() == Caller.Door.IMPERSONATION
            || caller.door().isForPeople() && level == AccessLevel.READ;
    if (!mayAnyway) {
      suspensions
          .suspension(caller.account())
          .ifPresent(
              one -> {
                throw ApiError.of(
                    ApiError.Kind.ACCESS_DENIED,
                    "Account %s is suspended (%s): ask whoever operates this installation"
                        .formatted(caller.account(), one.reason()));
              });
    }
  }

  /**
   * A question or command of our own that programs have as well.
   *
   * @param name as {@code getBackendAccess}
   * @param thing what it is about, within the account
   */
  public Object ownOperation(
      Caller caller, AccessLevel level, String name, String thing, Callable<Object> call)
      throws Exception {
    String operation = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    String resource = new Arn("aws", "gatehouse", region, caller.account(), thing).toString();
    AuditEntry.Kind kind =
        level == AccessLevel.READ ? AuditEntry.Kind.READ : AuditEntry.Kind.EITHER;
    AuditEntry entry = new AuditEntry(caller, caller.account(), operation, resource, kind);
    return audited(
        entry,
        () -> permissions.require(caller, level, "gatehouse:" + operation, resource),
        transacted(level, entry, call));
  }

  private Object audited(AuditEntry entry, Runnable check, Callable<Object> call) throws Exception {
    try {
      check.run();
      Object answer = call.call();
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
