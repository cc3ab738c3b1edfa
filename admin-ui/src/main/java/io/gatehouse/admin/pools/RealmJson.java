package io.gatehouse.admin.pools;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.pools.Realms.RealmClient;
import io.gatehouse.admin.store.RealmName;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PasswordPolicyType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Pools and clients as Keycloak's administration knows them. */
final class RealmJson {

  /** The scope that every client has and no token names: it makes tokens look like the vendor's. */
  static final String SHAPE = "gatehouse";

  private RealmJson() {}

  static JsonObject realm(RealmName realm, UserPoolType pool) {
    boolean byEmail = pool.usernameAttributesAsStrings().contains("email");
    boolean adminOnly =
        pool.adminCreateUserConfig() == null
            || !Boolean.FALSE.equals(pool.adminCreateUserConfig().allowAdminCreateUserOnly());
    return JSON.createObjectBuilder()
        .add("realm", realm.text())
        .add("displayName", pool.name())
        .add("enabled", true)
        .add("sslRequired", "external")
        .add("bruteForceProtected", true)
        .add("registrationAllowed", !adminOnly)
        .add("registrationEmailAsUsername", byEmail)
        .add("loginWithEmailAllowed", byEmail || pool.aliasAttributesAsStrings().contains("email"))
        .add("editUsernameAllowed", false)
        .add("resetPasswordAllowed", false)
        .add("passwordPolicy", passwordPolicy(pool.policies().passwordPolicy()))
        // Each client says how long its own sessions are; a realm must not end them before.
        .add("ssoSessionIdleTimeout", TokenLifetimes.LONGEST_SECONDS)
        .add("ssoSessionMaxLifespan", TokenLifetimes.LONGEST_SECONDS)
        .add("accessTokenLifespan", TokenLifetimes.USUAL_SECONDS)
        .build();
  }

  private static String passwordPolicy(PasswordPolicyType policy) {
    List<String> rules = new ArrayList<>();
    rules.add("length(" + policy.minimumLength() + ")");
    addIf(rules, policy.requireUppercase(), "upperCase(1)");
    addIf(rules, policy.requireLowercase(), "lowerCase(1)");
    addIf(rules, policy.requireNumbers(), "digits(1)");
    addIf(rules, policy.requireSymbols(), "specialChars(1)");
    if (policy.passwordHistorySize() != null && policy.passwordHistorySize() > 0) {
      rules.add("passwordHistory(" + policy.passwordHistorySize() + ")");
    }
    return String.join(" and ", rules);
  }

  private static void addIf(List<String> rules, Boolean wanted, String rule) {
    if (Boolean.TRUE.equals(wanted)) {
      rules.add(rule);
    }
  }

  /** Nobody has to have a name, and administrators may give people any attribute. */
  static JsonObject userProfile() {
    JsonArrayBuilder attributes = JSON.createArrayBuilder();
    JsonObject characters = JSON.createObjectBuilder().build();
    attributes.add(
        attribute("username", 128)
            .add(
                "validations",
                JSON.createObjectBuilder()
                    .add("length", JSON.createObjectBuilder().add("min", 1).add("max", 128))
                    .add("username-prohibited-characters", characters)
                    .add("up-username-not-idn-homograph", characters)));
    attributes.add(
        attribute("email", 255)
            .add(
                "validations",
                JSON.createObjectBuilder()
                    .add("email", characters)
                    .add("length", JSON.createObjectBuilder().add("max", 255))));
    attributes.add(attribute("firstName", 255)).add(attribute("lastName", 255));
    return JSON.createObjectBuilder()
        .add("unmanagedAttributePolicy", "ADMIN_EDIT")
        .add("attributes", attributes)
        .build();
  }

  private static JsonObjectBuilder attribute(String name, int longest) {
    JsonArrayBuilder both = JSON.createArrayBuilder(List.of("admin", "user"));
    return JSON.createObjectBuilder()
        .add("name", name)
        .add(
            "permissions",
            JSON.createObjectBuilder()
                .add("view", both)
                .add("edit", JSON.createArrayBuilder(List.of("admin", "user"))))
        .add(
            "validations",
            JSON.createObjectBuilder()
                .add("length", JSON.createObjectBuilder().add("max", longest)));
  }

