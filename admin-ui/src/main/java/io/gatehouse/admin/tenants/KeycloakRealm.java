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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.JacksonProvider;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.RealmResource;

/** The realm of the sign-in service, asked as the service account console-admin. */
@ApplicationScoped
public class KeycloakRealm {

  private static final Logger LOG = Logger.getLogger(KeycloakRealm.class.getName());

  /** A screen waits for the answer, so a service that hangs is as good as down. */
  private static final int CONNECT_SECONDS = 3;

  private static final int ANSWER_SECONDS = 10;
  private static final int AT_ONCE = 20;

  private final Optional<Keycloak> keycloak;
  private final String realmName;

  /** For the container's proxies. */
  protected KeycloakRealm() {
    keycloak = Optional.empty();
    realmName = "";
  }

  @Inject
  public KeycloakRealm(Settings all) {
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
                .resteasyClient(
                    new ResteasyClientBuilderImpl()
                        .connectionPoolSize(AT_ONCE)
                        .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .register(JacksonProvider.class, 100)
                        .build())
                .build());
  }

  @PreDestroy
  void close() {
    keycloak.ifPresent(Keycloak::close);
  }

  /**
   * @param what it is asked to do, as {@code make the groups of a tenant}
   * @throws ApiError service unavailable, when it is down or says no
   */
  <R> R asking(String what, Function<RealmResource, R> question) {
    try {
      return question.apply(keycloak.orElseThrow().realm(realmName));
    } catch (ProcessingException | WebApplicationException failure) {
      LOG.log(Level.WARNING, "The sign-in service did not " + what, failure);
      throw ApiError.of(
          ApiError.Kind.SERVICE_UNAVAILABLE,
          "The sign-in service could not " + what + "; try again when it is up");
    }
  }

  static Optional<String> groupId(RealmResource realm, String path) {
    try {
      return Optional.of(realm.getGroupByPath(path).getId());
    } catch (NotFoundException absent) {
      return Optional.empty();
    }
  }

  /** Takes what was made already for made. */
  static void accept(Response response) {
    try (response) {
      // 409: someone else made it in the meantime, which is what we wanted
      if (response.getStatus() >= 400 && response.getStatus() != 409) {
        throw new WebApplicationException(response.getStatus());
      }
    }
  }
}
