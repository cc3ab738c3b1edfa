package io.gatehouse.admin.pools;

import io.gatehouse.admin.store.RealmName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/**
 * The realms behind user pools of our own. Each method does all of what it says or fails with an
 * error that callers may see; what is there already, or gone already, is no failure.
 */
public interface Realms {

  /**
   * A client and what its tokens may say.
   *
   * @param secret empty for a program that can keep none
   */
  record RealmClient(UserPoolClientType client, Optional<String> secret) {
    @Override
    public String toString() {
      return "RealmClient[" + client.clientId() + "]";
    }
  }

  /**
   * A person of a pool.
   *
   * @param id the {@code sub} of its tokens
   * @param attributes by the vendor's names
   * @param mustChangePassword before tokens are given
   */
  record RealmUser(
      String id,
      String userName,
      boolean enabled,
      Instant created,
      boolean mustChangePassword,
      Map<String, String> attributes) {}

  /** What somebody shows for tokens: a password, or tokens of before. */
  sealed interface Proof {

    record Password(String userName, String password) implements Proof {
      @Override
      public String toString() {
        return "Password[" + userName + "]";
      }
    }

    record Refresh(String token) implements Proof {
      @Override
      public String toString() {
        return "Refresh";
      }
    }
  }

  /** Tokens, never to be logged. */
  record Tokens(String access, String id, Optional<String> refresh, int expiresIn) {
    @Override
    public String toString() {
      return "Tokens";
    }
  }

  void create(RealmName realm, UserPoolType pool);

  void update(RealmName realm, UserPoolType pool);

  void delete(RealmName realm);

  void addClient(RealmName realm, RealmClient client);

  void updateClient(RealmName realm, RealmClient client);

  void deleteClient(RealmName realm, String clientId);

  /** Makes the scopes of a resource server what is given; others of it go. */
  void putScopes(RealmName realm, String identifier, Set<String> names);

  /**
   * @param password temporary; empty for none yet
   */
  RealmUser addUser(
      RealmName realm, String userName, Map<String, String> attributes, Optional<String> password);

  Optional<RealmUser> user(RealmName realm, String userName);

  /**
   * @param search by attribute, {@code username} among them; empty for everybody
   */
  List<RealmUser> users(RealmName realm, Map<String, String> search, int first, int most);

  void deleteUser(RealmName realm, String id);

  void setPassword(RealmName realm, String id, String password, boolean temporary);

  Tokens tokens(RealmName realm, RealmClient client, Proof proof);
}
