package io.gatehouse.admin.operations;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.BackendAccessStore;
import io.gatehouse.admin.store.StoredBackendAccess;
import io.gatehouse.admin.store.StoredRole;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tenant sets for all of its integrations: keys for roles, where the vendor's services are
 * answered, and certificate authorities. It takes effect without a deployment. The vendor has IAM
 * and its own network for it, so these operations are ours; programs have them, too.
 */
@ApplicationScoped
public class BackendAccess implements Operations {

  /**
   * What there is.
   *
   * @param endpoints in order of services
   */
  public record Settled(
      List<BackendRole> roles, List<Endpoint> endpoints, List<Authority> authorities) {

    public Settled {
      roles = List.copyOf(roles);
      endpoints = List.copyOf(endpoints);
      authorities = List.copyOf(authorities);
    }
  }

  /**
   * Where a service is answered.
   *
   * @param warning why nodes would not connect to it
   */
  public record Endpoint(String service, String url, Optional<String> warning) {}

  /**
   * A role without its secrets, which are never answered.
   *
   * @param name an ARN, or {@code default}
   * @param accessKeyId empty for a role without keys
   */
  public record BackendRole(
      String name,
      String accessKeyId,
      boolean hasSessionToken,
      boolean assume,
      Optional<String> externalId,
      Optional<String> policy) {}

  /**
   * What a role is given.
   *
   * @param accessKeyId empty for a role that only functions of this installation are called with
   * @param secretAccessKey none keeps what there is for the same access key id, and its token
   * @param assume whether the keys assume the role by STS, rather than being its own
   * @param policy what the role may do on this installation's function host
   */
  public record RoleKeys(
      String accessKeyId,
      Optional<String> secretAccessKey,
      Optional<String> sessionToken,
      boolean assume,
      Optional<String> externalId,
      Optional<String> policy) {

    @Override
    public String toString() {
      return "keys " + accessKeyId + (assume ? " that assume the role" : "");
    }
  }

  /** A certificate authority that backends are trusted by, besides the system's. */
  public record Authority(String sha256, String subject, Instant expires) {}

  /** For policies: {@code arn:aws:gatehouse:region:account:backend-access}. */
  private static final String RESOURCE = "backend-access";

  private BackendAccessStore store;
  private Publisher publisher;
  private BackendAccessRules rules;

  protected BackendAccess() {}

  @Inject
  public BackendAccess(
      BackendAccessStore store, Publisher publisher, Settings settings, InstantSource clock) {
    this.store = store;
    this.publisher = publisher;
    this.rules = new BackendAccessRules(settings.egressAllow(), clock);
  }

  @ConsoleQuery(resource = RESOURCE)
  public Settled getBackendAccess(Caller caller) {
    return store
        .find(caller)
        .map(this::settled)
        .orElse(new Settled(List.of(), List.of(), List.of()));
  }

  /**
   * @param name an ARN, or {@code default} for integrations that name no role
   */
  @ConsoleQuery(value = AccessLevel.PERMISSIONS, resource = RESOURCE)
  public BackendRole putBackendRole(Caller caller, String name, RoleKeys keys) {
    rules.checkRole(name, keys);
    StoredBackendAccess row = store.lock(caller);
    Map<String, StoredRole> roles = row.roles();
    StoredRole next = sealed(row, name, Optional.ofNullable(roles.get(name)), keys);
    roles.put(name, next);
    rules.checkCount("roles", roles.size());
    store.roles(row, roles);
    publisher.changed(row);
    return role(name, next);
  }

  @ConsoleQuery(value = AccessLevel.PERMISSIONS, resource = RESOURCE)
  public void deleteBackendRole(Caller caller, String name) {
    StoredBackendAccess row = store.lock(caller);
    Map<String, StoredRole> roles = row.roles();
    require(roles.remove(name), "role", name);
    store.roles(row, roles);
    publisher.changed(row);
  }

