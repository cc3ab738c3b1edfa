package io.gatehouse.admin.operations;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.KeyPolicies;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.guard.Suspension;
import io.gatehouse.admin.publish.PrincipalChanges;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredTenant;
import io.gatehouse.admin.store.TenantAccessKey;
import io.gatehouse.admin.store.TenantStore;
import io.gatehouse.admin.tenants.TenantDirectory;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tenants and their access keys: what the vendor has whole other services for. */
@ApplicationScoped
public class Tenants implements Operations {

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_REASON = 500;
  private static final int MOST_ACCESS_KEYS = 20;

  /** Requests a second, and at once: more than any installation serves. */
  private static final int FASTEST = 1_000_000_000;

  /**
   * A tenant as operators see it.
   *
   * @param throttle how fast all of its APIs together may be called
   * @param suspension empty while it is served
   */
  public record Tenant(
      String account,
      String name,
      Instant created,
      RateLimit throttle,
      Optional<Suspension> suspension) {}

  /**
   * An access key, its secret left out.
   *
   * @param policy what it is limited to besides its role; empty when to nothing
   */
  public record AccessKeyView(
      String accessKeyId,
      Caller.Role role,
      boolean active,
      Instant created,
      Optional<String> policy) {}

  /**
   * An access key at the only moment at which its secret is told.
   *
   * @param secretAccessKey never to be logged
   */
  public record NewAccessKey(AccessKeyView key, String secretAccessKey) {
    @Override
    public String toString() {
      return "NewAccessKey[" + key + "]";
    }
  }

  /** A new tenant with its first access key. */
  public record NewTenant(Tenant tenant, NewAccessKey accessKey) {}

  private Settings settings;
  private TenantStore tenants;
  private TenantDirectory directory;
  private PrincipalChanges principals;
  private Publisher publisher;
  private InstantSource clock;
  private Ids ids;

  protected Tenants() {}

  @Inject
  public Tenants(
      Settings settings,
      TenantStore tenants,
      TenantDirectory directory,
      PrincipalChanges principals,
      Publisher publisher,
      InstantSource clock,
      Ids ids) {
    this.settings = settings;
    this.tenants = tenants;
    this.directory = directory;
    this.principals = principals;
    this.publisher = publisher;
    this.clock = clock;
    this.ids = ids;
  }

  @ConsoleQuery(AccessLevel.OPERATE)
  public List<Tenant> tenants(Caller caller) {
    List<Tenant> all = new ArrayList<>();
    Page<StoredTenant> page = tenants.list(new Page.Ask(null, 500));
    page.items().forEach(tenant -> all.add(view(tenant)));
    while (page.position().isPresent()) {
      page = tenants.list(new Page.Ask(page.position().get(), 500));
      page.items().forEach(tenant -> all.add(view(tenant)));
    }
    return List.copyOf(all);
  }

  /** The caller's own. */
  @ConsoleQuery
  public Tenant tenant(Caller caller) {
    return tenants
        .find(caller.account())
        .map(this::view)
        .orElseThrow(() -> ApiError.notFound("Tenant " + caller.account() + " does not exist"));
  }

  /** Writes nothing when the sign-in service cannot be reached. */
  @ConsoleQuery(AccessLevel.OPERATE)
  public NewTenant createTenant(Caller caller, String account, String name) {
    if (account == null || !ACCOUNT.matcher(account).matches()) {
      throw ApiError.badRequest("'" + account + "' is not an account: it has 12 digits");
    }
    String known = name == null ? "" : name.strip();
    if (known.isEmpty() || known.length() > LONGEST_NAME) {
      throw ApiError.badRequest("A tenant's name must have 1 to 100 characters");
    }
    StoredTenant tenant = tenants.create(account, known);
    NewAccessKey key = newAccessKey(account, Caller.Role.OWNER);
    // Last, so that its failure takes the rows back with it.
    directory.createGroups(account, known);
    return new NewTenant(view(tenant), key);
  }

  /**
   * Says how fast all APIs of a tenant together may be called; nodes go by it at once.
   *
   * @param rate requests a second; 0 refuses all, as a burst of 0 does
   */
  @ConsoleQuery(AccessLevel.OPERATE)
  public Tenant throttleTenant(Caller caller, String account, double rate, int burst) {
    if (!(rate >= 0 && rate <= FASTEST)) {
      throw ApiError.badRequest("The rate of a tenant must be between 0 and " + FASTEST);
    }
    if (burst < 0 || burst > FASTEST) {
      throw ApiError.badRequest("The burst of a tenant must be between 0 and " + FASTEST);
    }
    StoredTenant tenant = tenants.lock(account);
    tenants.throttle(tenant, new RateLimit(rate, burst));
    publisher.changed(tenant);
    return view(tenant);
  }

