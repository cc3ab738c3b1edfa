package io.gatehouse.admin.pools;

import io.gatehouse.admin.store.StoredResourceServer;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PreventUserExistenceErrorTypes;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** What of the vendor's settings a client here has; all others are refused by name. */
final class ClientRules {

  private static final Set<String> MEMBERS =
      Set.of(
          "UserPoolId",
          "ClientName",
          "GenerateSecret",
          "RefreshTokenValidity",
          "AccessTokenValidity",
          "IdTokenValidity",
          "TokenValidityUnits",
          "ExplicitAuthFlows",
          "SupportedIdentityProviders",
          "CallbackURLs",
          "LogoutURLs",
          "DefaultRedirectURI",
          "AllowedOAuthFlows",
          "AllowedOAuthScopes",
          "AllowedOAuthFlowsUserPoolClient",
          "PreventUserExistenceErrors",
          "EnableTokenRevocation",
          "EnablePropagateAdditionalUserContextData",
          "AuthSessionValidity");

  private static final Set<String> USUAL_SCOPES = Set.of("openid", "email", "profile", "phone");
  private static final int MOST_URLS = 100;
  private static final int LONGEST_URL = 1024;

  /** Minutes that a challenge lasts; there are none. */
  private static final int USUAL_SESSION = 3;

  private ClientRules() {}

  /**
   * What a client is with these settings, but for what it gets when it is made.
   *
   * @param servers whose scopes it may have
   */
  static UserPoolClientType client(
      CreateUserPoolClientRequest in, List<StoredResourceServer> servers) {
    Unbuilt.refuseOthers(in, MEMBERS);
    Unbuilt.refuseOtherValues(
        "ExplicitAuthFlows", in.explicitAuthFlowsAsStrings(), AuthFlows.EXPLICIT);
    Unbuilt.refuseOtherValues(
        "SupportedIdentityProviders", in.supportedIdentityProviders(), Set.of("COGNITO"));
    Unbuilt.refuseUnless(
        in.preventUserExistenceErrors() != PreventUserExistenceErrorTypes.LEGACY,
        "PreventUserExistenceErrors");
    Unbuilt.refuseUnless(
        !Boolean.FALSE.equals(in.enableTokenRevocation()), "EnableTokenRevocation");
    Unbuilt.refuseUnless(
        !Boolean.TRUE.equals(in.enablePropagateAdditionalUserContextData()),
        "EnablePropagateAdditionalUserContextData");
    Unbuilt.refuseUnless(
        in.authSessionValidity() == null || in.authSessionValidity() == USUAL_SESSION,
        "AuthSessionValidity");
    UserPoolClientType client =
        Wire.read(Wire.write(in), UserPoolClientType.builder()).toBuilder()
            .enableTokenRevocation(true)
            .enablePropagateAdditionalUserContextData(false)
            .authSessionValidity(USUAL_SESSION)
            .accessTokenValidity(given(in.accessTokenValidity()))
            .idTokenValidity(given(in.idTokenValidity()))
            .defaultRedirectURI("".equals(in.defaultRedirectURI()) ? null : in.defaultRedirectURI())
            .allowedOAuthFlowsUserPoolClient(
                Boolean.TRUE.equals(in.allowedOAuthFlowsUserPoolClient()))
            .refreshTokenValidity(
                in.refreshTokenValidity() == null || in.refreshTokenValidity() == 0
                    ? Integer.valueOf(TokenLifetimes.USUAL_REFRESH_DAYS)
                    : in.refreshTokenValidity())
            .build();
    TokenLifetimes.of(client);
    checkPages(client, Boolean.TRUE.equals(in.generateSecret()));
    checkScopes(client, servers);
    return client;
  }

  /** Tools say 0 for what they do not set. */
  private static Integer given(Integer validity) {
    return validity == null || validity == 0 ? null : validity;
  }

  private static void checkPages(UserPoolClientType client, boolean secret) {
    Set<String> flows = new HashSet<>(client.allowedOAuthFlowsAsStrings());
    Unbuilt.refuseOtherValues(
        "AllowedOAuthFlows", flows, Set.of("code", "implicit", "client_credentials"));
    if (client.allowedOAuthFlowsUserPoolClient()
        && (flows.isEmpty() || client.allowedOAuthScopes().isEmpty())) {
      throw ApiError.badRequest(
          "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to"
              + " use OAuth flows.");
    }
    if (flows.contains("client_credentials") && flows.size() > 1) {
      throw ApiError.badRequest(
          "client_credentials flow can not be selected along with code flow or implicit flow");
    }
    if (flows.contains("client_credentials") && !secret) {
      throw ApiError.badRequest(
          "client_credentials flow can not be selected if client does not have a client secret.");
    }
    client.callbackURLs().forEach(url -> checkUrl("CallbackURLs", url));
    client.logoutURLs().forEach(url -> checkUrl("LogoutURLs", url));
    if (client.callbackURLs().size() > MOST_URLS || client.logoutURLs().size() > MOST_URLS) {
      throw ApiError.badRequest("CallbackURLs and LogoutURLs hold at most 100 URLs each");
    }
    if (client.defaultRedirectURI() != null
        && !client.callbackURLs().contains(client.defaultRedirectURI())) {
      throw ApiError.badRequest("Default redirect uri has to be in the list of callback urls.");
    }
  }

  /** The sign-in page goes to these alone, so one stands for nothing but itself. */
  private static void checkUrl(String member, String text) {
    if (text.length() <= LONGEST_URL && !text.contains("*") && !text.contains("##")) {
      try {
        URI url = new URI(text);
        boolean local = Set.of("localhost", "127.0.0.1").contains(String.valueOf(url.getHost()));
        boolean plain = "http".equals(url.getScheme()) && local;
        if (url.isAbsolute()
            && url.getRawFragment() == null
            && ("https".equals(url.getScheme()) || plain)
            && url.getHost() != null
            && url.getRawUserInfo() == null) {
          return;
        }
      } catch (URISyntaxException e) {
        // told below
      }
    }
    throw ApiError.badRequest(
        member
            + " holds URLs as https://shop.example.com/back, http for localhost alone, without"
            + " wildcards and fragments");
  }

  private static void checkScopes(UserPoolClientType client, List<StoredResourceServer> servers) {
    Set<String> known = new HashSet<>(USUAL_SCOPES);
    servers.forEach(
        server ->
            server
                .body()
                .scopes()
                .forEach(scope -> known.add(server.identifier() + "/" + scope.scopeName())));
    for (String scope : client.allowedOAuthScopes()) {
      if (scope.equals("aws.cognito.signin.user.admin")) {
        throw ApiError.notImplemented("The scope aws.cognito.signin.user.admin");
      }
      if (!known.contains(scope)) {
        throw ApiError.badRequest(
            "Invalid scope requested: %s; there are %s"
                .formatted(
                    scope.length() > 256 ? scope.substring(0, 256) + "..." : scope,
                    String.join(", ", known.stream().sorted().toList())));
      }
    }
  }
}
