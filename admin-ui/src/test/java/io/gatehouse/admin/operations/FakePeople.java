package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.tenants.PeopleDirectory;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** People of one tenant, kept in memory; may be as good as down. */
final class FakePeople implements PeopleDirectory {

  final Map<String, Member> members = new TreeMap<>();
  final List<String> changes = new ArrayList<>();
  final Map<String, String> userNamesByEmail = new TreeMap<>();
  boolean down;

  void put(String name, Role role, boolean pending, boolean enabled) {
    members.put(
        name, new Member("id-" + name, name, name, "", role, Optional.empty(), pending, enabled));
  }

  @Override
  public List<Member> members(String account) {
    return List.copyOf(members.values());
  }

  @Override
  public Optional<String> userName(String nameOrEmail) {
    return Optional.ofNullable(userNamesByEmail.get(nameOrEmail));
  }

  @Override
  public Invited invite(String account, String nameOrEmail, Role role, String password) {
    change("invite " + nameOrEmail + " into " + account + " as " + role);
    put(nameOrEmail, role, true, true);
    return new Invited(members.get(nameOrEmail), Optional.of(password));
  }

  @Override
  public void changeRole(String account, String userId, Role role) {
    change("change " + userId + " of " + account + " to " + role);
  }

  @Override
  public void remove(String account, String userId) {
    change("remove " + userId + " from " + account);
  }

  @Override
  public List<String> groupsOf(String userId) {
    return List.of();
  }

  private void change(String what) {
    if (down) {
      throw ApiError.of(ApiError.Kind.SERVICE_UNAVAILABLE, "down");
    }
    changes.add(what);
  }
}
