package io.gatehouse.admin.operations;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.AuditEntry;
import io.gatehouse.admin.guard.AuditTrail;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.TenantStore;
import io.gatehouse.admin.tenants.PeopleDirectory;
import io.gatehouse.admin.tenants.PeopleDirectory.Invited;
import io.gatehouse.admin.tenants.PeopleDirectory.Member;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The people of a tenant, who are kept at the sign-in service. What they may do changes at the
 * latest with the next look at their membership.
 */
@ApplicationScoped
public class People implements Operations {

  private static final Pattern NAME = Pattern.compile("[\\p{L}0-9][\\p{L}0-9._@+-]{1,99}");

  private TenantStore tenants;
  private PeopleDirectory directory;
  private AuditTrail trail;
  private Ids ids;

  protected People() {}

  @Inject
  public People(TenantStore tenants, PeopleDirectory directory, AuditTrail trail, Ids ids) {
    this.tenants = tenants;
    this.directory = directory;
    this.trail = trail;
    this.ids = ids;
  }

  /** By user name. */
  @ConsoleQuery(AccessLevel.PERMISSIONS)
  public List<Member> people(Caller caller) {
    return directory.members(caller.account());
  }

  /**
   * Lets somebody into the tenant.
   *
   * @param nameOrEmail a user name or an email address; whom the sign-in service does not know it
   *     gets to know
   */
  @ConsoleQuery(AccessLevel.PERMISSIONS)
  public Invited invitePerson(Caller caller, String nameOrEmail, Role role) {
    String name = nameOrEmail == null ? "" : nameOrEmail.strip();
    if (!NAME.matcher(name).matches()) {
      throw ApiError.badRequest(
          "A user name or an email address has 2 to 100 letters, digits, and . _ @ + -");
    }
    requireRole(role);
    // An operator in the place of a tenant, too, must not come to stay.
    if (directory.userName(name).filter(caller.principal()::equalsIgnoreCase).isPresent()) {
      throw ApiError.badRequest("You cannot invite yourself");
    }
    tenants.lock(caller.account());
    record(caller, "invitePerson", name, Optional.empty(), Optional.of(role));
    return directory.invite(caller.account(), name, role, ids.secretAccessKey());
  }

  /** Not of oneself, and not of the last owner. */
  @ConsoleQuery(AccessLevel.PERMISSIONS)
  public void changeRole(Caller caller, String userId, Role role) {
    requireRole(role);
    tenants.lock(caller.account());
    List<Member> all = directory.members(caller.account());
    Member member = member(all, userId);
    if (member.userName().equalsIgnoreCase(caller.principal())) {
      throw ApiError.badRequest("You cannot change your own role: another owner can");
    }
    if (role != Role.OWNER) {
      requireAnotherOwner(all, member);
    }
    record(caller, "changeRole", member.userName(), Optional.of(member.role()), Optional.of(role));
    directory.changeRole(caller.account(), userId, role);
  }

  /** Whoever is the last owner stays. */
  @ConsoleQuery(AccessLevel.PERMISSIONS)
  public void removePerson(Caller caller, String userId) {
    tenants.lock(caller.account());
    List<Member> all = directory.members(caller.account());
    Member member = member(all, userId);
    requireAnotherOwner(all, member);
    record(caller, "removePerson", member.userName(), Optional.of(member.role()), Optional.empty());
    directory.remove(caller.account(), userId);
  }

  private static void requireRole(Role role) {
    if (role == null || role == Role.OPERATOR) {
      throw ApiError.badRequest("A person of a tenant is an owner, a developer or a viewer");
    }
  }

  private static Member member(List<Member> all, String userId) {
    return all.stream()
        .filter(one -> one.userId().equals(userId))
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("This person is no member of the tenant any more"));
  }

  /** Whoever has not come yet, or cannot come in, is no owner to rely on. */
  private static void requireAnotherOwner(List<Member> all, Member leaving) {
    boolean another =
        all.stream()
            .filter(one -> !one.userId().equals(leaving.userId()))
            .anyMatch(one -> one.role() == Role.OWNER && one.enabled() && !one.pending());
    if (leaving.role() == Role.OWNER && !another) {
      throw ApiError.conflict(
          leaving.userName()
              + " is the last owner of the tenant: make somebody else an owner first");
    }
  }

  private void record(
      Caller caller, String operation, String name, Optional<Role> before, Optional<Role> after) {
    AuditEntry entry =
        new AuditEntry(
            caller, caller.account(), operation, "Person " + name, AuditEntry.Kind.CHANGE);
    trail.happened(entry, json(name, before), json(name, after));
  }

  private static String json(String name, Optional<Role> role) {
    return role.map(
            one ->
                JSON.createObjectBuilder()
                    .add(
                        "Person " + name,
                        JSON.createObjectBuilder().add("role", one.name().toLowerCase(Locale.ROOT)))
                    .build()
                    .toString())
        .orElse("");
  }
}
