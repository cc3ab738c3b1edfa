package io.gatehouse.admin.tenants;

import io.gatehouse.admin.guard.Caller.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who belongs to which tenant, as what. Each change is made whole or not at all. */
public interface PeopleDirectory {

  /**
   * A person in a tenant.
   *
   * @param userId the sign-in service's own
   * @param email empty when it is not known
   * @param lastSignIn of a session that is still there; empty when there is none
   * @param pending whether the person has yet to choose a password
   * @param enabled whether the sign-in service lets the person in
   */
  record Member(
      String userId,
      String userName,
      String displayName,
      String email,
      Role role,
      Optional<Instant> lastSignIn,
      boolean pending,
      boolean enabled) {}

  /**
   * A person who was let in.
   *
   * @param temporaryPassword of a new person, to be handed over and changed at first sign-in; empty
   *     for who was there before, and where a mail lets the person choose one
   */
  record Invited(Member member, Optional<String> temporaryPassword) {
    @Override
    public String toString() {
      return "Invited[" + member + "]";
    }
  }

  /** By user name. Of somebody in several groups the mightiest counts. */
  List<Member> members(String account);

  /** The user name of somebody whom the sign-in service knows by this name or address. */
  Optional<String> userName(String nameOrEmail);

  /**
   * Lets somebody in, whom the sign-in service knows or gets to know.
   *
   * @param nameOrEmail a user name, or an email address
   * @param password for a new person where no mail can be sent
   */
  Invited invite(String account, String nameOrEmail, Role role, String password);

  /** Gives a member this role and no other. */
  void changeRole(String account, String userId, Role role);

  /** Takes somebody out of the tenant; the person stays known to the sign-in service. */
  void remove(String account, String userId);

  /**
   * The groups that a person is in at this moment; none when there is no such person, or locked.
   */
  List<String> groupsOf(String userId);
}
