package io.gatehouse.admin.whole;

import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.tenants.PeopleDirectory;
import io.gatehouse.admin.tenants.TenantDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A sign-in service that only remembers. It knows people by their ids, whatever tenant they are of,
 * and does to them what it is told: who may be told about whom is not its affair.
 */
public final class RememberedPeople implements PeopleDirectory, TenantDirectory {

  private record Membership(String account, Member member) {}

  private final Map<String, Membership> byId = new TreeMap<>();

  @Override
  public List<Member> members(String account) {
    return byId.values().stream()
        .filter(one -> one.account().equals(account))
        .map(Membership::member)
        .toList();
  }

  @Override
  public Optional<String> userName(String nameOrEmail) {
    return Optional.empty();
  }

  @Override
  public Invited invite(String account, String nameOrEmail, Role role, String password) {
    String id = "id-" + nameOrEmail + "-" + account;
    Member member =
        new Member(id, nameOrEmail, nameOrEmail, "", role, Optional.empty(), false, true);
    byId.put(id, new Membership(account, member));
    return new Invited(member, Optional.of(password));
  }

  @Override
  public void changeRole(String account, String userId, Role role) {
    Member old = byId.get(userId).member();
    byId.put(
        userId,
        new Membership(
            account,
            new Member(
                userId,
                old.userName(),
                old.displayName(),
                old.email(),
                role,
                old.lastSignIn(),
                old.pending(),
                old.enabled())));
  }

  @Override
  public void remove(String account, String userId) {
    byId.remove(userId);
  }

  @Override
  public List<String> groupsOf(String userId) {
    return List.of();
  }

  @Override
  public void createGroups(String account, String name) {}
}
