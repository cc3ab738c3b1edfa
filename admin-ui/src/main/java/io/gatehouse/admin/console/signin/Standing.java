package io.gatehouse.admin.console.signin;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Door;
import io.gatehouse.admin.guard.Caller.Origin;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.guard.ManagedPolicies;
import io.gatehouse.admin.operations.Impersonations.Impersonation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person is in which account: a member of tenants, an operator of the platform, and as an
 * operator an owner of the one tenant that they are in the place of.
 */
record Standing(Person person, Optional<Impersonation> impersonation) {

  boolean mayEnter(String account, Instant now) {
    return person.mayEnter(account) || impersonates(account, now);
  }

  /** Somebody without any grants, where the person has no business. */
  Caller in(String account, String region, Origin origin, Instant now) {
    return impersonates(account, now)
        ? caller(account, region, Set.of(Role.OWNER), Door.IMPERSONATION, origin)
        : caller(account, region, person.rolesIn(account), Door.CONSOLE, origin);
  }

  Caller onPlatform(String region, Origin origin) {
    return person.operator()
        ? operator(person.userName(), region, origin)
        : caller(Caller.PLATFORM_ACCOUNT, region, Set.of(), Door.CONSOLE, origin);
  }

  /** An operator at work on the platform. */
  static Caller operator(String name, String region, Origin origin) {
    return caller(
        name, Caller.PLATFORM_ACCOUNT, region, Set.of(Role.OPERATOR), Door.CONSOLE, origin);
  }

  private boolean impersonates(String account, Instant now) {
    return person.operator()
        && impersonation
            .filter(one -> one.account().equals(account))
            .filter(one -> one.operator().equals(person.userName()))
            .filter(one -> !one.isOver(now))
            .isPresent();
  }

  private Caller caller(String account, String region, Set<Role> roles, Door door, Origin origin) {
    return caller(person.userName(), account, region, roles, door, origin);
  }

  private static Caller caller(
      String name, String account, String region, Set<Role> roles, Door door, Origin origin) {
    return new Caller(
        account,
        region,
        name,
        Caller.derivedId(name),
        Map.of(),
        ManagedPolicies.grants(roles),
        door,
        origin);
  }
}