  /** Claims that the vendor's tokens have, each where the vendor has it. */
  static JsonObject shapeScope() {
    JsonArrayBuilder mappers =
        JSON.createArrayBuilder()
            .add(
                mapper(
                    "sub",
                    "oidc-sub-mapper",
                    Map.of("introspection.token.claim", "true"),
                    true,
                    false))
            .add(fixed("token_use of access tokens", "token_use", "access", true, false))
            .add(fixed("token_use of id tokens", "token_use", "id", false, true))
            .add(ofUser("username", "username", true, false))
            .add(ofUser("cognito:username", "username", false, true))
            .add(ofUser("email", "email", false, true))
            .add(ofUser("given_name", "firstName", false, true))
            .add(ofUser("family_name", "lastName", false, true))
            .add(ofUser("phone_number", "phone_number", false, true))
            .add(
                mapper(
                    "email_verified",
                    "oidc-usermodel-property-mapper",
                    Map.of(
                        "user.attribute",
                        "emailVerified",
                        "claim.name",
                        "email_verified",
                        "jsonType.label",
                        "boolean"),
                    false,
                    true))
            .add(
                mapper(
                    "cognito:groups",
                    "oidc-group-membership-mapper",
                    Map.of("claim.name", "cognito:groups", "full.path", "false"),
                    true,
                    true));
    return scope(SHAPE, false).add("protocolMappers", mappers).build();
  }

  private static JsonObject fixed(
      String name, String claim, String value, boolean access, boolean id) {
    return mapper(
        name,
        "oidc-hardcoded-claim-mapper",
        Map.of("claim.name", claim, "claim.value", value, "jsonType.label", "String"),
        access,
        id);
  }

  private static JsonObject ofUser(String claim, String attribute, boolean access, boolean id) {
    return mapper(
        claim,
        "oidc-usermodel-attribute-mapper",
        Map.of("user.attribute", attribute, "claim.name", claim, "jsonType.label", "String"),
        access,
        id);
  }

  private static JsonObject mapper(
      String name, String kind, Map<String, String> config, boolean access, boolean id) {
    JsonObjectBuilder settings = JSON.createObjectBuilder();
    config.forEach(settings::add);
    settings
        .add("access.token.claim", Boolean.toString(access))
        .add("id.token.claim", Boolean.toString(id))
        .add("userinfo.token.claim", "false");
    return JSON.createObjectBuilder()
        .add("name", name)
        .add("protocol", "openid-connect")
        .add("protocolMapper", kind)
        .add("config", settings)
        .build();
  }

  /**
   * @param told whether tokens name it
   */
  static JsonObjectBuilder scope(String name, boolean told) {
    return JSON.createObjectBuilder()
        .add("name", name)
        .add("protocol", "openid-connect")
        .add(
            "attributes",
            JSON.createObjectBuilder()
                .add("include.in.token.scope", Boolean.toString(told))
                .add("display.on.consent.screen", "false"));
  }

  /** A client with its scopes, which are only taken when it is made. */
  static JsonObject newClient(RealmClient wanted) {
    return client(wanted)
        .add("defaultClientScopes", JSON.createArrayBuilder(List.of(SHAPE)))
        .add("optionalClientScopes", JSON.createArrayBuilder(scopes(wanted.client())))
        .add(
            "protocolMappers",
            JSON.createArrayBuilder()
                .add(fixed("client_id", "client_id", wanted.client().clientId(), true, false)))
        .build();
  }

  /** Scopes of tokens that it may ask for by name; {@code openid} everybody may. */
  static Collection<String> scopes(UserPoolClientType client) {
    return client.allowedOAuthScopes().stream().filter(scope -> !scope.equals("openid")).toList();
  }

  static JsonObjectBuilder client(RealmClient wanted) {
    UserPoolClientType client = wanted.client();
    AuthFlows flows = AuthFlows.of(client);
    TokenLifetimes lifetimes = TokenLifetimes.of(client);
    JsonObjectBuilder attributes =
        JSON.createObjectBuilder()
            .add("access.token.lifespan", Integer.toString(lifetimes.access()))
            .add("client.session.max.lifespan", Integer.toString(lifetimes.refresh()))
            .add("client.session.idle.timeout", Integer.toString(lifetimes.refresh()))
            .add("use.refresh.tokens", Boolean.toString(flows.refresh()))
            .add("post.logout.redirect.uris", String.join("##", client.logoutURLs()));
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("id", client.clientId())
            .add("clientId", client.clientId())
            .add("name", client.clientName())
            .add("enabled", true)
            .add("protocol", "openid-connect")
            .add("publicClient", wanted.secret().isEmpty())
            .add("standardFlowEnabled", flows.code())
            .add("implicitFlowEnabled", flows.implicit())
            .add("serviceAccountsEnabled", flows.clientCredentials())
            .add("directAccessGrantsEnabled", flows.password() || flows.adminPassword())
            .add("fullScopeAllowed", false)
            .add("redirectUris", JSON.createArrayBuilder(client.callbackURLs()))
            .add("webOrigins", JSON.createArrayBuilder().add("+"))
            .add("attributes", attributes);
    wanted.secret().ifPresent(secret -> out.add("secret", secret));
    return out;
  }
}
