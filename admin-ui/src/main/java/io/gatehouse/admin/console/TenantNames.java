package io.gatehouse.admin.console;

import io.gatehouse.admin.console.signin.ConsoleCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tenants that the signed-in person may choose from, by account, with their names. */
@ApplicationScoped
public class TenantNames {

  private final ConsoleCaller console;

  /** For the container's proxies. */
  protected TenantNames() {
    this(new ConsoleCaller(""));
  }

  @Inject
  public TenantNames(ConsoleCaller console) {
    this.console = console;
  }

  public Map<String, String> choices() {
    Map<String, String> names = new LinkedHashMap<>();
    console.person().accounts().forEach(account -> names.put(account, "Tenant"));
    return names;
  }
}
