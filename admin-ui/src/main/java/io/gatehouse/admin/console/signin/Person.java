package io.gatehouse.admin.console.signin;

import io.gatehouse.admin.guard.Caller.Role;
import java.io.Serializable;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed-in person and what the sign-in service says about them.
 *
 * @param id the sign-in service's own
 * @param userName as typed at sign-in
 * @param displayName as shown
 * @param tenants roles by account, in order of account
 * @param operator whether the person runs the platform
 */
public record Person(
    String id,
    String userName,
    String displayName,
    Map<String, Set<Role>> tenants,
    boolean operator)
    implements Serializable {

  private static final Pattern TENANT_GROUP =
      Pattern.compile("/tenants/([0-9]{12})/(owner|developer|viewer)");
  private static final String OPERATORS = "/operators";

  /** Reads the groups claim; groups that are not ours mean nothing here. */
  public static Person of(
      String id, String userName, String displayName, Collection<String> groups) {
    Map<String, Set<Role>> tenants = new TreeMap<>();
    for (String group : groups) {
      Matcher match = TENANT_GROUP.matcher(group);
      if (match.matches()) {
        tenants
            .computeIfAbsent(match.group(1), account -> EnumSet.noneOf(Role.class))
            .add(Role.valueOf(match.group(2).toUpperCase(Locale.ROOT)));
      }
    }
    return new Person(id, userName, displayName, tenants, groups.contains(OPERATORS));
  }

  /** The same person in other groups. */
  Person in(Collection<String> groups) {
    return of(id, userName, displayName, groups);
  }

  /** Whether the person is a member of the tenant. */
  public boolean mayEnter(String account) {
    return tenants.containsKey(account);
  }

  /** The roles in the tenant; none for a stranger. */
  public Set<Role> rolesIn(String account) {
    return Set.copyOf(tenants.getOrDefault(account, Set.of()));
  }

  /** The tenants the person is a member of. */
  public List<String> accounts() {
    return List.copyOf(tenants.keySet());
  }

  /** Neither a member of a tenant nor an operator. */
  public boolean belongsNowhere() {
    return tenants.isEmpty() && !operator;
  }
}
