package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.AccessKey;
import io.gatehouse.admin.guard.AccessKeys;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.KeyPolicies;
import io.gatehouse.admin.guard.ManagedPolicies;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.Policy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                    arn(key),
                    Caller.derivedId(arn(key)),
                    tenants.secret(key),
                    grants(key),
                    Map.of()));
  }

  private static String arn(StoredAccessKey key) {
    return Arn.user(key.account(), key.accessKeyId()).toString();
  }

  private static Grants grants(StoredAccessKey key) {
    Policy role = ManagedPolicies.of(key.role()).policy();
    return new Grants(List.of(role), key.policy().map(KeyPolicies::parse), Optional.empty());
  }
}
