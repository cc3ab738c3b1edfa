package io.gatehouse.admin.console.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.operations.People;
import io.gatehouse.admin.tenants.PeopleDirectory.Invited;
import io.gatehouse.admin.tenants.PeopleDirectory.Member;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeoplePresenterTest {

  private final List<String> seen = new ArrayList<>();
  private final PeoplePresenter presenter =
      new PeoplePresenter(
          new FakePeople(),
          () ->
              new Caller(
                  "111111111111", "us-east-1", "alice", Set.of(Role.OWNER), Caller.Door.CONSOLE),
          new Noting());

  @Test
  void thePeopleAreShown() {
    presenter.load();

    assertEquals(List.of("shown alice, bob"), seen);
  }

  @Test
  void aNewPersonsPasswordIsShownOnce() {
    presenter.invite(" new ", Role.VIEWER);

    assertEquals(List.of("invite new VIEWER", "shown alice, bob", "once new secret"), seen);
  }

  @Test
  void whoIsKnownIsAMemberAtOnceAndWhoGetsAMailIsTold() {
    presenter.invite("known", Role.OWNER);
    assertEquals("known is an owner now", seen.getLast());

    presenter.invite("mailed@example.com", Role.DEVELOPER);
    assertEquals("mailed@example.com gets a mail to choose a password", seen.getLast());
  }

  @Test
  void changesAreSaidAndTheListIsReadAgain() {
    presenter.changeRole(member("bob", false), Role.DEVELOPER);
    presenter.remove(member("bob", false));

    assertEquals(
        List.of(
            "change id-bob DEVELOPER",
            "shown alice, bob",
            "bob is a developer now, within a minute everywhere",
            "remove id-bob",
            "shown alice, bob",
            "bob is out, within a minute everywhere"),
        seen);
  }

  @Test
  void aRefusalReachesTheDialogAndNothingIsSaid() {
    assertThrows(ApiError.class, () -> presenter.invite("refuse", Role.OWNER));
    assertEquals(List.of(), seen);
  }

  @Test
  void oneselfIsKnownByNameInWhateverCase() {
    assertTrue(presenter.isCaller(member("Alice", false)));
    assertFalse(presenter.isCaller(member("bob", false)));
  }

  private static Member member(String name, boolean pending) {
    return new Member("id-" + name, name, name, "", Role.VIEWER, Optional.empty(), pending, true);
  }

  private final class FakePeople extends People {
    @Override
    public List<Member> people(Caller caller) {
      return List.of(member("alice", false), member("bob", false));
    }

    @Override
    public Invited invitePerson(Caller caller, String nameOrEmail, Role role) {
      if (nameOrEmail.equals("refuse")) {
        throw ApiError.badRequest("no");
      }
      seen.add("invite " + nameOrEmail + " " + role);
      Member made = member(nameOrEmail, !nameOrEmail.equals("known"));
      return new Invited(
          made, nameOrEmail.equals("new") ? Optional.of("secret") : Optional.empty());
    }

    @Override
    public void changeRole(Caller caller, String userId, Role role) {
      seen.add("change " + userId + " " + role);
    }

    @Override
    public void removePerson(Caller caller, String userId) {
      seen.add("remove " + userId);
    }
  }

  private final class Noting implements PeoplePresenter.Screen {
    @Override
    public void show(List<Member> people) {
      seen.add("shown " + String.join(", ", people.stream().map(Member::userName).toList()));
    }

    @Override
    public void showOnce(Member person, String password) {
      seen.add("once " + person.userName() + " " + password);
    }

    @Override
    public void notice(String text) {
      seen.add(text);
    }
  }
}
