package io.gatehouse.admin.pools;

import io.gatehouse.admin.store.RealmName;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** A sign-in service that only remembers, and can be away. */
public final class RememberedRealms implements Realms {

  /** One realm. */
  public static final class Remembered {
    public final Map<String, RealmClient> clients = new TreeMap<>();
    public final Set<String> scopes = new TreeSet<>();
    final Map<String, RealmUser> users = new TreeMap<>();
    final Map<String, String> passwords = new TreeMap<>();
    public UserPoolType pool;
  }

  public final Map<String, Remembered> realms = new ConcurrentHashMap<>();
  public volatile boolean away;

  private Remembered at(RealmName realm) {
    if (away) {
      throw KeycloakCalls.unavailable("does not answer");
    }
    return Optional.ofNullable(realms.get(realm.text()))
        .orElseThrow(() -> ApiError.conflict("no such realm"));
  }

  @Override
  public void create(RealmName realm, UserPoolType pool) {
    realms.put(realm.text(), new Remembered());
    try {
      at(realm).pool = pool;
    } catch (ApiError gone) {
      realms.remove(realm.text());
      throw gone;
    }
  }

  @Override
  public void update(RealmName realm, UserPoolType pool) {
    at(realm).pool = pool;
  }

  @Override
  public void delete(RealmName realm) {
    at(realm);
    realms.remove(realm.text());
  }

  @Override
  public void addClient(RealmName realm, RealmClient client) {
    at(realm).clients.put(client.client().clientId(), client);
  }

  @Override
  public void updateClient(RealmName realm, RealmClient client) {
    addClient(realm, client);
  }

  @Override
  public void deleteClient(RealmName realm, String clientId) {
    at(realm).clients.remove(clientId);
  }

  @Override
  public void putScopes(RealmName realm, String identifier, Set<String> names) {
    Set<String> scopes = at(realm).scopes;
    scopes.removeIf(scope -> scope.startsWith(identifier + "/"));
    names.forEach(name -> scopes.add(identifier + "/" + name));
  }

  @Override
  public RealmUser addUser(
      RealmName realm, String userName, Map<String, String> attributes, Optional<String> password) {
    Remembered remembered = at(realm);
    if (remembered.users.containsKey(userName)) {
      throw ApiError.of(ApiError.Kind.USERNAME_EXISTS, "User account already exists");
    }
    RealmUser user =
        new RealmUser(
            "id-" + userName, userName, true, Instant.EPOCH, true, new TreeMap<>(attributes));
    remembered.users.put(userName, user);
    password.ifPresent(text -> remembered.passwords.put(user.id(), text));
    return user;
  }

  @Override
  public Optional<RealmUser> user(RealmName realm, String userName) {
    return Optional.ofNullable(at(realm).users.get(userName));
  }

  @Override
  public List<RealmUser> users(RealmName realm, Map<String, String> search, int first, int most) {
    List<RealmUser> found = new ArrayList<>(at(realm).users.values());
    if (search.containsKey("username")) {
      found.removeIf(user -> !user.userName().equals(search.get("username")));
    }
    return found.stream().skip(first).limit(most).toList();
  }

  @Override
  public void deleteUser(RealmName realm, String id) {
    at(realm).users.values().removeIf(user -> user.id().equals(id));
  }

  @Override
  public void setPassword(RealmName realm, String id, String password, boolean temporary) {
    Remembered remembered = at(realm);
    remembered.passwords.put(id, password);
    remembered.users.replaceAll(
        (name, user) ->
            user.id().equals(id)
                ? new RealmUser(id, name, true, user.created(), temporary, user.attributes())
                : user);
  }

  @Override
  public Tokens tokens(RealmName realm, RealmClient client, Proof proof) {
    Remembered remembered = at(realm);
    if (proof instanceof Proof.Password(String userName, String password)
        && password.equals(remembered.passwords.get("id-" + userName))) {
      return new Tokens("access", "id", Optional.of("refresh"), 3600);
    }
    if (proof instanceof Proof.Refresh(String token) && token.equals("refresh")) {
      return new Tokens("access", "id", Optional.empty(), 3600);
    }
    throw ApiError.of(ApiError.Kind.NOT_AUTHORIZED, "Incorrect username or password.");
  }
}
