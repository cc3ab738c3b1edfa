package io.gatehouse.admin.console.team;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.operations.People;
import io.gatehouse.admin.tenants.PeopleDirectory.Invited;
import io.gatehouse.admin.tenants.PeopleDirectory.Member;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Invites people to a tenant, changes what they are and lets them go. */
final class PeoplePresenter {

  static final List<Role> ROLES = List.of(Role.DEVELOPER, Role.VIEWER, Role.OWNER);

  interface Screen {
    /** Members and those who have yet to come. */
    void show(List<Member> people);

    /**
     * @param password for the first sign-in, shown this one time
     */
    void showOnce(Member person, String password);

    void notice(String text);
  }

  private final People people;
  private final Supplier<Caller> caller;
  private final Screen screen;

  PeoplePresenter(People people, Supplier<Caller> caller, Screen screen) {
    this.people = people;
    this.caller = caller;
    this.screen = screen;
  }

  void load() {
    screen.show(people.people(caller.get()));
  }

  void invite(String nameOrEmail, Role role) {
    Invited invited = people.invitePerson(caller.get(), nameOrEmail.strip(), role);
    Member person = invited.member();
    load();
    invited
        .temporaryPassword()
        .ifPresentOrElse(
            password -> screen.showOnce(person, password),
            () ->
                screen.notice(
                    person.pending()
                        ? person.userName() + " gets a mail to choose a password"
                        : person.userName() + " is " + article(role)));
  }

  void changeRole(Member person, Role role) {
    people.changeRole(caller.get(), person.userId(), role);
    load();
    screen.notice(person.userName() + " is " + article(role) + ", within a minute everywhere");
  }

  void remove(Member person) {
    people.removePerson(caller.get(), person.userId());
    load();
    screen.notice(person.userName() + " is out, within a minute everywhere");
  }

  /** Oneself, whom somebody else has to change. */
  boolean isCaller(Member person) {
    return person.userName().equalsIgnoreCase(caller.get().principal());
  }

  static String name(Role role) {
    String name = role.name().toLowerCase(Locale.ROOT);
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String article(Role role) {
    return (role == Role.OWNER ? "an " : "a ") + role.name().toLowerCase(Locale.ROOT) + " now";
  }
}
