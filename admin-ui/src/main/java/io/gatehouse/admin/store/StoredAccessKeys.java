package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.AccessKey;
import io.gatehouse.admin.guard.AccessKeys;
import io.gatehouse.admin.guard.KeyPolicies;
import io.gatehouse.model.aws.Arn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.Set;

/** The access keys of the database, for whoever checks signatures. */
@ApplicationScoped
public class StoredAccessKeys implements AccessKeys {

  private TenantStore tenants;

  protected StoredAccessKeys() {}

  @Inject
  public StoredAccessKeys(TenantStore tenants) {
    this.tenants = tenants;
  }

  @Override
  @Transactional
  public Optional<AccessKey> find(String accessKeyId) {
    return tenants
        .accessKey(accessKeyId)
        .filter(StoredAccessKey::active)
        .map(
            key ->
                new AccessKey(
                    key.accessKeyId(),
                    key.account(),
                    Arn.user(key.account(), key.accessKeyId()).toString(),
                    tenants.secret(key),
                    Set.of(key.role()),
                    key.policy().map(KeyPolicies::parse)));
  }
}
