package io.gatehouse.admin.store;

import io.gatehouse.admin.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** What has to be in the database before anyone calls: the demo tenant, if one is configured. */
@ApplicationScoped
public class Bootstrap {

  private Settings settings;
  private TenantStore tenants;

  protected Bootstrap() {}

  @Inject
  public Bootstrap(Settings settings, TenantStore tenants) {
    this.settings = settings;
    this.tenants = tenants;
  }

  /**
   * @throws Secrets.WrongMasterKey when the database was written under another master key
   */
  @Transactional
  public void run() {
    tenants.checkMasterKey();
    settings
        .demo()
        .ifPresent(
            demo ->
                tenants.ensure(demo.account(), "Demo", demo.accessKeyId(), demo.secretAccessKey()));
  }
}
