package io.gatehouse.admin.guard;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.constraint.Constraints;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.util.Optional;
import java.util.concurrent.Callable;
import software.amazon.awssdk.core.SdkPojo;

/** What stands before every operation: constraints, permission, transaction, audit. */
@ApplicationScoped
public class Guard {

  private Constraints constraints;
  private Transaction transaction;
  private Failures failures;
  private Audit audit;
  private String region;

  /** For the container's proxy. */
  protected Guard() {}

  @Inject
  public Guard(UserTransaction transaction, Failures failures, Settings settings) {
    this(
        Constraints.ofThisVersion(),
        new Transaction(transaction),
        failures,
        Audit.toLog(),
        settings.region());
  }

  Guard(
      Constraints constraints,
      Transaction transaction,
      Failures failures,
      Audit audit,
      String region) {
    this.constraints = constraints;
    this.transaction = transaction;
    this.failures = failures;
    this.audit = audit;
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
    Role least = verb.equals("GET") ? Role.VIEWER : Role.DEVELOPER;
    Audit.Entry entry = new Audit.Entry(caller, operation, path, verb.equals("GET"));
    return audited(
        entry,
        () -> {
          constraints.check(request);
          require(caller, least, "apigateway:" + verb, Arn.apigateway(region, path).toString());
          return transaction.around(call);
        });
  }

  /** A question or command of the console's own. */
  public Object consoleQuery(Caller caller, Role least, String query, Callable<Object> call)
      throws Exception {
    Audit.Entry entry = new Audit.Entry(caller, query, "", least == Role.VIEWER);
    return audited(
        entry,
        () -> {
          require(caller, least, "gatehouse:" + query, "account " + caller.account());
          return transaction.around(call);
        });
  }

  private static void require(Caller caller, Role least, String action, String resource) {
    // Roles are declared from the mightiest to the least.
    if (caller.roles().stream().noneMatch(role -> role.compareTo(least) <= 0)) {
      throw ApiError.of(
          ApiError.Kind.ACCESS_DENIED,
          "User: %s is not authorized to perform: %s on resource: %s"
              .formatted(caller.principal(), action, resource));
    }
  }

  private Object audited(Audit.Entry entry, Callable<Object> call) throws Exception {
    try {
      Object answer = call.call();
      audit.note(entry, "Success");
      return answer;
    } catch (ApiError e) {
      audit.note(entry, e.kind().type());
      throw e;
    } catch (Exception e) {
      Optional<ApiError> passing = failures.passing(e);
      audit.note(entry, passing.map(error -> error.kind().type()).orElse("Failure"));
      throw passing.isPresent() ? passing.get() : e;
    }
  }
}
