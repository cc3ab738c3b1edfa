package io.gatehouse.admin.pools;

import static io.gatehouse.admin.pools.KeycloakCalls.encoded;
import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.operations.Turns;
import io.gatehouse.admin.pools.KeycloakCalls.Reply;
import io.gatehouse.admin.store.RealmName;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Realms of Keycloak. A client's id there is the vendor's, so nothing has to be looked up. */
@ApplicationScoped
public class KeycloakRealms implements Realms {

  private static final int MOST_AT_ONCE = 4;
  private static final int MOST_AT_ONCE_IN_ALL = 12;

  private final Turns turns = new Turns("calls of user pools", MOST_AT_ONCE, MOST_AT_ONCE_IN_ALL);
  private KeycloakCalls keycloak;

  /** For the container's proxies. */
  protected KeycloakRealms() {}

  @Inject
  public KeycloakRealms(Settings settings) {
    keycloak = new KeycloakCalls(settings.keycloak());
  }

  @PreDestroy
  void close() {
    keycloak.close();
  }

  @Override
  public void create(RealmName realm, UserPoolType pool) {
    inTurn(
        realm,
        () -> {
          done(keycloak.admin("POST", "", RealmJson.realm(realm, pool)));
          try {
            done(call("PUT", realm, "/users/profile", RealmJson.userProfile()));
            done(call("POST", realm, "/client-scopes", RealmJson.shapeScope()));
          } catch (ApiError half) {
            throw withoutHalf(realm, half);
          }
          return null;
        });
  }

  /** Half a realm is of no use, and its pool will not be. */
  private ApiError withoutHalf(RealmName realm, ApiError reason) {
    try {
      call("DELETE", realm, "", null);
    } catch (ApiError again) {
      reason.addSuppressed(again);
    }
    return reason;
  }

  @Override
  public void update(RealmName realm, UserPoolType pool) {
    inTurn(realm, () -> done(call("PUT", realm, "", RealmJson.realm(realm, pool))));
  }

  @Override
  public void delete(RealmName realm) {
    inTurn(realm, () -> gone(call("DELETE", realm, "", null)));
  }

  @Override
  public void addClient(RealmName realm, RealmClient client) {
    inTurn(realm, () -> done(call("POST", realm, "/clients", RealmJson.newClient(client))));
  }

  @Override
  public void updateClient(RealmName realm, RealmClient client) {
    inTurn(
        realm,
        () -> {
          String path = "/clients/" + encoded(client.client().clientId());
          done(call("PUT", realm, path, RealmJson.client(client).build()));
          Map<String, String> had = named(realm, path + "/optional-client-scopes");
          Map<String, String> all = named(realm, "/client-scopes");
          Set<String> wanted = new HashSet<>(RealmJson.scopes(client.client()));
          for (String scope : had.keySet()) {
            if (!wanted.contains(scope)) {
              gone(call("DELETE", realm, path + "/optional-client-scopes/" + had.get(scope), null));
            }
          }
          for (String scope : wanted) {
            if (!had.containsKey(scope) && all.containsKey(scope)) {
              done(call("PUT", realm, path + "/optional-client-scopes/" + all.get(scope), null));
            }
          }
          return null;
        });
  }

  @Override
  public void deleteClient(RealmName realm, String clientId) {
    inTurn(realm, () -> gone(call("DELETE", realm, "/clients/" + encoded(clientId), null)));
  }

  @Override
  public void putScopes(RealmName realm, String identifier, Set<String> names) {
    inTurn(
        realm,
        () -> {
          Map<String, String> there = named(realm, "/client-scopes");
          Set<String> wanted = new HashSet<>();
          names.forEach(name -> wanted.add(identifier + "/" + name));
          for (String scope : wanted) {
            if (!there.containsKey(scope)) {
              done(call("POST", realm, "/client-scopes", RealmJson.scope(scope, true).build()));
            }
          }
          for (String scope : there.keySet()) {
            if (isOf(identifier, scope) && !wanted.contains(scope)) {
              gone(call("DELETE", realm, "/client-scopes/" + there.get(scope), null));
            }
          }
          return null;
        });
  }

  /** The name of a scope has no slash, the identifier before it may have. */
  private static boolean isOf(String identifier, String scope) {
    int slash = scope.lastIndexOf('/');
    return slash > 0 && scope.substring(0, slash).equals(identifier);
  }

  /** Ids by name. */
  private Map<String, String> named(RealmName realm, String path) {
    Reply reply = call("GET", realm, path, null);
    done(reply);
    Map<String, String> ids = new HashMap<>();
    if (reply.body() instanceof JsonArray all) {
      for (JsonObject each : all.getValuesAs(JsonObject.class)) {
        ids.put(each.getString("name"), each.getString("id"));
      }
    }
    return ids;
  }

