package io.gatehouse.admin.tenants;

/** Where people are put into tenants. */
public interface TenantDirectory {

  /**
   * Makes the groups of a tenant; what is there already stays, so it can be called again after a
   * failure half way.
   *
   * @param account 12 digits
   * @param name what people call the tenant
   */
  void createGroups(String account, String name);
}
