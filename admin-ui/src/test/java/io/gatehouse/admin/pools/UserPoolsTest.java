package io.gatehouse.admin.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.pools.RememberedRealms.Remembered;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeletionProtectionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/** Pools made, changed and deleted by the vendor's own client, with a sign-in service of memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserPoolsTest {

  private static final String ACCOUNT = "181818181818";
  private static final String ISSUER = "https://id.example.com/realms/shop";

  private PoolsDoor door;
  private CognitoIdentityProviderClient cognito;

  @BeforeAll
  void open() {
    door = new PoolsDoor();
    cognito = door.client(ACCOUNT);
  }

  @AfterAll
  void close() throws Exception {
    door.close();
  }

  @AfterEach
  void comesBack() {
    door.realms().away = false;
  }

  private UserPoolType pool(Consumer<CreateUserPoolRequest.Builder> settings) {
    return cognito
        .createUserPool(
            p -> {
              p.poolName("shop");
              settings.accept(p);
            })
        .userPool();
  }

  private UserPoolType pool() {
    return pool(p -> {});
  }

  private Remembered realm(UserPoolType pool) {
    return door.realms().realms.get("pool-" + ACCOUNT + "-" + pool.id());
  }

  private UserPoolClientType client(
      UserPoolType pool, Consumer<CreateUserPoolClientRequest.Builder> settings) {
    return cognito
        .createUserPoolClient(
            c -> {
              c.userPoolId(pool.id()).clientName("web");
              settings.accept(c);
            })
        .userPoolClient();
  }

  private String refusal(Runnable call) {
    CognitoIdentityProviderException e =
        assertThrows(CognitoIdentityProviderException.class, call::run);
    return e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
  }

  @Test
  void aPoolIsMadeWithItsRealmAndGoesWithIt() {
    UserPoolType made = pool();
    assertTrue(made.id().matches("us-east-1_[a-zA-Z0-9]{9}"), made.id());
    assertEquals("arn:aws:cognito-idp:us-east-1:" + ACCOUNT + ":userpool/" + made.id(), made.arn());
    assertEquals("shop", realm(made).pool.name());
    assertEquals(made, cognito.describeUserPool(p -> p.userPoolId(made.id())).userPool());
    assertTrue(
        cognito.listUserPools(l -> l.maxResults(60)).userPools().stream()
            .anyMatch(each -> each.id().equals(made.id()) && each.name().equals("shop")));

    cognito.deleteUserPool(p -> p.userPoolId(made.id()));
    assertNull(realm(made));
    assertThrows(
        ResourceNotFoundException.class,
        () -> cognito.describeUserPool(p -> p.userPoolId(made.id())));
  }

  @Test
  void whileTheSignInServiceIsAwayNothingIsMadeAndNothingIsDeleted() {
    UserPoolType made = pool();
    UserPoolClientType client = client(made, c -> {});
    int before = cognito.listUserPools(l -> l.maxResults(60)).userPools().size();
    door.realms().away = true;
    assertTrue(refusal(this::pool).startsWith("ServiceUnavailableException: The sign-in service"));
    refusal(() -> cognito.deleteUserPool(p -> p.userPoolId(made.id())));
    refusal(() -> client(made, c -> {}));
    refusal(
        () ->
            cognito.deleteUserPoolClient(c -> c.userPoolId(made.id()).clientId(client.clientId())));
    door.realms().away = false;

    assertEquals(before, cognito.listUserPools(l -> l.maxResults(60)).userPools().size());
    assertEquals(
        1, cognito.listUserPoolClients(l -> l.userPoolId(made.id())).userPoolClients().size());
    assertNotNull(realm(made).clients.get(client.clientId()));
  }

  @Test
  void aProtectedPoolStaysUntilItsProtectionIsOff() {
    UserPoolType made = pool(p -> p.deletionProtection(DeletionProtectionType.ACTIVE));
    assertThrows(
        InvalidParameterException.class,
        () -> cognito.deleteUserPool(p -> p.userPoolId(made.id())));
    cognito.updateUserPool(p -> p.userPoolId(made.id()));
    cognito.deleteUserPool(p -> p.userPoolId(made.id()));
  }

  @Test
  void whatARealmHasNotIsRefusedByName() {
    assertEquals(
        "NotImplementedException: The member LambdaConfig is not built yet in this version of"
            + " Gatehouse",
        refusal(() -> pool(p -> p.lambdaConfig(l -> l.preSignUp("arn:aws:lambda:x")))));
    assertTrue(
        refusal(() -> pool(p -> p.mfaConfiguration(UserPoolMfaType.ON)))
            .contains("MfaConfiguration"));
    assertTrue(
        refusal(() -> pool(p -> p.autoVerifiedAttributesWithStrings("email")))
            .contains("AutoVerifiedAttributes"));
    assertTrue(
        refusal(() -> pool(p -> p.usernameAttributesWithStrings("phone_number")))
            .contains("UsernameAttributes with phone_number"));
    assertTrue(
        refusal(() -> client(pool(), c -> c.explicitAuthFlowsWithStrings("ALLOW_USER_SRP_AUTH")))
            .contains("ExplicitAuthFlows with ALLOW_USER_SRP_AUTH"));
  }

  @Test
  void aRegisteredPoolHasTheIssuerOfItsTags() {
    Map<String, String> tags =
        Map.of("gatehouse:issuer", ISSUER, "gatehouse:clients", "web  app", "team", "a");
    int realms = door.realms().realms.size();
    UserPoolType made = pool(p -> p.userPoolTags(tags));
    assertEquals(realms, door.realms().realms.size());
    assertEquals(tags, cognito.listTagsForResource(t -> t.resourceArn(made.arn())).tags());

    cognito.tagResource(
        t -> t.resourceArn(made.arn()).tags(Map.of("gatehouse:algorithms", "ES256 RS256")));
    assertTrue(
        refusal(
                () ->
                    cognito.tagResource(
                        t ->
                            t.resourceArn(made.arn())
                                .tags(Map.of("gatehouse:algorithms", "HS256"))))
            .startsWith("InvalidParameterException: The tag gatehouse:algorithms lists some of"));
    assertTrue(
        refusal(
                () ->
                    cognito.untagResource(
                        t -> t.resourceArn(made.arn()).tagKeys("gatehouse:issuer")))
            .contains("neither come nor go"));
    assertTrue(
        refusal(
                () ->
                    cognito.tagResource(
                        t -> t.resourceArn(pool().arn()).tags(Map.of("gatehouse:issuer", ISSUER))))
            .contains("neither come nor go"));
    assertTrue(refusal(() -> client(made, c -> {})).contains("is a registered issuer"));
    cognito.deleteUserPool(p -> p.userPoolId(made.id()));
  }

  @Test
  void aClientsSecretIsReadBackAndNeverKeptInTheClear() {
    UserPoolType pool = pool();
    cognito.createResourceServer(
        s ->
            s.userPoolId(pool.id())
                .identifier("https://api.example")
                .name("api")
                .scopes(scope -> scope.scopeName("read").scopeDescription("Read")));
    UserPoolClientType made =
        client(
            pool,
            c ->
                c.generateSecret(true)
                    .allowedOAuthFlowsUserPoolClient(true)
                    .allowedOAuthFlowsWithStrings("client_credentials")
                    .allowedOAuthScopes("https://api.example/read"));
    assertEquals(52, made.clientSecret().length());
    assertEquals(
        made,
        cognito
            .describeUserPoolClient(c -> c.userPoolId(pool.id()).clientId(made.clientId()))
            .userPoolClient());
    assertEquals(
        made.clientSecret(), realm(pool).clients.get(made.clientId()).secret().orElseThrow());
    assertFalse(rows("user_pool_client").contains(made.clientSecret()));

    UserPoolClientType changed =
        cognito
            .updateUserPoolClient(
                c -> c.userPoolId(pool.id()).clientId(made.clientId()).clientName("other"))
            .userPoolClient();
    assertEquals("other", changed.clientName());
    assertEquals(made.clientSecret(), changed.clientSecret());
    assertFalse(changed.allowedOAuthFlowsUserPoolClient());
    cognito.deleteUserPoolClient(c -> c.userPoolId(pool.id()).clientId(made.clientId()));
    assertTrue(realm(pool).clients.isEmpty());
  }

  private String rows(String table) {
    return door.door
        .house()
        .database()
        .inTransaction(
            () -> {
              StringBuilder all = new StringBuilder();
              door.door
                  .house()
                  .database()
                  .rows()
                  .createNativeQuery("select body, sealed_secret from " + table)
                  .getResultList()
                  .forEach(row -> all.append(java.util.Arrays.toString((Object[]) row)));
              assertFalse(all.isEmpty());
              return all.toString();
            });
  }

  @Test
  void clientsAreWhatTheVendorLetsThemBe() {
    UserPoolType pool = pool();
    assertTrue(
        refusal(
                () ->
                    client(
                        pool,
                        c ->
                            c.allowedOAuthFlowsUserPoolClient(true)
                                .allowedOAuthFlowsWithStrings("client_credentials")
                                .allowedOAuthScopes("openid")))
            .contains("does not have a client secret"));
    assertTrue(
        refusal(() -> client(pool, c -> c.allowedOAuthScopes("nobody/read")))
            .contains("Invalid scope requested: nobody/read"));
    for (String url :
        new String[] {
          "https://shop.example/*", "http://shop.example/", "javascript:alert(1)",
          "https://u:p@shop.example/", "https://shop.example/#x",
              "https://a.example##https://b.example"
        }) {
      assertTrue(
          refusal(() -> client(pool, c -> c.callbackURLs(url))).contains("CallbackURLs holds"),
          url);
    }
    assertTrue(
        refusal(
                () ->
                    client(
                        pool,
                        c ->
                            c.accessTokenValidity(2)
                                .tokenValidityUnits(u -> u.accessToken("minutes"))))
            .contains("Invalid range for token validity"));
    assertTrue(
        refusal(() -> client(pool, c -> c.accessTokenValidity(2).idTokenValidity(3)))
            .contains("IdTokenValidity"));
  }

  @Test
  void scopesFollowTheirResourceServer() {
    UserPoolType pool = pool();
    cognito.createResourceServer(
        s ->
            s.userPoolId(pool.id())
                .identifier("shop")
                .name("Shop")
                .scopes(
                    a -> a.scopeName("read").scopeDescription("r"),
                    b -> b.scopeName("write").scopeDescription("w")));
    assertEquals(Set.of("shop/read", "shop/write"), realm(pool).scopes);
    assertThrows(
        InvalidParameterException.class,
        () ->
            cognito.createResourceServer(
                s -> s.userPoolId(pool.id()).identifier("shop").name("again")));
    cognito.updateResourceServer(
        s ->
            s.userPoolId(pool.id())
                .identifier("shop")
                .name("Shop")
                .scopes(a -> a.scopeName("read").scopeDescription("r")));
    assertEquals(Set.of("shop/read"), realm(pool).scopes);
    assertEquals(
        1,
        cognito
            .listResourceServers(s -> s.userPoolId(pool.id()).maxResults(50))
            .resourceServers()
            .size());
    cognito.deleteResourceServer(s -> s.userPoolId(pool.id()).identifier("shop"));
    assertEquals(Set.of(), realm(pool).scopes);
  }

  @Test
  void peopleGetTokensWithTheirPassword() {
    UserPoolType pool = pool();
    UserPoolClientType client =
        client(
            pool,
            c ->
                c.generateSecret(true)
                    .explicitAuthFlowsWithStrings(
                        "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"));
    cognito.adminCreateUser(
        u ->
            u.userPoolId(pool.id())
                .username("ann")
                .messageAction(MessageActionType.SUPPRESS)
                .userAttributes(a -> a.name("email").value("ann@example.com")));
    assertThrows(
        UsernameExistsException.class,
        () ->
            cognito.adminCreateUser(
                u ->
                    u.userPoolId(pool.id())
                        .username("ann")
                        .messageAction(MessageActionType.SUPPRESS)));
    assertEquals(
        UserStatusType.FORCE_CHANGE_PASSWORD,
        cognito.adminGetUser(u -> u.userPoolId(pool.id()).username("ann")).userStatus());
    cognito.adminSetUserPassword(
        u -> u.userPoolId(pool.id()).username("ann").password("right").permanent(true));
    assertEquals(
        UserStatusType.CONFIRMED,
        cognito.adminGetUser(u -> u.userPoolId(pool.id()).username("ann")).userStatus());

    String hash = SecretHash.of(client.clientSecret(), "ann", client.clientId());
    assertEquals(
        "access",
        cognito
            .initiateAuth(
                a ->
                    a.clientId(client.clientId())
                        .authFlow("USER_PASSWORD_AUTH")
                        .authParameters(
                            Map.of("USERNAME", "ann", "PASSWORD", "right", "SECRET_HASH", hash)))
            .authenticationResult()
            .accessToken());
    for (Map<String, String> wrong :
        java.util.List.of(
            Map.of("USERNAME", "ann", "PASSWORD", "wrong", "SECRET_HASH", hash),
            Map.of("USERNAME", "ann", "PASSWORD", "right"),
            Map.of("USERNAME", "ann", "PASSWORD", "right", "SECRET_HASH", "x" + hash),
            Map.of("USERNAME", "bob", "PASSWORD", "right", "SECRET_HASH", hash))) {
      assertThrows(
          NotAuthorizedException.class,
          () ->
              cognito.initiateAuth(
                  a ->
                      a.clientId(client.clientId())
                          .authFlow("USER_PASSWORD_AUTH")
                          .authParameters(wrong)));
    }
    assertTrue(
        refusal(
                () ->
                    cognito.adminInitiateAuth(
                        a ->
                            a.userPoolId(pool.id())
                                .clientId(client.clientId())
                                .authFlow("ADMIN_USER_PASSWORD_AUTH")
                                .authParameters(Map.of("USERNAME", "ann", "PASSWORD", "right"))))
            .contains("flow not enabled for this client"));
    assertEquals(1, cognito.listUsers(u -> u.userPoolId(pool.id())).users().size());
    cognito.adminDeleteUser(u -> u.userPoolId(pool.id()).username("ann"));
    assertThrows(
        UserNotFoundException.class,
        () -> cognito.adminGetUser(u -> u.userPoolId(pool.id()).username("ann")));
  }

  @Test
  void aPersonWithoutSignatureSignsInAndCanAskForNothingElse() {
    int status =
        door.door
            .house()
            .api()
            .signed(
                "POST",
                "/",
                "",
                Map.of(
                    "X-Amz-Target",
                    java.util.List.of("AWSCognitoIdentityProviderService.ListUserPools")),
                new java.io.ByteArrayInputStream("{\"MaxResults\":1}".getBytes()))
            .status();
    assertEquals(400, status);
  }

  @Test
  void domainsAreHonestlyMissing() {
    UserPoolType pool = pool();
    String refused =
        refusal(() -> cognito.createUserPoolDomain(d -> d.userPoolId(pool.id()).domain("shop")));
    assertTrue(refused.startsWith("NotImplementedException: Domains of user pools"), refused);
    assertTrue(refused.contains("/realms/pool-" + ACCOUNT + "-" + pool.id()), refused);
    assertNull(
        cognito.describeUserPoolDomain(d -> d.domain("shop")).domainDescription().userPoolId());
  }
}