  @Override
  public RealmUser addUser(
      RealmName realm, String userName, Map<String, String> attributes, Optional<String> password) {
    return inTurn(
        realm,
        () -> {
          Reply made =
              call("POST", realm, "/users", UserJson.write(userName, attributes, password));
          if (made.status() == 409) {
            throw ApiError.of(Kind.USERNAME_EXISTS, "User account already exists");
          }
          ofPerson(made);
          return found(realm, userName).orElseThrow(() -> KeycloakCalls.unavailable("is busy"));
        });
  }

  @Override
  public Optional<RealmUser> user(RealmName realm, String userName) {
    return inTurn(realm, () -> found(realm, userName));
  }

  private Optional<RealmUser> found(RealmName realm, String userName) {
    return UserJson.read(
            array(call("GET", realm, "/users?exact=true&username=" + encoded(userName), null)))
        .stream()
        .findFirst();
  }

  @Override
  public List<RealmUser> users(RealmName realm, Map<String, String> search, int first, int most) {
    StringBuilder query = new StringBuilder("/users?exact=true&first=" + first + "&max=" + most);
    search.forEach(
        (name, value) -> query.append('&').append(name).append('=').append(encoded(value)));
    return inTurn(realm, () -> UserJson.read(array(call("GET", realm, query.toString(), null))));
  }

  @Override
  public void deleteUser(RealmName realm, String id) {
    inTurn(realm, () -> gone(call("DELETE", realm, "/users/" + encoded(id), null)));
  }

  @Override
  public void setPassword(RealmName realm, String id, String password, boolean temporary) {
    inTurn(
        realm,
        () ->
            ofPerson(
                call(
                    "PUT",
                    realm,
                    "/users/" + encoded(id) + "/reset-password",
                    UserJson.password(password, temporary))));
  }

  @Override
  public Tokens tokens(RealmName realm, RealmClient client, Proof proof) {
    Map<String, String> form = new HashMap<>();
    form.put("client_id", client.client().clientId());
    client.secret().ifPresent(secret -> form.put("client_secret", secret));
    switch (proof) {
      case Proof.Password(String userName, String password) -> {
        form.put("grant_type", "password");
        form.put("username", userName);
        form.put("password", password);
        form.put("scope", "openid");
      }
      case Proof.Refresh(String token) -> {
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
      }
    }
    return inTurn(realm, () -> granted(keycloak.form(realm.text(), form), proof));
  }

  private static Tokens granted(Reply reply, Proof proof) {
    if (reply.isDone() && reply.body() instanceof JsonObject in) {
      return new Tokens(
          in.getString("access_token"),
          in.getString("id_token", ""),
          Optional.ofNullable(in.getString("refresh_token", null)),
          in.getInt("expires_in"));
    }
    if (!reply.error().equals("invalid_grant")) {
      throw KeycloakCalls.unavailable("gave no token: " + reply.words());
    }
    if (reply.words().contains("not fully set up")) {
      throw ApiError.of(
          Kind.NOT_IMPLEMENTED,
          "The challenge NEW_PASSWORD_REQUIRED is not built yet, and this person's password is a"
              + " temporary one: set one that lasts, by AdminSetUserPassword with Permanent");
    }
    throw ApiError.of(
        Kind.NOT_AUTHORIZED,
        proof instanceof Proof.Refresh
            ? "Invalid Refresh Token"
            : "Incorrect username or password.");
  }

  private Reply call(String verb, RealmName realm, String path, JsonStructure body) {
    return keycloak.admin(verb, "/" + encoded(realm.text()) + path, body);
  }

  private <T> T inTurn(RealmName realm, Supplier<T> calls) {
    try (Turns.Turn turn = turns.take(realm.account())) {
      return calls.get();
    }
  }

  /** 409: it is there already, from an attempt of before. */
  private static Void done(Reply reply) {
    if (!reply.isDone() && reply.status() != 409) {
      if (reply.status() == 404) {
        throw ApiError.conflict(
            "The sign-in service no longer has what belongs to this user pool: " + reply.words());
      }
      throw ApiError.badRequest("The sign-in service refuses it: " + reply.words());
    }
    return null;
  }

  private static Void gone(Reply reply) {
    return reply.status() == 404 ? null : done(reply);
  }

  private static Void ofPerson(Reply reply) {
    if (reply.status() == 404) {
      throw ApiError.of(Kind.USER_NOT_FOUND, "User does not exist.");
    }
    if (reply.error().startsWith("invalidPassword")) {
      throw ApiError.of(
          Kind.INVALID_PASSWORD, "Password did not conform with policy: " + reply.words());
    }
    return done(reply);
  }

  private static JsonArray array(Reply reply) {
    done(reply);
    return reply.body() instanceof JsonArray all ? all : JSON.createArrayBuilder().build();
  }
}
