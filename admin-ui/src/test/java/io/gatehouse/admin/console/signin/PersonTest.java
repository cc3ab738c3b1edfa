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
  void anOperatorMayEnterEveryTenantButNothingThatIsNone() {
    Person root = Person.of("root", "Root", List.of("/operators"));

    assertFalse(root.belongsNowhere());
    assertTrue(root.mayEnter("444444444444"));
    assertFalse(root.mayEnter("not an account"));
    assertEquals(Set.of(Role.OPERATOR), root.rolesIn("444444444444"));
  }
}
