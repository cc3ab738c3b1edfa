package io.gatehouse.admin.console;

import com.vaadin.flow.component.icon.VaadinIcon;
import io.gatehouse.admin.guard.AccessLevel;
import java.util.function.Predicate;

/** The screens that one goes to by the navigation, in its order. */
public enum Screen {
  HOME("Home", "", VaadinIcon.HOME_O, Group.ANYWHERE),
  APIS("APIs", "apis", VaadinIcon.CLUSTER, Group.GATEWAY),
  LOGS("Logs", "logs", VaadinIcon.LIST_SELECT, Group.GATEWAY),
  METRICS("Metrics", "metrics", VaadinIcon.CHART_LINE, Group.GATEWAY),
  FUNCTIONS("Functions", "functions", VaadinIcon.FUNCTION, Group.GATEWAY),
  KEYS("API keys", "keys", VaadinIcon.KEY_O, Group.GATEWAY),
  PLANS("Usage plans", "plans", VaadinIcon.SLIDERS, Group.GATEWAY),
  POOLS("User pools", "pools", VaadinIcon.USER_CARD, Group.GATEWAY),
  VPC_LINKS("VPC links", "vpclinks", VaadinIcon.CONNECT_O, Group.GATEWAY),
  BACKENDS("Backends", "backends", VaadinIcon.HEART_O, Group.GATEWAY),
  BACKEND_ACCESS("Backend access", "backend-access", VaadinIcon.PLUG, Group.TENANT),
  PEOPLE("People", "people", VaadinIcon.USERS, Group.TENANT),
  IAM("Users and roles", "iam", VaadinIcon.USER_STAR, Group.TENANT),
  ACCESS_KEYS("Access keys", "team", VaadinIcon.PASSWORD, Group.TENANT),
  AUDIT("Audit", "audit", VaadinIcon.CLIPBOARD_TEXT, Group.TENANT),
  SETTINGS("Settings", "settings", VaadinIcon.COG_O, Group.GATEWAY),
  TENANTS("Tenants", "ops/tenants", VaadinIcon.BUILDING_O, Group.PLATFORM),
  NODES("Nodes", "ops/nodes", VaadinIcon.SERVER, Group.PLATFORM);

  /** What stands together in the navigation, for those who may go there. */
  public enum Group {
    ANYWHERE,
    GATEWAY,
    TENANT,
    PLATFORM;

    /**
     * @param inTenant whether one is in a tenant
     * @param may whether one may do things of a level there
     */
    boolean isFor(boolean inTenant, Predicate<AccessLevel> may) {
      return switch (this) {
        case ANYWHERE -> true;
        case GATEWAY -> inTenant;
        case TENANT -> inTenant && may.test(AccessLevel.PERMISSIONS);
        case PLATFORM -> may.test(AccessLevel.OPERATE);
      };
    }
  }

  private final String label;
  private final String path;
  private final VaadinIcon icon;
  private final Group group;

  Screen(String label, String path, VaadinIcon icon, Group group) {
    this.label = label;
    this.path = path;
    this.icon = icon;
    this.group = group;
  }

  public String label() {
    return label;
  }

  /** Within the console, without a leading slash. */
  public String path() {
    return path;
  }

  VaadinIcon icon() {
    return icon;
  }

  Group group() {
    return group;
  }

  /**
   * @param inTenant whether one is in a tenant
   * @param may whether one may do things of a level there
   */
  public boolean isFor(boolean inTenant, Predicate<AccessLevel> may) {
    return group.isFor(inTenant, may);
  }
}
