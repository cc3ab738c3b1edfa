package io.gatehouse.admin.tenants;

import static io.gatehouse.admin.tenants.KeycloakRealm.groupId;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.GroupRepresentation;

/** The tenant directory in Keycloak's groups. */
@ApplicationScoped
public class KeycloakTenantDirectory implements TenantDirectory {

  private static final String ROOT = "tenants";
  private static final List<String> ROLES = List.of("owner", "developer", "viewer");

  private KeycloakRealm keycloak;

  /** For the container's proxies. */
  protected KeycloakTenantDirectory() {}

  @Inject
  public KeycloakTenantDirectory(KeycloakRealm keycloak) {
    this.keycloak = keycloak;
  }

  @Override
  public void createGroups(String account, String name) {
    keycloak.asking("make the groups of tenant " + account, realm -> made(realm, account, name));
  }

  private static String made(RealmResource realm, String account, String name) {
    String root = topGroup(realm);
    GroupRepresentation tenant = new GroupRepresentation();
    tenant.setName(account);
    tenant.setAttributes(Map.of("name", List.of(name)));
    String tenantId = subGroup(realm, root, "/" + ROOT + "/" + account, tenant);
    for (String role : ROLES) {
      GroupRepresentation group = new GroupRepresentation();
      group.setName(role);
      subGroup(realm, tenantId, "/" + ROOT + "/" + account + "/" + role, group);
    }
    return tenantId;
  }

  private static String topGroup(RealmResource realm) {
    Optional<String> there = groupId(realm, "/" + ROOT);
    if (there.isPresent()) {
      return there.get();
    }
    GroupRepresentation group = new GroupRepresentation();
    group.setName(ROOT);
    KeycloakRealm.accept(realm.groups().add(group));
    return groupId(realm, "/" + ROOT).orElseThrow();
  }

  private static String subGroup(
      RealmResource realm, String parent, String path, GroupRepresentation wanted) {
    Optional<String> there = groupId(realm, path);
    if (there.isPresent()) {
      return there.get();
    }
    KeycloakRealm.accept(realm.groups().group(parent).subGroup(wanted));
    return groupId(realm, path).orElseThrow();
  }
}
