package io.gatehouse.admin.console.signin;

import io.gatehouse.admin.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.LogoutDefinition;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The console's sign-in by OpenID Connect and what came of it. */
@OpenIdAuthenticationMechanismDefinition(
    providerURI = "${signIn.providerUri}",
    clientId = SignIn.CLIENT_ID,
    clientSecret = "${signIn.clientSecret}",
    redirectURI = "${signIn.redirectUri}",
    redirectToOriginalResource = false,
    scope = {"openid", "profile", "email"},
    claimsDefinition =
        @ClaimsDefinition(callerNameClaim = "preferred_username", callerGroupsClaim = "groups"),
    // With notifyProvider the id token hint would be missing and Keycloak would ask once more. The
    // deferred expression is evaluated at sign-out, when the token is still known.
    logout = @LogoutDefinition(notifyProvider = false, redirectURI = "#{signIn.signOutUri}"))
@ApplicationScoped
@Named("signIn")
public class SignIn {

  static final String CLIENT_ID = "console";

  private final Optional<OpenIdContext> openId;
  private final Optional<Settings.Keycloak> keycloak;
  private final String consoleUrl;

  /** For the container's proxies. */
  protected SignIn() {
    openId = Optional.empty();
    keycloak = Optional.empty();
    consoleUrl = "";
  }

  @Inject
  public SignIn(OpenIdContext openId, Settings settings) {
    this.openId = Optional.of(openId);
    this.keycloak = Optional.of(settings.keycloak());
    this.consoleUrl = settings.consoleUrl().replaceAll("/+$", "");
  }

  public String getProviderUri() {
    return keycloak.orElseThrow().url() + "/realms/" + keycloak.orElseThrow().realm();
  }

  public String getClientSecret() {
    return keycloak.orElseThrow().clientSecret();
  }

  public String getRedirectUri() {
    return origin() + "/callback";
  }

  /** Where the browser goes to end the session at the sign-in service too. */
  public String getSignOutUri() {
    OpenIdContext context = openId.orElseThrow();
    return Optional.ofNullable(context.getIdentityToken())
        .map(
            token ->
                getProviderUri()
                    + "/protocol/openid-connect/logout?client_id="
                    + CLIENT_ID
                    + "&post_logout_redirect_uri="
                    + URLEncoder.encode(consoleUrl + "/", StandardCharsets.UTF_8)
                    + "&id_token_hint="
                    + token.getToken())
        .orElse(consoleUrl + "/");
  }

  /** Scheme, host and port under which people open the console. */
  String origin() {
    return consoleUrl.endsWith("/console")
        ? consoleUrl.substring(0, consoleUrl.length() - "/console".length())
        : consoleUrl;
  }

  /** The person of the current request, by the claims of the identity token. */
  Person person() {
    Map<String, Object> claims = openId.orElseThrow().getIdentityToken().getClaims();
    String id = String.valueOf(claims.get("sub"));
    String userName = String.valueOf(claims.get("preferred_username"));
    String name = claims.get("name") instanceof String text ? text : userName;
    List<String> groups =
        claims.get("groups") instanceof Collection<?> list
            ? list.stream().map(Object::toString).toList()
            : List.of();
    return Person.of(id, userName, name, groups);
  }
}
