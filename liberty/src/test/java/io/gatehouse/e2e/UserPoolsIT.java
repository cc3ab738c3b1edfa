package io.gatehouse.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.model.wire.JsonFactory.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.TestInvokeAuthorizerResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidPasswordException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** User pools made here, whose tokens the installation's own sign-in service gives. */
@ExtendWith({Installation.Shared.class, Consoles.PerTest.class})
@Order(2)
class UserPoolsIT {

  private static final String STAGE = "dev";
  private static final String PASSWORD = "Right-Passw0rd!";

  private final Installation installation;
  private final CognitoIdentityProviderClient cognito;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  UserPoolsIT(Installation installation) {
    this.installation = installation;
    this.cognito = installation.userPools();
  }

  private String issuer(String poolId) {
    return installation.get("GATEHOUSE_KEYCLOAK_URL")
        + "/realms/pool-"
        + installation.get("GATEHOUSE_ACCOUNT")
        + "-"
        + poolId;
  }

  private static JsonObject claims(String token) {
    byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
    return JSON.createReader(new ByteArrayInputStream(payload)).readObject();
  }

  @Test
  void peopleGetTokensThatLookLikeTheVendors() {
    String pool = cognito.createUserPool(p -> p.poolName("it-people")).userPool().id();
    try {
      UserPoolClientType client =
          cognito
              .createUserPoolClient(
                  c ->
                      c.userPoolId(pool)
                          .clientName("web")
                          .explicitAuthFlowsWithStrings(
                              "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"))
              .userPoolClient();
      cognito.adminCreateUser(
          u ->
              u.userPoolId(pool)
                  .username("ann")
                  .messageAction(MessageActionType.SUPPRESS)
                  .userAttributes(
                      a -> a.name("email").value("ann@example.com"),
                      a -> a.name("email_verified").value("true")));
      assertThrows(
          InvalidPasswordException.class,
          () ->
              cognito.adminSetUserPassword(
                  u -> u.userPoolId(pool).username("ann").password("weak").permanent(true)));
      cognito.adminSetUserPassword(
          u -> u.userPoolId(pool).username("ann").password(PASSWORD).permanent(true));

      AuthenticationResultType tokens = signIn(client, PASSWORD);
      JsonObject id = claims(tokens.idToken());
      assertEquals(issuer(pool), id.getString("iss"));
      assertEquals(client.clientId(), id.getString("aud"));
      assertEquals("id", id.getString("token_use"));
      assertEquals("ann", id.getString("cognito:username"));
      assertEquals("ann@example.com", id.getString("email"));
      JsonObject access = claims(tokens.accessToken());
      assertEquals(client.clientId(), access.getString("client_id"));
      assertEquals("access", access.getString("token_use"));
      assertEquals("ann", access.getString("username"));
      assertFalse(access.containsKey("aud"), access::toString);
      assertThrows(NotAuthorizedException.class, () -> signIn(client, "wrong"));

      AuthenticationResultType again =
          cognito
              .initiateAuth(
                  a ->
                      a.clientId(client.clientId())
                          .authFlow("REFRESH_TOKEN_AUTH")
                          .authParameters(Map.of("REFRESH_TOKEN", tokens.refreshToken())))
              .authenticationResult();
      assertEquals(id.getString("sub"), claims(again.idToken()).getString("sub"));

      cognito.deleteUserPoolClient(c -> c.userPoolId(pool).clientId(client.clientId()));
      assertThrows(Exception.class, () -> signIn(client, PASSWORD));
    } finally {
      cognito.deleteUserPool(p -> p.userPoolId(pool));
    }
  }

  private AuthenticationResultType signIn(UserPoolClientType client, String password) {
    return cognito
        .initiateAuth(
            a ->
                a.clientId(client.clientId())
                    .authFlow("USER_PASSWORD_AUTH")
                    .authParameters(Map.of("USERNAME", "ann", "PASSWORD", password)))
        .authenticationResult();
  }

