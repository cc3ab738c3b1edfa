package io.gatehouse.admin.console.settings;

import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Account;
import io.gatehouse.admin.operations.Account.Terms;
import io.gatehouse.admin.operations.Tenants;
import io.gatehouse.admin.operations.Tenants.Tenant;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.GetAccountRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.UpdateAccountRequest;

/** Reads and changes what holds for a tenant as a whole. */
final class SettingsPresenter {

  private static final String ROLE = "/cloudwatchRoleArn";

  private final Account account;
  private final Tenants tenants;
  private final Supplier<Caller> caller;

  SettingsPresenter(Account account, Tenants tenants, Supplier<Caller> caller) {
    this.account = account;
    this.tenants = tenants;
    this.caller = caller;
  }

  Tenant tenant() {
    return tenants.tenant(caller.get());
  }

  /** By name, in words. */
  Map<String, String> limits() {
    Tenant tenant = tenant();
    Terms terms = account.terms(caller.get());
    Map<String, String> limits = new LinkedHashMap<>();
    limits.put(
        "Calls of all APIs together",
        Rates.words(tenant.throttle().rate(), tenant.throttle().burst()));
    limits.put(
        "Longest integration timeout", Rates.number(terms.longestTimeout().toMillis()) + " ms");
    limits.put(
        "Functions",
        terms.functions()
            ? "allowed, with " + megabytes(terms.functionBytes()) + " of code"
            : "not allowed: the operator names accounts in GATEHOUSE_FUNCTIONS");
    return limits;
  }

  /** How long what is kept, by name, in words. */
  Map<String, String> kept() {
    Terms terms = account.terms(caller.get());
    Map<String, String> kept = new LinkedHashMap<>();
    kept.put(
        "Logs",
        days(terms.logs())
            + "; those of all tenants together "
            + megabytes(terms.logBytes())
            + ", beyond which the oldest of whoever has most go first");
    kept.put("Metrics by the minute", days(terms.minutes()));
    kept.put("Metrics by five minutes", days(terms.fiveMinutes()));
    kept.put("Metrics by the hour and day", days(terms.hours()));
    kept.put("Audit trail", days(terms.audit()));
    return kept;
  }

  /** Empty where none is set. */
  Optional<String> role() {
    return Optional.ofNullable(
        account.getAccount(caller.get(), GetAccountRequest.builder().build()).cloudwatchRoleArn());
  }

  /**
   * @param arn blank for none
   */
  void role(String arn) {
    account.updateAccount(
        caller.get(),
        UpdateAccountRequest.builder()
            .patchOperations(one -> one.op(Op.REPLACE).path(ROLE).value(arn.strip()))
            .build());
  }

  private static String days(Duration time) {
    return Rates.number(time.toDays()) + " days";
  }

  private static String megabytes(long bytes) {
    return Rates.number(bytes >> 20) + " MB";
  }
}
