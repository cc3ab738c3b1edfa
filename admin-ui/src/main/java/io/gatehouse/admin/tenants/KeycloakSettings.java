package io.gatehouse.admin.tenants;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the sign-in service is and how the console makes itself known to it. */
@Dependent
public class KeycloakSettings {

  private final String url;
  private final String realm;
  private final String clientSecret;
  private final String adminSecret;

  @Inject
  public KeycloakSettings(
      @ConfigProperty(name = "GATEHOUSE_KEYCLOAK_URL", defaultValue = "http://127.0.0.1:9180")
          String url,
      @ConfigProperty(name = "GATEHOUSE_KEYCLOAK_REALM", defaultValue = "gatehouse") String realm,
      @ConfigProperty(name = "GATEHOUSE_KEYCLOAK_CLIENT_SECRET") String clientSecret,
      @ConfigProperty(name = "GATEHOUSE_KEYCLOAK_ADMIN_SECRET") String adminSecret) {
    this.url = url;
    this.realm = realm;
    this.clientSecret = clientSecret;
    this.adminSecret = adminSecret;
  }

  public String url() {
    return url;
  }

  public String realm() {
    return realm;
  }

  public String clientSecret() {
    return clientSecret;
  }

  public String adminSecret() {
    return adminSecret;
  }
}