  @Test
  void programsGetTokensWithTheScopesThatTheyMayHave() throws Exception {
    String pool = cognito.createUserPool(p -> p.poolName("it-programs")).userPool().id();
    try {
      cognito.createResourceServer(
          s ->
              s.userPoolId(pool)
                  .identifier("https://orders.example")
                  .name("orders")
                  .scopes(
                      r -> r.scopeName("read").scopeDescription("Read"),
                      w -> w.scopeName("write").scopeDescription("Write")));
      UserPoolClientType client =
          cognito
              .createUserPoolClient(
                  c ->
                      c.userPoolId(pool)
                          .clientName("job")
                          .generateSecret(true)
                          .allowedOAuthFlowsUserPoolClient(true)
                          .allowedOAuthFlowsWithStrings("client_credentials")
                          .allowedOAuthScopes("https://orders.example/read"))
              .userPoolClient();
      JsonObject access = claims(token(pool, client, "https://orders.example/read"));
      assertEquals("https://orders.example/read", access.getString("scope"));
      assertEquals(client.clientId(), access.getString("client_id"));
      assertEquals("access", access.getString("token_use"));
      assertEquals("", token(pool, client, "https://orders.example/write"));

      cognito.updateUserPoolClient(
          c ->
              c.userPoolId(pool)
                  .clientId(client.clientId())
                  .allowedOAuthFlowsUserPoolClient(true)
                  .allowedOAuthFlowsWithStrings("client_credentials")
                  .allowedOAuthScopes("https://orders.example/write"));
      assertEquals(
          "https://orders.example/write",
          claims(token(pool, client, "https://orders.example/write")).getString("scope"));
      assertEquals("", token(pool, client, "https://orders.example/read"));
    } finally {
      cognito.deleteUserPool(p -> p.userPoolId(pool));
    }
    HttpResponse<String> gone =
        http.send(
            HttpRequest.newBuilder(URI.create(issuer(pool))).build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(404, gone.statusCode(), "the realm goes with its pool");
  }

  /** Empty when it is refused. */
  private String token(String pool, UserPoolClientType client, String scope) throws Exception {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
            .formatted(
                client.clientId(),
                client.clientSecret(),
                URLEncoder.encode(scope, StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(issuer(pool) + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonObject body =
        JSON.createReader(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)))
            .readObject();
    return body.getString("access_token", "");
  }

  /** Behind an authorizer of the pool: who calls, and what takes a scope. */
  private String api(String poolId) {
    String document =
        """
        openapi: 3.0.1
        info: {title: Guarded by a pool, version: "1.0"}
        paths:
          /me:
            get:
              security: [{people: []}]
              responses: {"200": {description: ok}}
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: {application/json: '{"statusCode": 200}'}
                responses:
                  default:
                    statusCode: "200"
                    responseTemplates:
                      application/json: '{"email": "$context.authorizer.claims.email"}'
          /orders:
            get:
              security: [{people: ["https://orders.example/read"]}]
              responses: {"200": {description: ok}}
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: {application/json: '{"statusCode": 200}'}
                responses: {default: {statusCode: "200"}}
        components:
          securitySchemes:
            people:
              type: apiKey
              name: Authorization
              in: header
              x-amazon-apigateway-authtype: cognito_user_pools
              x-amazon-apigateway-authorizer: {type: cognito_user_pools, providerARNs: ["%s"]}
        """
            .formatted(cognito.describeUserPool(p -> p.userPoolId(poolId)).userPool().arn());
    ApiGatewayClient apis = installation.apiGateway();
    String id = apis.importRestApi(r -> r.body(SdkBytes.fromUtf8String(document))).id();
    apis.createDeployment(r -> r.restApiId(id).stageName(STAGE));
    return id;
  }

  private HttpResponse<String> call(String node, String api, String path, String token)
      throws Exception {
    return installation.call(node, api, STAGE, path, "Authorization", "Bearer " + token);
  }

  private void assertEverywhere(int status, String api, String path, String token)
      throws Exception {
    for (String node : installation.nodes()) {
      HttpResponse<String> answer = call(node, api, path, token);
      assertEquals(status, answer.statusCode(), () -> answer.headers() + " " + answer.body());
    }
  }

  /** An ID token of a new person of the pool. */
  private static String idToken(CognitoIdentityProviderClient pools, String pool) {
    String client =
        pools
            .createUserPoolClient(
                c ->
                    c.userPoolId(pool)
                        .clientName("backend")
                        .explicitAuthFlowsWithStrings("ALLOW_ADMIN_USER_PASSWORD_AUTH"))
            .userPoolClient()
            .clientId();
    pools.adminCreateUser(
        u ->
            u.userPoolId(pool)
                .username("ann")
                .messageAction(MessageActionType.SUPPRESS)
                .userAttributes(
                    a -> a.name("email").value("ann@example.com"),
                    a -> a.name("email_verified").value("true")));
    pools.adminSetUserPassword(
        u -> u.userPoolId(pool).username("ann").password(PASSWORD).permanent(true));
    return pools
        .adminInitiateAuth(
            a ->
                a.userPoolId(pool)
                    .clientId(client)
                    .authFlow("ADMIN_USER_PASSWORD_AUTH")
                    .authParameters(Map.of("USERNAME", "ann", "PASSWORD", PASSWORD)))
        .authenticationResult()
        .idToken();
  }

  private UserPoolClientType program(String pool) {
    cognito.createResourceServer(
        s ->
            s.userPoolId(pool)
                .identifier("https://orders.example")
                .name("orders")
                .scopes(
                    r -> r.scopeName("read").scopeDescription("Read"),
                    w -> w.scopeName("write").scopeDescription("Write")));
    return cognito
        .createUserPoolClient(
            c ->
                c.userPoolId(pool)
                    .clientName("job")
                    .generateSecret(true)
                    .allowedOAuthFlowsUserPoolClient(true)
                    .allowedOAuthFlowsWithStrings("client_credentials")
                    .allowedOAuthScopes(
                        "https://orders.example/read", "https://orders.example/write"))
        .userPoolClient();
  }

  @Test
  void aPoolsTokensOpenTheApisOfItsTenantOnEveryNodeWhileItIsThere() throws Exception {
    String pool = cognito.createUserPool(p -> p.poolName("it-callers")).userPool().id();
    String id = "";
    String api = "";
    try {
      api = api(pool);
      id = idToken(cognito, pool);
      for (String node : installation.nodes()) {
        HttpResponse<String> me = call(node, api, "/me", id);
        assertEquals(200, me.statusCode(), () -> me.headers() + " " + me.body());
        assertEquals("{\"email\": \"ann@example.com\"}", me.body());
      }
      assertEverywhere(401, api, "/orders", id);

      UserPoolClientType job = program(pool);
      String read = token(pool, job, "https://orders.example/read");
      assertEverywhere(200, api, "/orders", read);
      assertEverywhere(401, api, "/me", read);
      assertEverywhere(403, api, "/orders", token(pool, job, "https://orders.example/write"));
      assertTried(api, id);
    } finally {
      cognito.deleteUserPool(p -> p.userPoolId(pool));
    }
    assertEverywhere(401, api, "/me", id);
  }

  private void assertTried(String api, String token) {
    ApiGatewayClient apis = installation.apiGateway();
    String authorizer = apis.getAuthorizers(r -> r.restApiId(api)).items().getFirst().id();
    TestInvokeAuthorizerResponse tried =
        apis.testInvokeAuthorizer(
            r -> r.restApiId(api).authorizerId(authorizer).headers(Map.of("Authorization", token)));
    assertEquals(200, tried.clientStatus(), tried.log());
    assertEquals("ann@example.com", tried.claims().get("email"));
  }

  @Test
  void anotherTenantsPoolOpensNothing(Consoles consoles) throws Exception {
    String account = "5" + "%011d".formatted(System.nanoTime() % 100_000_000_000L);
    SecondTenant other =
        SecondTenant.create(consoles.demo(installation), account, "Pools of another");
    CognitoIdentityProviderClient theirs =
        installation.userPools(other.accessKeyId(), other.secretAccessKey());
    String pool = cognito.createUserPool(p -> p.poolName("it-mine")).userPool().id();
    String theirPool = theirs.createUserPool(p -> p.poolName("it-mine")).userPool().id();
    try {
      String api = api(pool);
      assertEverywhere(200, api, "/me", idToken(cognito, pool));
      assertEverywhere(401, api, "/me", idToken(theirs, theirPool));
    } finally {
      cognito.deleteUserPool(p -> p.userPoolId(pool));
      theirs.deleteUserPool(p -> p.userPoolId(theirPool));
    }
  }

  @Test
  void aPoolIsMadeFilledAndDeletedInTheConsole(Consoles consoles) {
    String name = "shop-" + System.nanoTime();
    Console console = consoles.demo(installation);
    console.open("pools");
    console.press("Make a pool…");
    console.fill("Name", name);
    console.picture("pool-form");
    console.press("Make pool");
    assertThat(console.heading(name)).isVisible();

    console.press("Add resource server…");
    console.fill("Identifier", "https://orders.example");
    console.fill("Scopes, one a line", "read Read orders\nwrite Write orders");
    console.picture("pool-resource-server");
    console.press("Add resource server");
    assertThat(console.text("read, write")).isVisible();

    console.press("Add client…");
    console.fill("Name", "job");
    console.page().getByText("A program of its own, without people").click();
    chooseScope(console, "https://orders.example/read");
    console.picture("pool-client");
    console.press("Add client");
    assertEquals(52, console.copiedFromDialog("client secret").length());
    console.picture("pool-secret-once");
    String secret = console.copiedFromDialog("client secret");
    console.press("I have copied it");
    console.page().reload();
    assertThat(console.button("Delete client job")).isVisible();
    assertFalse(console.page().content().contains(secret), "the page holds the secret");

    console.press("Add person…");
    console.fill("User name", "ann");
    console.fill("Password", "weak");
    console.press("Add person");
    assertThat(console.refusal()).containsText("Password did not conform with policy");
    console.fill("Password", PASSWORD);
    console.press("Add person");
    assertThat(console.text("Added ann")).isVisible();
    console.picture("pool");
    assertTrue(console.copied("ARN of the pool").startsWith("arn:aws:cognito-idp:"));

    console.press("Delete…");
    console.fill("Name of the pool", "another");
    console.press("Delete pool");
    assertThat(console.text("Type the pool's name")).isVisible();
    console.fill("Name of the pool", name);
    console.picture("pool-delete");
    console.press("Delete pool");
    assertThat(console.text("Deleted user pool " + name)).isVisible();
  }

  /** Several may be chosen, so the list stays open until the field is left. */
  private static void chooseScope(Console console, String scope) {
    console.page().getByLabel("Scopes", new Page.GetByLabelOptions().setExact(true)).click();
    console
        .page()
        .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(scope).setExact(true))
        .click();
    console.page().keyboard().press("Tab");
  }

  @Test
  void anIssuerIsRegisteredAndChangedInTheConsole(Consoles consoles) {
    String name = "staff-" + System.nanoTime();
    Console console = consoles.demo(installation);
    console.open("pools");
    console.press("Register an issuer…");
    console.fill("Name", name);
    console.fill("Issuer", "http://id.example.com/realms/staff");
    console.press("Register issuer");
    assertThat(console.refusal()).containsText("must begin with https://");
    console.fill("Issuer", "https://id.example.com/realms/staff");
    console.fill("Clients", "web app");
    console.picture("pool-register");
    console.press("Register issuer");
    assertThat(console.heading(name)).isVisible();
    assertThat(console.text("app web")).isVisible();
    console.picture("pool-registered");

    console.press("Edit issuer…");
    console.fill("Clients", "web");
    console.press("Save issuer");
    assertThat(console.text("Saved the issuer")).isVisible();
    console.open("pools");
    assertThat(console.link(name)).isVisible();
    console.picture("pools");
    console.link(name).click();
    console.press("Delete…");
    console.fill("Name of the pool", name);
    console.press("Delete pool");
    assertThat(console.text("Deleted user pool " + name)).isVisible();
  }
}
