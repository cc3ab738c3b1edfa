package io.gatehouse.admin.console;

import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.console.signin.Person;
import io.gatehouse.admin.guard.Suspension;
import io.gatehouse.admin.operations.Tenants;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tenants that the signed-in person may choose from, by account, with their names: those that
 * they are a member of, and the one that they are in the place of as an operator.
 */
@ApplicationScoped
public class TenantNames {

  private ConsoleCaller console;
  private Tenants tenants;

  /** For the container's proxies. */
  protected TenantNames() {}

  @Inject
  public TenantNames(ConsoleCaller console, Tenants tenants) {
    this.console = console;
    this.tenants = tenants;
  }

  public Map<String, String> choices() {
    Person person = console.person();
    Map<String, String> names = new LinkedHashMap<>();
    person.accounts().forEach(account -> names.put(account, nameOf(account)));
    console.impersonation().ifPresent(one -> names.put(one.account(), one.tenant()));
    return names;
  }

  /** Of the tenant of this tab; empty while it is served. */
  public Optional<Suspension> suspension() {
    try {
      return console.account().flatMap(account -> ofTenant(account).suspension());
    } catch (ApiError unknown) {
      return Optional.empty();
    }
  }

  private Tenants.Tenant ofTenant(String account) {
    return tenants.tenant(console.callerIn(account));
  }

  private String nameOf(String account) {
    try {
      return ofTenant(account).name();
    } catch (ApiError unknown) {
      // a group at the sign-in service can be there before its tenant is
      return "Tenant";
    }
  }
}
