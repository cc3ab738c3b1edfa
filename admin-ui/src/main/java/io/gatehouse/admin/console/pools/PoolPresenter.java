package io.gatehouse.admin.console.pools;

import io.gatehouse.admin.console.pools.PoolsPresenter.Registration;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.pools.PoolUsers;
import io.gatehouse.admin.pools.ResourceServers;
import io.gatehouse.admin.pools.UserPoolClients;
import io.gatehouse.admin.pools.UserPools;
import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminCreateUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminSetUserPasswordRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateResourceServerRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteResourceServerRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListResourceServersRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientsRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerScopeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientDescription;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Shows one user pool and changes it. */
final class PoolPresenter {

  interface Screen {
    void show(Shown pool);

    /** The one time that the console tells the secret; a client without one has none to tell. */
    void made(UserPoolClientType client);

    void notice(String text);

    void gone(String text);
  }

  /** A pool with what hangs on it. */
  record Shown(
      UserPoolType pool,
      PoolIssuer issuer,
      List<UserPoolClientDescription> clients,
      List<ResourceServerType> servers) {

    boolean isRegistered() {
      return PoolIssuer.isRegistered(pool.userPoolTags());
    }

    /** All scopes that tokens may carry, as an authorizer names them. */
    List<String> scopes() {
      return servers.stream()
          .flatMap(
              server ->
                  server.scopes().stream().map(s -> server.identifier() + "/" + s.scopeName()))
          .toList();
    }
  }

  /** Who a client is for. */
  enum Use {
    PEOPLE("People, who sign in with a password"),
    PROGRAM("A program of its own, without people");

    private final String words;

    Use(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  static final int MOST_CLIENTS = 60;

  private final UserPools pools;
  private final UserPoolClients clients;
  private final ResourceServers servers;
  private final PoolUsers users;
  private final Supplier<Caller> caller;
  private final Screen screen;

  PoolPresenter(
      UserPools pools,
      UserPoolClients clients,
      ResourceServers servers,
      PoolUsers users,
      Supplier<Caller> caller,
      Screen screen) {
    this.pools = pools;
    this.clients = clients;
    this.servers = servers;
    this.users = users;
    this.caller = caller;
    this.screen = screen;
  }

  void load(String id) {
    Caller me = caller.get();
    screen.show(
        new Shown(
            pools
                .describeUserPool(me, DescribeUserPoolRequest.builder().userPoolId(id).build())
                .userPool(),
            pools.userPoolIssuer(me, id),
            clients
                .listUserPoolClients(
                    me,
                    ListUserPoolClientsRequest.builder()
                        .userPoolId(id)
                        .maxResults(MOST_CLIENTS)
                        .build())
                .userPoolClients(),
            servers
                .listResourceServers(
                    me, ListResourceServersRequest.builder().userPoolId(id).build())
                .resourceServers()));
  }

  /**
   * @param scopes that its tokens may carry
   */
  void addClient(Shown shown, String name, Use use, List<String> scopes) {
    if (name.isBlank()) {
      throw ApiError.badRequest("A client needs a name");
    }
    if (use == Use.PROGRAM && scopes.isEmpty()) {
      throw ApiError.badRequest(
          "Tokens of a program carry scopes and nothing else: add a resource server first, then"
              + " choose scopes here");
    }
    CreateUserPoolClientRequest.Builder request =
        CreateUserPoolClientRequest.builder()
            .userPoolId(shown.pool().id())
            .clientName(name.strip())
            .allowedOAuthScopes(scopes);
    if (use == Use.PROGRAM) {
      request
          .generateSecret(true)
          .allowedOAuthFlowsUserPoolClient(true)
          .allowedOAuthFlows(OAuthFlowType.CLIENT_CREDENTIALS);
    } else {
      request.explicitAuthFlowsWithStrings(
          "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH");
    }
    UserPoolClientType made =
        clients.createUserPoolClient(caller.get(), request.build()).userPoolClient();
    load(shown.pool().id());
    screen.made(made);
  }

  void deleteClient(String poolId, UserPoolClientDescription client) {
    clients.deleteUserPoolClient(
        caller.get(),
        DeleteUserPoolClientRequest.builder()
            .userPoolId(poolId)
            .clientId(client.clientId())
            .build());
    done(poolId, "Deleted client " + client.clientName());
  }

  /**
   * @param lines a scope each, with what it means after it
   */
  void addServer(String poolId, String identifier, String name, String lines) {
    List<ResourceServerScopeType> scopes = new ArrayList<>();
    for (String line : lines.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      String[] words = line.split("\\s+", 2);
      scopes.add(
          ResourceServerScopeType.builder()
              .scopeName(words[0])
              .scopeDescription(words.length > 1 ? words[1] : words[0])
              .build());
    }
    if (identifier.isBlank() || scopes.isEmpty()) {
      throw ApiError.badRequest("A resource server needs an identifier, and a scope at least");
    }
    servers.createResourceServer(
        caller.get(),
        CreateResourceServerRequest.builder()
            .userPoolId(poolId)
            .identifier(identifier.strip())
            .name(name.isBlank() ? named(identifier.strip()) : name.strip())
            .scopes(scopes)
            .build());
    done(poolId, "Added resource server " + identifier.strip());
  }

  /** Identifiers may be URLs, names may not. */
  private static String named(String identifier) {
    return identifier.replaceAll("[^\\w+=,.@-]+", "-");
  }

  void deleteServer(String poolId, ResourceServerType server) {
    servers.deleteResourceServer(
        caller.get(),
        DeleteResourceServerRequest.builder()
            .userPoolId(poolId)
            .identifier(server.identifier())
            .build());
    done(poolId, "Deleted resource server " + server.identifier());
  }

  /** Somebody who can sign in at once. */
  void addUser(String poolId, String userName, String password) {
    users.adminCreateUser(
        caller.get(),
        AdminCreateUserRequest.builder()
            .userPoolId(poolId)
            .username(userName.strip())
            .messageAction(MessageActionType.SUPPRESS)
            // Judged before anybody is made, so that a refusal leaves nobody behind.
            .temporaryPassword(password)
            .build());
    users.adminSetUserPassword(
        caller.get(),
        AdminSetUserPasswordRequest.builder()
            .userPoolId(poolId)
            .username(userName.strip())
            .password(password)
            .permanent(true)
            .build());
    screen.notice("Added " + userName.strip());
  }

  void register(Shown before, Registration form) {
    Map<String, String> tags = new TreeMap<>(before.pool().userPoolTags());
    PoolIssuer.TAGS.forEach(tags::remove);
    tags.putAll(form.tags());
    pools.updateUserPool(
        caller.get(),
        UpdateUserPoolRequest.builder()
            .userPoolId(before.pool().id())
            .poolName(form.name().strip())
            .deletionProtection(before.pool().deletionProtection())
            .userPoolTags(tags)
            .build());
    done(before.pool().id(), "Saved the issuer");
  }

  /**
   * @param typed what the person has typed to show that it means it
   */
  void delete(UserPoolType pool, String typed) {
    if (!typed.strip().equals(pool.name())) {
      throw ApiError.badRequest("Type the pool's name, " + pool.name() + ", to delete it");
    }
    pools.deleteUserPool(
        caller.get(), DeleteUserPoolRequest.builder().userPoolId(pool.id()).build());
    screen.gone("Deleted user pool " + pool.name());
  }

  private void done(String poolId, String text) {
    load(poolId);
    screen.notice(text);
  }
}
