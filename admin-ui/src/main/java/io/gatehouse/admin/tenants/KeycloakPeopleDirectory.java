package io.gatehouse.admin.tenants;

import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The people of the tenants in Keycloak's groups. */
@ApplicationScoped
public class KeycloakPeopleDirectory implements PeopleDirectory {

  /** From the mightiest to the least. */
  private static final List<Role> ROLES = List.of(Role.OWNER, Role.DEVELOPER, Role.VIEWER);

  private static final String CHOOSE_PASSWORD = "UPDATE_PASSWORD";

  /** Of one role; more people than that manage themselves at the sign-in service. */
  private static final int MOST = 500;

  /** Asking for sessions takes a question for each person. */
  private static final int MOST_SESSIONS = 50;

  private static final int MOST_GROUPS = 1000;

  private KeycloakRealm keycloak;

  /** For the container's proxies. */
  protected KeycloakPeopleDirectory() {}

  @Inject
  public KeycloakPeopleDirectory(KeycloakRealm keycloak) {
    this.keycloak = keycloak;
  }

  @Override
  public List<Member> members(String account) {
    return keycloak.asking(
        "list the people of tenant " + account, realm -> members(realm, account));
  }

  private static List<Member> members(RealmResource realm, String account) {
    Map<String, Member> byId = new LinkedHashMap<>();
    for (Role role : ROLES) {
      String group = group(realm, account, role);
      for (UserRepresentation user : realm.groups().group(group).members(0, MOST, false)) {
        Optional<Instant> signIn =
            byId.size() < MOST_SESSIONS ? lastSignIn(realm, user.getId()) : Optional.empty();
        byId.putIfAbsent(user.getId(), member(user, role, signIn));
      }
    }
    return byId.values().stream().sorted(Comparator.comparing(Member::userName)).toList();
  }

  private static Optional<Instant> lastSignIn(RealmResource realm, String userId) {
    return realm.users().get(userId).getUserSessions().stream()
        .map(session -> Instant.ofEpochMilli(session.getStart()))
        .max(Comparator.naturalOrder());
  }

  private static Member member(UserRepresentation user, Role role, Optional<Instant> lastSignIn) {
    String name =
        String.join(
            " ",
            Stream.of(user.getFirstName(), user.getLastName())
                .filter(part -> part != null && !part.isBlank())
                .toList());
    List<String> actions = Objects.requireNonNullElse(user.getRequiredActions(), List.of());
    return new Member(
        user.getId(),
        user.getUsername(),
        name.isEmpty() ? user.getUsername() : name,
        Objects.requireNonNullElse(user.getEmail(), ""),
        role,
        lastSignIn,
        actions.contains(CHOOSE_PASSWORD),
        !Boolean.FALSE.equals(user.isEnabled()));
  }

  @Override
  public Optional<String> userName(String nameOrEmail) {
    return keycloak.asking(
        "look for " + nameOrEmail,
        realm -> known(realm, nameOrEmail).map(UserRepresentation::getUsername));
  }

  @Override
  public Invited invite(String account, String nameOrEmail, Role role, String password) {
    return keycloak.asking(
        "let " + nameOrEmail + " into tenant " + account,
        realm -> {
          String group = group(realm, account, role);
          boolean mails = nameOrEmail.contains("@") && sendsMail(realm);
          Optional<UserRepresentation> known = known(realm, nameOrEmail);
          if (known.isEmpty()) {
            return made(realm, account, nameOrEmail, role, password, mails);
          }
          UserResource user = realm.users().get(known.get().getId());
          if (!rolesIn(user, account).isEmpty()) {
            throw ApiError.conflict(nameOrEmail + " is a member of this tenant already");
          }
          Member member = member(known.get(), role, Optional.empty());
          if (member.pending()) {
            return invitedAgain(user, group, member, password, mails);
          }
          if (mails && !Boolean.TRUE.equals(known.get().isEmailVerified())) {
            throw ApiError.conflict(nameOrEmail + " has yet to confirm this address");
          }
          user.joinGroup(group);
          return new Invited(member, Optional.empty());
        });
  }

  /**
   * Whoever invited this person before knows a password that still opens. While that is another
   * tenant's, the person is left alone; a person of nobody's gets another password.
   */
  private static Invited invitedAgain(
      UserResource user, String group, Member member, String password, boolean mails) {
    if (!user.groups(0, MOST_GROUPS).isEmpty()) {
      throw ApiError.conflict(
          member.userName()
              + " is invited elsewhere and has yet to choose a password; try again after that");
    }
    user.joinGroup(group);
    try {
      user.resetPassword(temporary(password));
      if (mails) {
        user.executeActionsEmail(List.of(CHOOSE_PASSWORD));
      }
    } catch (ProcessingException | WebApplicationException failure) {
      user.leaveGroup(group);
      throw failure;
    }
    return new Invited(member, mails ? Optional.empty() : Optional.of(password));
  }

