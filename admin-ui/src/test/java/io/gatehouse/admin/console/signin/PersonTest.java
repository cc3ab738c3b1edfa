package io.gatehouse.admin.console.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersonTest {

  @Test
  void groupsBecomeRolesByTenant() {
    Person alice =
        Person.of(
            "1",
            "alice",
            "Alice",
            List.of(
                "/tenants/222222222222/viewer",
                "/tenants/111111111111/owner",
                "/tenants/111111111111/developer"));

    assertEquals(List.of("111111111111", "222222222222"), alice.accounts());
    assertEquals(Set.of(Role.OWNER, Role.DEVELOPER), alice.rolesIn("111111111111"));
    assertEquals(Set.of(Role.VIEWER), alice.rolesIn("222222222222"));
    assertEquals(Set.of(), alice.rolesIn("333333333333"));
    assertFalse(alice.mayEnter("333333333333"));
  }

  @Test
  void groupsThatOnlyLookLikeOursMeanNothing() {
    Person stranger =
        Person.of(
            "2",
            "mallory",
            "Mallory",
            List.of(
                "/tenants/123/owner",
                "/tenants/111111111111/admin",
                "/other/tenants/111111111111/owner",
                "/tenants/111111111111/owner/x",
                "/operators/not"));

    assertTrue(stranger.belongsNowhere());
  }

  @Test
  void anOperatorIsNoMemberOfAnyTenant() {
    Person root = Person.of("3", "root", "Root", List.of("/operators"));

    assertFalse(root.belongsNowhere());
    assertTrue(root.operator());
    assertFalse(root.mayEnter("444444444444"));
    assertEquals(Set.of(), root.rolesIn("444444444444"));
  }
}
