package io.gatehouse.admin.pools;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.pools.Realms.Proof;
import io.gatehouse.admin.pools.Realms.RealmClient;
import io.gatehouse.admin.pools.Realms.Tokens;
import io.gatehouse.admin.store.RealmName;
import io.gatehouse.admin.store.StoredUserPool;
import io.gatehouse.admin.store.StoredUserPoolClient;
import io.gatehouse.admin.store.UserPoolStore;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;

/**
 * Tokens for people of pools of our own. Nothing of the database waits for the sign-in service:
 * whoever knows the id of a client may call, without any key.
 */
@ApplicationScoped
public class SignIns implements Operations {

  private static final Set<String> ADMIN_PASSWORD =
      Set.of("ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH");
  private static final Set<String> REFRESH = Set.of("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN");
  private static final int LONGEST_PARAMETER = 32 * 1024;

  /** Where somebody signs in, as it was when the request came. */
  private record Entrance(RealmName realm, RealmClient client) {}

  private UserPoolStore store;
  private Realms realms;
  private UserTransaction transaction;

  protected SignIns() {}

  @Inject
  public SignIns(UserPoolStore store, Realms realms, UserTransaction transaction) {
    this.store = store;
    this.realms = realms;
    this.transaction = transaction;
  }

  @Operation(value = "POST /#AdminInitiateAuth", inTransaction = false)
  public AdminInitiateAuthResponse adminInitiateAuth(Caller caller, AdminInitiateAuthRequest in)
      throws Exception {
    Unbuilt.refuseOthers(in, Set.of("UserPoolId", "ClientId", "AuthFlow", "AuthParameters"));
    Entrance entrance =
        looked(
            () -> {
              StoredUserPool pool = UserPoolClients.hosted(store.get(caller, in.userPoolId()));
              return entrance(pool.realm(), store.client(pool, in.clientId()));
            });
    AuthFlows flows = AuthFlows.of(entrance.client().client());
    boolean password = ADMIN_PASSWORD.contains(in.authFlowAsString());
    require(in.authFlowAsString(), password, flows.adminPassword(), flows.refresh());
    return AdminInitiateAuthResponse.builder()
        .authenticationResult(signIn(entrance, password, in.authParameters()))
        .build();
  }

  @Operation(value = "POST /#InitiateAuth", needsPermission = false, inTransaction = false)
  public InitiateAuthResponse initiateAuth(Caller caller, InitiateAuthRequest in) throws Exception {
    Unbuilt.refuseOthers(in, Set.of("ClientId", "AuthFlow", "AuthParameters"));
    Entrance entrance =
        looked(
            () -> {
              StoredUserPoolClient client =
                  store
                      .anyClient(in.clientId())
                      .orElseThrow(
                          () ->
                              ApiError.notFound(
                                  "User pool client " + in.clientId() + " does not exist."));
              return entrance(new RealmName(client.account(), client.poolId()), client);
            });
    AuthFlows flows = AuthFlows.of(entrance.client().client());
    boolean password = "USER_PASSWORD_AUTH".equals(in.authFlowAsString());
    require(in.authFlowAsString(), password, flows.password(), flows.refresh());
    return InitiateAuthResponse.builder()
        .authenticationResult(signIn(entrance, password, in.authParameters()))
        .build();
  }

  private Entrance entrance(RealmName realm, StoredUserPoolClient client) {
    return new Entrance(realm, new RealmClient(client.body(), store.secret(client)));
  }

  /** The connection is given back before anybody is waited for. */
  private Entrance looked(Callable<Entrance> look) throws Exception {
    transaction.begin();
    try {
      return look.call();
    } finally {
      transaction.rollback();
    }
  }

  private static void require(String flow, boolean isPassword, boolean password, boolean refresh) {
    boolean isRefresh = REFRESH.contains(flow);
    if (!isPassword && !isRefresh) {
      throw ApiError.notImplemented(
          "The member AuthFlow with this value (there are USER_PASSWORD_AUTH,"
              + " ADMIN_USER_PASSWORD_AUTH for AdminInitiateAuth, and REFRESH_TOKEN_AUTH)");
    }
    if (isPassword ? !password : !refresh) {
      throw ApiError.badRequest(
          isPassword
              ? flow.replace("_AUTH", "_AUTH flow") + " not enabled for this client"
              : "Refresh token flow not enabled for this client");
    }
  }

  private AuthenticationResultType signIn(
      Entrance entrance, boolean password, Map<String, String> parameters) {
    parameters.forEach(SignIns::checkParameter);
    Proof proof =
        password
            ? new Proof.Password(needed(parameters, "USERNAME"), needed(parameters, "PASSWORD"))
            : new Proof.Refresh(needed(parameters, "REFRESH_TOKEN"));
    SecretHash.check(entrance.client(), proof, parameters);
    Tokens tokens = realms.tokens(entrance.realm(), entrance.client(), proof);
    return AuthenticationResultType.builder()
        .accessToken(tokens.access())
        .idToken(tokens.id())
        .refreshToken(password ? tokens.refresh().orElse(null) : null)
        .expiresIn(tokens.expiresIn())
        .tokenType("Bearer")
        .build();
  }

  private static void checkParameter(String name, String value) {
    if (!Set.of("USERNAME", "PASSWORD", "REFRESH_TOKEN", "SECRET_HASH").contains(name)) {
      throw ApiError.notImplemented(
          "The parameter " + (name.length() > 50 ? "of this name" : name));
    }
    if (value.length() > LONGEST_PARAMETER) {
      throw ApiError.badRequest("The parameter " + name + " is too long");
    }
  }

  private static String needed(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.get(name))
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> ApiError.of(Kind.BAD_REQUEST, "Missing required parameter " + name));
  }
}