  /**
   * Closes a tenant for a time: nodes refuse every call of its APIs, the management API every
   * program, and its people can look and change nothing. Nothing of it is deleted.
   *
   * @param reason which the tenant reads
   */
  @ConsoleQuery(AccessLevel.OPERATE)
  public Tenant suspendTenant(Caller caller, String account, String reason) {
    String why = reason == null ? "" : reason.strip();
    if (why.isEmpty() || why.length() > LONGEST_REASON) {
      throw ApiError.badRequest(
          "The reason of a suspension must have 1 to " + LONGEST_REASON + " characters");
    }
    return suspend(account, Optional.of(new Suspension(clock.instant(), why)));
  }

  /** Serves a suspended tenant again, as it was before. */
  @ConsoleQuery(AccessLevel.OPERATE)
  public Tenant resumeTenant(Caller caller, String account) {
    return suspend(account, Optional.empty());
  }

  private Tenant suspend(String account, Optional<Suspension> suspension) {
    StoredTenant tenant = tenants.lock(account);
    tenants.suspend(tenant, suspension);
    publisher.changed(tenant);
    return view(tenant);
  }

  @ConsoleQuery(AccessLevel.PERMISSIONS)
  public List<AccessKeyView> accessKeys(Caller caller) {
    return tenants.accessKeys(caller.account()).stream().map(Tenants::view).toList();
  }

  /**
   * @param role what the key's holder may do: owner, developer or viewer
   */
  @ConsoleQuery(AccessLevel.PERMISSIONS)
  public NewAccessKey createAccessKey(Caller caller, Caller.Role role) {
    if (role == Caller.Role.OPERATOR) {
      throw ApiError.badRequest("An access key can be an owner's, a developer's or a viewer's");
    }
    if (tenants.find(caller.account()).isEmpty()) {
      throw ApiError.notFound("Tenant " + caller.account() + " does not exist");
    }
    if (tenants.accessKeys(caller.account()).size() >= MOST_ACCESS_KEYS) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "A tenant can have at most " + MOST_ACCESS_KEYS + " access keys");
    }
    return newAccessKey(caller.account(), role);
  }

  @ConsoleQuery(AccessLevel.PERMISSIONS)
  public AccessKeyView disableAccessKey(Caller caller, String accessKeyId) {
    return activate(caller, accessKeyId, false);
  }

  @ConsoleQuery(AccessLevel.PERMISSIONS)
  public AccessKeyView enableAccessKey(Caller caller, String accessKeyId) {
    return activate(caller, accessKeyId, true);
  }

  /**
   * Limits what an access key may do, from its next request on.
   *
   * @param policy an IAM policy document; blank for no limit but the role
   */
  @ConsoleQuery(AccessLevel.PERMISSIONS)
  public AccessKeyView limitAccessKey(Caller caller, String accessKeyId, String policy) {
    String document = policy == null ? "" : policy.strip();
    if (!document.isEmpty()) {
      KeyPolicies.parse(document);
    }
    Optional<String> limit = Optional.of(document).filter(text -> !text.isEmpty());
    AccessKeyView key = changed(tenants.limit(caller.account(), accessKeyId, limit));
    principals.policyChanged(caller.account(), TenantStore.limits(caller.account(), accessKeyId));
    return key;
  }

  private AccessKeyView activate(Caller caller, String accessKeyId, boolean active) {
    return changed(tenants.activate(caller.account(), accessKeyId, active));
  }

  private AccessKeyView changed(Optional<TenantAccessKey> found) {
    TenantAccessKey key = found.orElseThrow(Tenants::unknown);
    principals.changed(key.user());
    return view(key);
  }

  private static ApiError unknown() {
    return ApiError.notFound("Invalid access key identifier specified");
  }

  private NewAccessKey newAccessKey(String account, Caller.Role role) {
    String secret = ids.secretAccessKey();
    TenantAccessKey key = tenants.createAccessKey(account, ids.accessKey(), secret, role);
    principals.changed(key.user());
    return new NewAccessKey(view(key), secret);
  }

  private Tenant view(StoredTenant tenant) {
    return new Tenant(
        tenant.account(),
        tenant.name(),
        tenant.created(),
        tenant.throttle().orElse(settings.accountLimit()),
        tenant.suspension());
  }

  private static AccessKeyView view(TenantAccessKey key) {
    return new AccessKeyView(
        key.accessKeyId(), key.role(), key.active(), key.created(), key.policy());
  }
}
