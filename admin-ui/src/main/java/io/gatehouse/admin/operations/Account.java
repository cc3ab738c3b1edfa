package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.ADD_REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.logs.LogSettings;
import io.gatehouse.admin.store.AccountStore;
import io.gatehouse.admin.store.Resolution;
import io.gatehouse.admin.store.StoredTenant;
import io.gatehouse.admin.store.TenantStore;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.GetAccountRequest;
import software.amazon.awssdk.services.apigateway.model.GetAccountResponse;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.UpdateAccountRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateAccountResponse;

/** The tenant's account as tools ask for it. Imitates the Account page of the API reference. */
@ApplicationScoped
public class Account implements Operations {

  private static final String FEATURE = "UsagePlans";

  private static final PatchRules<UpdateAccountResponse> PATCHES =
      PatchRules.of(UpdateAccountResponse::builder)
          .allow(REPLACE, "/cloudwatchRoleArn")
          .reading(Account::role)
          .allow(ADD_REMOVE, "/features")
          .by(Account::feature)
          .refusing(Refusal.LISTING_PATHS);

  /**
   * What an account gets of this installation.
   *
   * @param logs how old log records become
   * @param logBytes that logs of all accounts together may take
   * @param audit how old audit records become
   * @param minutes how old figures of minutes become
   * @param fiveMinutes those of five minutes
   * @param hours those of hours and days
   * @param longestTimeout that an integration may have
   * @param functions whether the account may have any
   * @param functionBytes of code that it may keep
   */
  public record Terms(
      Duration logs,
      long logBytes,
      Duration audit,
      Duration minutes,
      Duration fiveMinutes,
      Duration hours,
      Duration longestTimeout,
      boolean functions,
      long functionBytes) {}

  private Settings settings;
  private LogSettings logs;
  private AccountStore accounts;
  private TenantStore tenants;

  protected Account() {}

  @Inject
  public Account(Settings settings, LogSettings logs, AccountStore accounts, TenantStore tenants) {
    this.settings = settings;
    this.logs = logs;
    this.accounts = accounts;
    this.tenants = tenants;
  }

  @Operation("GET /account")
  public GetAccountResponse getAccount(Caller caller, GetAccountRequest in) {
    return Wire.read(Wire.write(current(caller)), GetAccountResponse.builder());
  }

  @Operation("PATCH /account")
  public UpdateAccountResponse updateAccount(Caller caller, UpdateAccountRequest in) {
    UpdateAccountResponse after = PATCHES.apply(current(caller), in.patchOperations());
    accounts.cloudwatchRoleArn(caller, Optional.ofNullable(after.cloudwatchRoleArn()));
    return after;
  }

  /** As the operator has set up the installation. */
  @ConsoleQuery
  public Terms terms(Caller caller) {
    return new Terms(
        logs.kept(),
        logs.mostBytes(),
        settings.auditKept(),
        kept(Resolution.MINUTE),
        kept(Resolution.FIVE_MINUTES),
        kept(Resolution.HOUR),
        settings.longestTimeout(),
        settings.functions().allows(caller.account()),
        settings.functionStorage());
  }

  private Duration kept(Resolution figures) {
    return Duration.ofDays(settings.metricsKept().days(figures));
  }

  private UpdateAccountResponse current(Caller caller) {
    RateLimit throttle =
        tenants
            .find(caller.account())
            .flatMap(StoredTenant::throttle)
            .orElse(settings.accountLimit());
    return UpdateAccountResponse.builder()
        .cloudwatchRoleArn(accounts.cloudwatchRoleArn(caller).orElse(null))
        .throttleSettings(limit -> limit.burstLimit(throttle.burst()).rateLimit(throttle.rate()))
        .features(FEATURE)
        .apiKeyVersion("4")
        .build();
  }

  /** Blank takes the role away. */
  private static String role(String arn) {
    if (arn.isBlank()) {
      return "";
    }
    return Arn.parse(arn)
        .filter(role -> role.service().equals("iam"))
        .filter(role -> role.account().matches("\\d{12}"))
        .filter(role -> role.resource().startsWith("role/"))
        .map(Arn::toString)
        .orElseThrow(() -> ApiError.badRequest("Invalid Role ARN specified"));
  }

  private static UpdateAccountResponse feature(UpdateAccountResponse account, Change change) {
    if (!change.value().equals(FEATURE)) {
      throw ApiError.badRequest("Invalid feature specified. Valid options are " + FEATURE);
    }
    if (change.op() == Op.REMOVE) {
      throw ApiError.badRequest("Usage Plans cannot be disabled once they are enabled");
    }
    return account;
  }
}