  private static CredentialRepresentation temporary(String password) {
    CredentialRepresentation credential = new CredentialRepresentation();
    credential.setType(CredentialRepresentation.PASSWORD);
    credential.setValue(password);
    credential.setTemporary(true);
    return credential;
  }

  private static Optional<UserRepresentation> known(RealmResource realm, String nameOrEmail) {
    List<UserRepresentation> found = realm.users().searchByUsername(nameOrEmail, true);
    return (found.isEmpty() && nameOrEmail.contains("@")
            ? realm.users().searchByEmail(nameOrEmail, true)
            : found)
        .stream().findFirst();
  }

  /** In its group from the first moment, so that nobody is half invited. */
  private static Invited made(
      RealmResource realm,
      String account,
      String nameOrEmail,
      Role role,
      String password,
      boolean mails) {
    UserRepresentation user = new UserRepresentation();
    user.setUsername(nameOrEmail.toLowerCase(Locale.ROOT));
    user.setEmail(nameOrEmail.contains("@") ? nameOrEmail : null);
    user.setEnabled(true);
    user.setRequiredActions(List.of(CHOOSE_PASSWORD));
    user.setGroups(List.of(path(account, role)));
    if (!mails) {
      user.setCredentials(List.of(temporary(password)));
    }
    String id = created(realm.users().create(user), nameOrEmail);
    if (mails) {
      invitation(realm, id);
    }
    user.setId(id);
    return new Invited(
        member(user, role, Optional.empty()), mails ? Optional.empty() : Optional.of(password));
  }

  private static boolean sendsMail(RealmResource realm) {
    Map<String, String> server = realm.toRepresentation().getSmtpServer();
    return server != null && !server.getOrDefault("host", "").isBlank();
  }

  private static String created(Response response, String nameOrEmail) {
    try (response) {
      if (response.getStatus() == 409) {
        throw ApiError.conflict("The sign-in service has another person like " + nameOrEmail);
      }
      if (response.getStatus() == 400) {
        throw ApiError.badRequest("The sign-in service takes no person named " + nameOrEmail);
      }
      if (response.getStatus() != 201) {
        throw new WebApplicationException(response.getStatus());
      }
      String location = response.getLocation().getPath();
      return location.substring(location.lastIndexOf('/') + 1);
    }
  }

  /** Who cannot be told of the invitation has none. */
  private static void invitation(RealmResource realm, String userId) {
    try {
      realm.users().get(userId).executeActionsEmail(List.of(CHOOSE_PASSWORD));
    } catch (ProcessingException | WebApplicationException unsent) {
      realm.users().get(userId).remove();
      throw unsent;
    }
  }

  @Override
  public void changeRole(String account, String userId, Role role) {
    keycloak.asking(
        "change a role in tenant " + account,
        realm -> {
          UserResource user = realm.users().get(userId);
          String wanted = group(realm, account, role);
          List<String> others = new ArrayList<>(rolesIn(user, account));
          boolean isNew = !others.remove(wanted);
          if (isNew) {
            user.joinGroup(wanted);
          }
          try {
            leave(user, others);
          } catch (ProcessingException | WebApplicationException failure) {
            if (isNew) {
              user.leaveGroup(wanted);
            }
            throw failure;
          }
          return role;
        });
  }

  @Override
  public void remove(String account, String userId) {
    keycloak.asking(
        "take somebody out of tenant " + account,
        realm -> {
          UserResource user = realm.users().get(userId);
          leave(user, rolesIn(user, account));
          return account;
        });
  }

  /** Groups that were left are entered again when another one cannot be left. */
  private static void leave(UserResource user, List<String> groups) {
    List<String> left = new ArrayList<>();
    try {
      for (String group : groups) {
        user.leaveGroup(group);
        left.add(group);
      }
    } catch (ProcessingException | WebApplicationException failure) {
      left.forEach(user::joinGroup);
      throw failure;
    }
  }

  @Override
  public List<String> groupsOf(String userId) {
    return keycloak.asking(
        "say who a person is",
        realm -> {
          try {
            UserResource user = realm.users().get(userId);
            return Boolean.TRUE.equals(user.toRepresentation().isEnabled())
                ? user.groups(0, MOST_GROUPS).stream().map(GroupRepresentation::getPath).toList()
                : List.of();
          } catch (NotFoundException gone) {
            return List.of();
          }
        });
  }

  /** The ids of the groups of the tenant that somebody is in. */
  private static List<String> rolesIn(UserResource user, String account) {
    List<GroupRepresentation> all = user.groups(0, MOST_GROUPS);
    return ROLES.stream()
        .flatMap(role -> all.stream().filter(g -> g.getPath().equals(path(account, role))))
        .map(GroupRepresentation::getId)
        .toList();
  }

  private static String group(RealmResource realm, String account, Role role) {
    return KeycloakRealm.groupId(realm, path(account, role))
        .orElseThrow(
            () -> ApiError.notFound("The sign-in service has no group " + path(account, role)));
  }

  private static String path(String account, Role role) {
    return "/tenants/" + account + "/" + role.name().toLowerCase(Locale.ROOT);
  }
}
