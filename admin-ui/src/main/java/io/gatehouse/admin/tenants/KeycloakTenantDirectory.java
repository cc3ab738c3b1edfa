package io.gatehouse.admin.tenants;

import io.gatehouse.admin.Settings;
import io.gatehouse.model.wire.ApiError;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.GroupResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.GroupRepresentation;

/** The tenant directory in Keycloak's groups, written by the service account console-admin. */
@ApplicationScoped
public class KeycloakTenantDirectory implements TenantDirectory {

  private static final Logger LOG = Logger.getLogger(KeycloakTenantDirectory.class.getName());
  private static final String ROOT = "tenants";
  private static final List<String> ROLES = List.of("owner", "developer", "viewer");

  private final Optional<Keycloak> keycloak;
  private final String realmName;

  /** For the container's proxies. */
  protected KeycloakTenantDirectory() {
    keycloak = Optional.empty();
    realmName = "";
  }

  @Inject
  public KeycloakTenantDirectory(Settings all) {
    Settings.Keycloak settings = all.keycloak();
    realmName = settings.realm();
    keycloak =
        Optional.of(
            KeycloakBuilder.builder()
                .serverUrl(settings.url())
                .realm(settings.realm())
                .clientId("console-admin")
                .clientSecret(settings.adminSecret())
                .grantType(OAuth2Constants.CLIENT_CREDENTIALS)
                .build());
  }

  @PreDestroy
  void close() {
    keycloak.ifPresent(Keycloak::close);
  }

  @Override
  public void createGroups(String account, String name) {
    asking(
        "make the groups of tenant " + account,
        realm -> {
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
        });
  }

  private static String topGroup(RealmResource realm) {
    Optional<String> there = groupId(realm, "/" + ROOT);
    if (there.isPresent()) {
      return there.get();
    }
    GroupRepresentation group = new GroupRepresentation();
    group.setName(ROOT);
    accept(realm.groups().add(group));
    return groupId(realm, "/" + ROOT).orElseThrow();
  }

  private static String subGroup(
      RealmResource realm, String parent, String path, GroupRepresentation wanted) {
    Optional<String> there = groupId(realm, path);
    if (there.isPresent()) {
      return there.get();
    }
    GroupResource above = realm.groups().group(parent);
    accept(above.subGroup(wanted));
    return groupId(realm, path).orElseThrow();
  }

  private static Optional<String> groupId(RealmResource realm, String path) {
    try {
      return Optional.of(realm.getGroupByPath(path).getId());
    } catch (NotFoundException absent) {
      return Optional.empty();
    }
  }

  private static void accept(Response response) {
    try (response) {
      // 409: someone else made it in the meantime, which is what we wanted
      if (response.getStatus() >= 400 && response.getStatus() != 409) {
        throw new WebApplicationException(response.getStatus());
      }
    }
  }

  private void asking(String what, Question question) {
    try {
      question.ask(keycloak.orElseThrow().realm(realmName));
    } catch (ProcessingException | WebApplicationException failure) {
      LOG.log(Level.WARNING, "The sign-in service did not " + what, failure);
      throw ApiError.of(
          ApiError.Kind.SERVICE_UNAVAILABLE,
          "The sign-in service could not " + what + "; try again when it is up");
    }
  }

  private interface Question {
    void ask(RealmResource realm);
  }
}
