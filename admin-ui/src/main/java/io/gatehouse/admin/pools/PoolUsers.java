package io.gatehouse.admin.pools;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.pools.Realms.RealmUser;
import io.gatehouse.admin.store.RealmName;
import io.gatehouse.admin.store.UserPoolStore;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminCreateUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminCreateUserResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminDeleteUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminDeleteUserResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminSetUserPasswordRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminSetUserPasswordResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;

/** People of pools of our own: they live in the realm alone. */
@ApplicationScoped
public class PoolUsers implements Operations {

  private static final int MOST_LISTED = 60;
  private static final int LONGEST_ATTRIBUTE = 2048;
  private static final int LONGEST_PASSWORD = 256;
  private static final int MOST_ATTRIBUTES = 50;

  private static final Pattern ATTRIBUTE =
      Pattern.compile("(custom:)?[a-zA-Z_][a-zA-Z0-9_.-]{0,31}");
  private static final Pattern FILTER =
      Pattern.compile("(username|email) *= *\"([^\"\\\\]{1,256})\"");

  private UserPoolStore store;
  private Realms realms;

  protected PoolUsers() {}

  @Inject
  public PoolUsers(UserPoolStore store, Realms realms) {
    this.store = store;
    this.realms = realms;
  }

  /** No message is sent, which the caller must say it knows. */
  @Operation("POST /#AdminCreateUser")
  public AdminCreateUserResponse adminCreateUser(Caller caller, AdminCreateUserRequest in) {
    Unbuilt.refuseOthers(
        in,
        Set.of(
            "UserPoolId",
            "Username",
            "UserAttributes",
            "TemporaryPassword",
            "MessageAction",
            "ForceAliasCreation"));
    Unbuilt.refuseUnless(!Boolean.TRUE.equals(in.forceAliasCreation()), "ForceAliasCreation");
    if (in.messageAction() != MessageActionType.SUPPRESS) {
      throw ApiError.of(
          ApiError.Kind.NOT_IMPLEMENTED,
          "Invitations are not sent in this version of Gatehouse: MessageAction must be SUPPRESS");
    }
    Optional<String> password = Optional.ofNullable(in.temporaryPassword());
    password.ifPresent(PoolUsers::checkPassword);
    RealmUser user =
        realms.addUser(
            realm(caller, in.userPoolId()),
            in.username(),
            attributes(in.userAttributes()),
            password);
    return AdminCreateUserResponse.builder().user(shown(user)).build();
  }

  private static Map<String, String> attributes(List<AttributeType> given) {
    if (given.size() > MOST_ATTRIBUTES) {
      throw ApiError.badRequest("A user has at most 50 attributes");
    }
    Map<String, String> attributes = new TreeMap<>();
    for (AttributeType attribute : given) {
      String value = attribute.value() == null ? "" : attribute.value();
      if (!ATTRIBUTE.matcher(attribute.name()).matches()
          || Set.of("sub", "username").contains(attribute.name())
          || value.length() > LONGEST_ATTRIBUTE) {
        throw ApiError.badRequest(
            "user.%s: Attribute does not exist in the schema."
                .formatted(
                    attribute.name().length() > 100
                        ? attribute.name().substring(0, 100) + "..."
                        : attribute.name()));
      }
      attributes.put(attribute.name(), value);
    }
    return attributes;
  }

  @Operation("POST /#AdminSetUserPassword")
  public AdminSetUserPasswordResponse adminSetUserPassword(
      Caller caller, AdminSetUserPasswordRequest in) {
    RealmName realm = realm(caller, in.userPoolId());
    checkPassword(in.password());
    realms.setPassword(
        realm, get(realm, in.username()).id(), in.password(), !Boolean.TRUE.equals(in.permanent()));
    return AdminSetUserPasswordResponse.builder().build();
  }

  /** The refusal does not repeat it. */
  private static void checkPassword(String password) {
    if (password.isEmpty() || password.length() > LONGEST_PASSWORD) {
      throw ApiError.of(
          ApiError.Kind.INVALID_PASSWORD,
          "Password did not conform with policy: it has 1 to 256 characters");
    }
  }

  @Operation("POST /#AdminGetUser")
  public AdminGetUserResponse adminGetUser(Caller caller, AdminGetUserRequest in) {
    UserType user = shown(get(realm(caller, in.userPoolId()), in.username()));
    return AdminGetUserResponse.builder()
        .username(user.username())
        .userAttributes(user.attributes())
        .userCreateDate(user.userCreateDate())
        .userLastModifiedDate(user.userLastModifiedDate())
        .enabled(user.enabled())
        .userStatus(user.userStatus())
        .build();
  }

  @Operation("POST /#AdminDeleteUser")
  public AdminDeleteUserResponse adminDeleteUser(Caller caller, AdminDeleteUserRequest in) {
    RealmName realm = realm(caller, in.userPoolId());
    realms.deleteUser(realm, get(realm, in.username()).id());
    return AdminDeleteUserResponse.builder().build();
  }

  @Operation("POST /#ListUsers")
  public ListUsersResponse listUsers(Caller caller, ListUsersRequest in) {
    Unbuilt.refuseOthers(in, Set.of("UserPoolId", "Limit", "PaginationToken", "Filter"));
    int most = in.limit() == null ? MOST_LISTED : in.limit();
    int first = first(in.paginationToken());
    List<RealmUser> oneMore =
        realms.users(realm(caller, in.userPoolId()), search(in.filter()), first, most + 1);
    return ListUsersResponse.builder()
        .users(oneMore.stream().limit(most).map(PoolUsers::shown).toList())
        .paginationToken(oneMore.size() > most ? Integer.toString(first + most) : null)
        .build();
  }

  private static int first(String token) {
    if (token == null) {
      return 0;
    }
    if (!token.matches("[0-9]{1,8}")) {
      throw ApiError.badRequest("Invalid pagination token: it must come from an earlier page");
    }
    return Integer.parseInt(token);
  }

  private static Map<String, String> search(String filter) {
    if (filter == null || filter.isBlank()) {
      return Map.of();
    }
    Matcher parts = FILTER.matcher(filter.length() > 300 ? "" : filter.strip());
    if (!parts.matches()) {
      throw ApiError.notImplemented(
          "The member Filter other than username = \"...\" and email = \"...\"");
    }
    return Map.of(parts.group(1), parts.group(2));
  }

  private RealmName realm(Caller caller, String poolId) {
    return UserPoolClients.hosted(store.get(caller, poolId)).realm();
  }

  private RealmUser get(RealmName realm, String userName) {
    return realms
        .user(realm, userName)
        .orElseThrow(() -> ApiError.of(ApiError.Kind.USER_NOT_FOUND, "User does not exist."));
  }

  private static UserType shown(RealmUser user) {
    return UserType.builder()
        .username(user.userName())
        .attributes(
            user.attributes().entrySet().stream()
                .map(
                    each ->
                        AttributeType.builder().name(each.getKey()).value(each.getValue()).build())
                .toList())
        .userCreateDate(user.created())
        .userLastModifiedDate(user.created())
        .enabled(user.enabled())
        .userStatus(
            user.mustChangePassword()
                ? UserStatusType.FORCE_CHANGE_PASSWORD
                : UserStatusType.CONFIRMED)
        .build();
  }
}
