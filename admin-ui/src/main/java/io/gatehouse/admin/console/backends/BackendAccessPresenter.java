package io.gatehouse.admin.console.backends;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.BackendAccess;
import io.gatehouse.admin.operations.BackendAccess.Authority;
import io.gatehouse.admin.operations.BackendAccess.BackendRole;
import io.gatehouse.admin.operations.BackendAccess.Endpoint;
import io.gatehouse.admin.operations.BackendAccess.RoleKeys;
import io.gatehouse.admin.operations.BackendAccess.Settled;
import java.util.Optional;
import java.util.function.Supplier;

/** What all integrations of the account have: roles, endpoints and authorities. */
final class BackendAccessPresenter {

  interface Screen {
    void show(Settled all);

    void notice(String text);

    /** It is done, but may not be what was wanted. */
    void warn(String text);
  }

  /** Stands in where an integration names no role. */
  static final String DEFAULT_ROLE = "default";

  /** For the function host of this installation, a policy to begin with. */
  static final String MAY_INVOKE =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": "lambda:InvokeFunction",
            "Resource": "*"
          }
        ]
      }""";

  /**
   * What the dialog is filled in with; blank for what is not given.
   *
   * @param secret blank keeps the one that there is
   */
  record RoleForm(
      String name,
      String accessKeyId,
      String secret,
      String sessionToken,
      boolean assume,
      String externalId,
      String policy) {

    static final RoleForm EMPTY = new RoleForm("", "", "", "", false, "", "");

    /** Without secrets, which nobody is told. */
    static RoleForm of(BackendRole role) {
      return new RoleForm(
          role.name(),
          role.accessKeyId(),
          "",
          "",
          role.assume(),
          role.externalId().orElse(""),
          role.policy().orElse(""));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final BackendAccess access;
  private final Supplier<Caller> caller;
  private final Screen screen;

  BackendAccessPresenter(BackendAccess access, Supplier<Caller> caller, Screen screen) {
    this.access = access;
    this.caller = caller;
    this.screen = screen;
  }

  void load() {
    screen.show(access.getBackendAccess(caller.get()));
  }

  void putRole(RoleForm form) {
    RoleKeys keys =
        new RoleKeys(
            form.accessKeyId().strip(),
            given(form.secret()),
            given(form.sessionToken()),
            form.assume(),
            given(form.externalId()),
            given(form.policy()));
    BackendRole put = access.putBackendRole(caller.get(), form.name().strip(), keys);
    load();
    screen.notice("Saved " + put.name());
  }

  void deleteRole(BackendRole role) {
    access.deleteBackendRole(caller.get(), role.name());
    load();
    screen.notice("Deleted " + role.name());
  }

  void putEndpoint(String service, String url) {
    Endpoint put = access.putBackendEndpoint(caller.get(), service.strip(), url.strip());
    load();
    put.warning()
        .ifPresentOrElse(
            screen::warn, () -> screen.notice(words(put.service()) + " go to " + put.url()));
  }

  void deleteEndpoint(Endpoint endpoint) {
    access.deleteBackendEndpoint(caller.get(), endpoint.service());
    load();
    screen.notice("Deleted the endpoint of " + words(endpoint.service()));
  }

  void addAuthorities(String pem) {
    int count = access.addBackendAuthorities(caller.get(), pem).size();
    load();
    screen.notice(count == 1 ? "1 authority is trusted" : count + " authorities are trusted");
  }

  void deleteAuthority(Authority authority) {
    access.deleteBackendAuthority(caller.get(), authority.sha256());
    load();
    screen.notice(authority.subject() + " is no longer trusted");
  }

  static String words(String service) {
    return service.equals("*") ? "all other services" : "calls of " + service;
  }

  private static Optional<String> given(String text) {
    return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
  }
}