  /**
   * @param service as integrations name it, or {@code *} for all that have no endpoint of their own
   * @param url or {@code aws}; for {@code lambda} also {@code gatehouse}
   * @return with a warning, where nodes would not connect to it
   */
  @ConsoleQuery(value = AccessLevel.PERMISSIONS, resource = RESOURCE)
  public Endpoint putBackendEndpoint(Caller caller, String service, String url) {
    BackendAccessRules.checkEndpoint(service, url);
    StoredBackendAccess row = store.lock(caller);
    Map<String, String> endpoints = row.endpoints();
    endpoints.put(service, url);
    rules.checkCount("endpoints", endpoints.size());
    store.endpoints(row, endpoints);
    publisher.changed(row);
    return rules.judged(service, url);
  }

  @ConsoleQuery(value = AccessLevel.PERMISSIONS, resource = RESOURCE)
  public void deleteBackendEndpoint(Caller caller, String service) {
    StoredBackendAccess row = store.lock(caller);
    Map<String, String> endpoints = row.endpoints();
    require(endpoints.remove(service), "endpoint for service", service);
    store.endpoints(row, endpoints);
    publisher.changed(row);
  }

  /**
   * Adds those that are not there yet.
   *
   * @param pem one certificate or several
   * @return all that there are then
   */
  @ConsoleQuery(value = AccessLevel.PERMISSIONS, resource = RESOURCE)
  public List<Authority> addBackendAuthorities(Caller caller, String pem) {
    Map<String, String> added = rules.authorities(pem);
    StoredBackendAccess row = store.lock(caller);
    Map<String, String> authorities = row.authorities();
    authorities.putAll(added);
    rules.checkCount("authorities", authorities.size());
    store.authorities(row, authorities);
    publisher.changed(row);
    return settled(row).authorities();
  }

  /**
   * @param sha256 the certificate's fingerprint, in hexadecimal digits
   */
  @ConsoleQuery(value = AccessLevel.PERMISSIONS, resource = RESOURCE)
  public void deleteBackendAuthority(Caller caller, String sha256) {
    StoredBackendAccess row = store.lock(caller);
    Map<String, String> authorities = row.authorities();
    require(authorities.remove(sha256), "authority", sha256);
    store.authorities(row, authorities);
    publisher.changed(row);
  }

  private Settled settled(StoredBackendAccess row) {
    return new Settled(
        row.roles().entrySet().stream().map(e -> role(e.getKey(), e.getValue())).toList(),
        row.endpoints().entrySet().stream()
            .map(e -> rules.judged(e.getKey(), e.getValue()))
            .toList(),
        row.authorities().entrySet().stream()
            .map(e -> BackendAccessRules.authority(e.getKey(), e.getValue()))
            .toList());
  }

  private static BackendRole role(String name, StoredRole stored) {
    return new BackendRole(
        name,
        stored.accessKeyId(),
        stored.sealedSessionToken().isPresent(),
        stored.assume(),
        stored.externalId(),
        stored.policy());
  }

  private StoredRole sealed(
      StoredBackendAccess row, String name, Optional<StoredRole> before, RoleKeys keys) {
    Optional<StoredRole> kept =
        before
            .filter(old -> keys.secretAccessKey().isEmpty())
            .filter(old -> old.accessKeyId().equals(keys.accessKeyId()));
    Optional<String> secret =
        keys.secretAccessKey()
            .map(text -> store.sealSecret(row, name, text))
            .or(() -> kept.flatMap(StoredRole::sealedSecret));
    if (secret.isEmpty() && !keys.accessKeyId().isEmpty()) {
      throw ApiError.badRequest(
          "secretAccessKey is needed with accessKeyId, unless the role has it already");
    }
    return new StoredRole(
        keys.accessKeyId(),
        secret,
        keys.sessionToken()
            .map(text -> store.sealSessionToken(row, name, text))
            .or(() -> kept.flatMap(StoredRole::sealedSessionToken)),
        keys.assume(),
        keys.externalId(),
        keys.policy());
  }

  private static void require(Object removed, String what, String name) {
    if (removed == null) {
      throw ApiError.notFound(
          "There is no %s '%s'".formatted(what, BackendAccessRules.shown(name)));
    }
  }
}
