package io.gatehouse.model.snapshot;

import io.gatehouse.model.definition.ApiDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * A finished, immutable description of one thing that nodes serve from. Every snapshot has a key
 * and a revision; revisions of one key only grow, and a node ignores an older one, so order and
 * duplicates do not matter. The account is part of every key but that of domains, so that no tenant
 * can name another's snapshot.
 */
public sealed interface Snapshot {

  String key();

  long revision();

  /**
   * A stage of a REST API: the definition frozen by its deployment, and the stage's own settings.
   *
   * @param certificate what the stage shows to its backends
   * @param canary the definition frozen by the deployment of the stage's canary, there whenever the
   *     stage has canary settings; the same definition when it is the same deployment
   * @param cacheGeneration how often the stage's cache has been flushed: answers kept under another
   *     generation are never looked at again
   */
  record StageSnapshot(
      long revision,
      String account,
      String region,
      String apiId,
      Stage stage,
      ApiDefinition definition,
      Optional<SealedCertificate> certificate,
      Optional<ApiDefinition> canary,
      long cacheGeneration)
      implements Snapshot {

    /** A stage whose cache was never flushed. */
    public StageSnapshot(
        long revision,
        String account,
        String region,
        String apiId,
        Stage stage,
        ApiDefinition definition,
        Optional<SealedCertificate> certificate,
        Optional<ApiDefinition> canary) {
      this(revision, account, region, apiId, stage, definition, certificate, canary, 0);
    }

    /** A stage without a canary. */
    public StageSnapshot(
        long revision,
        String account,
        String region,
        String apiId,
        Stage stage,
        ApiDefinition definition,
        Optional<SealedCertificate> certificate) {
      this(revision, account, region, apiId, stage, definition, certificate, Optional.empty());
    }

    /** A stage that shows no certificate and has no canary. */
    public StageSnapshot(
        long revision,
        String account,
        String region,
        String apiId,
        Stage stage,
        ApiDefinition definition) {
      this(revision, account, region, apiId, stage, definition, Optional.empty());
    }

    @Override
    public String key() {
      return key(account, apiId, stage.stageName());
    }

    public static String key(String account, String apiId, String stageName) {
      return "stage/" + account + "/" + apiId + "/" + stageName;
    }
  }

  /**
   * A client certificate as it travels: only who holds the node key of the installation reads its
   * private key.
   *
   * @param certificate X.509 in PEM
   * @param sealedKey PKCS #8 in PEM, sealed for {@link #owner}
   */
  record SealedCertificate(String id, String certificate, String sealedKey) {
    public static String owner(String account, String id) {
      return "client-certificate " + account + " " + id;
    }
  }

  /**
   * A usage plan.
   *
   * @param apiStages that it opens, each as {@code apiId:stageName}
   * @param throttle for each of its keys on each of its stages
   * @param quota for each of its keys
   * @param methodThrottles by {@code apiId:stageName}, then by {@code /path/VERB}, for each key
   */
  record PlanSnapshot(
      long revision,
      String account,
      String planId,
      Set<String> apiStages,
      Optional<RateLimit> throttle,
      Optional<Quota> quota,
      Map<String, Map<String, RateLimit>> methodThrottles,
      WhenUnreachable whenUnreachable)
      implements Snapshot {

    /** A plan without limits. */
    public PlanSnapshot(long revision, String account, String planId, Set<String> apiStages) {
      this(
          revision,
          account,
          planId,
          apiStages,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          WhenUnreachable.REFUSE);
    }

    public PlanSnapshot {
      apiStages = Set.copyOf(apiStages);
      methodThrottles = Map.copyOf(methodThrottles);
    }

    @Override
    public String key() {
      return key(account, planId);
    }

    public static String key(String account, String planId) {
      return "plan/" + account + "/" + planId;
    }
  }

  /**
   * An API key, known to nodes by the hash of its value only.
   *
   * @param joined by plan, the day on which the key became one of the plan's, counted from the
   *     epoch
   * @param quotaTotals by plan, where somebody has said what may be used in the present period
   */
  record KeySnapshot(
      long revision,
      String account,
      String keyId,
      String sha256,
      boolean enabled,
      Set<String> planIds,
      Map<String, Long> joined,
      Map<String, Quota.Total> quotaTotals)
      implements Snapshot {

    /** A key that has been in its plans for long. */
    public KeySnapshot(
        long revision,
        String account,
        String keyId,
        String sha256,
        boolean enabled,
        Set<String> planIds) {
      this(revision, account, keyId, sha256, enabled, planIds, Map.of(), Map.of());
    }

    public KeySnapshot {
      planIds = Set.copyOf(planIds);
      joined = Map.copyOf(joined);
      quotaTotals = Map.copyOf(quotaTotals);
    }

    /** How many requests the key may make by the plan's quota in the period of the day. */
    public long allowed(String planId, Quota quota, long epochDay) {
      return quota.allowed(
          Optional.ofNullable(joined.get(planId)),
          Optional.ofNullable(quotaTotals.get(planId)),
          epochDay);
    }

    @Override
    public String key() {
      return key(account, sha256);
    }

    /**
     * @param sha256 of the key's value in UTF-8, 64 lower-case hexadecimal digits
     */
    public static String key(String account, String sha256) {
      return "key/" + account + "/" + sha256;
    }
  }

  /**
   * What holds for an account as a whole.
   *
   * @param throttle how fast all of its APIs together may be called
   * @param suspended whether none of them may be
   */
  record AccountSnapshot(long revision, String account, RateLimit throttle, boolean suspended)
      implements Snapshot {

    /** Of one that is not suspended. */
    public AccountSnapshot(long revision, String account, RateLimit throttle) {
      this(revision, account, throttle, false);
    }

    @Override
    public String key() {
      return key(account);
    }

    public static String key(String account) {
      return "account/" + account;
    }
  }

  /**
   * A custom domain name that nodes answer to, and what is behind its base paths. A name has one
   * owner in the whole installation, so its key goes without the account: the name's next owner
   * starts above the last revision of the one before.
   *
   * @param name in lower case; may begin with {@code *.}, which stands for one label
   * @param mappings by base path, a single segment; the empty one takes what no other does
   */
  record DomainSnapshot(long revision, String account, String name, Map<String, BasePath> mappings)
      implements Snapshot {
    public DomainSnapshot {
      mappings = Map.copyOf(mappings);
    }

    @Override
    public String key() {
      return key(name);
    }

    public static String key(String name) {
      return "domain/" + name;
    }
  }

  /**
   * What is behind a base path.
   *
   * @param stageName empty when the next segment of the path names the stage
   */
  record BasePath(String apiId, Optional<String> stageName) {}

  /**
   * What the integrations of an account may use that the account has set for all of its APIs: takes
   * effect without a deployment.
   *
   * @param authorities certificates in PEM, each of an authority that HTTPS backends may be
   *     verified against besides the system's
   * @param endpoints base URLs by service, in the vendor's names in lower case ({@code sqs});
   *     {@code *} for every service that is not there. A service that neither names goes where the
   *     operator says, else to the vendor's own address
   * @param roles by role ARN, with stage variables filled in; under {@link #DEFAULT_ROLE} what
   *     integrations without credentials are signed with
   */
  record BackendAccessSnapshot(
      long revision,
      String account,
      List<String> authorities,
      Map<String, String> endpoints,
      Map<String, RoleAccess> roles)
      implements Snapshot {

    public static final String DEFAULT_ROLE = "default";

    /** In the place of a URL: the vendor's own address, whatever the operator says. */
    public static final String VENDOR = "aws";

    /** In the place of a URL, for {@code lambda} alone: the function host of this installation. */
    public static final String FUNCTION_HOST = "gatehouse";

    public BackendAccessSnapshot {
      authorities = List.copyOf(authorities);
      endpoints = Map.copyOf(endpoints);
      roles = Map.copyOf(roles);
    }

    /** Of an account that has set nothing. */
    public static BackendAccessSnapshot none(String account) {
      return new BackendAccessSnapshot(0, account, List.of(), Map.of(), Map.of());
    }

    @Override
    public String key() {
      return key(account);
    }

    public static String key(String account) {
      return "backend-access/" + account;
    }
  }

  /**
   * A way into a private network.
   *
   * @param targets {@code host:port} each, where connections go whatever host an integration's URI
   *     names
   */
  record VpcLinkSnapshot(
      long revision, String account, String id, List<String> targets, HealthCheck healthCheck)
      implements Snapshot {
    public VpcLinkSnapshot {
      targets = List.copyOf(targets);
    }

    @Override
    public String key() {
      return key(account, id);
    }

    public static String key(String account, String id) {
      return "vpclink/" + account + "/" + id;
    }
  }

  /**
   * A function that runs on this installation's own function host.
   *
   * @param versions by number, and {@link #LATEST}
   * @param aliases by name
   * @param policies JSON texts by qualifier; the empty one is the function's own
   * @param reservedConcurrency how many of it may run at once on a node; none stands for the
   *     account's share
   */
  record FunctionSnapshot(
      long revision,
      String account,
      String region,
      String name,
      Map<String, FunctionVersion> versions,
      Map<String, FunctionAlias> aliases,
      Map<String, String> policies,
      OptionalInt reservedConcurrency)
      implements Snapshot {

    public static final String LATEST = "$LATEST";

    public FunctionSnapshot {
      versions = Map.copyOf(versions);
      aliases = Map.copyOf(aliases);
      policies = Map.copyOf(policies);
    }

    @Override
    public String key() {
      return key(account, name);
    }

    public static String key(String account, String name) {
      return "function/" + account + "/" + name;
    }
  }

  /**
   * A user or role of an account's, with all that decides what it may do.
   *
   * @param arn as {@code arn:aws:iam::123456789012:user/team/ci}
   * @param id as {@code AIDA...} or {@code AROA...}; given to no other principal, even when one of
   *     the same name comes after
   * @param sealedSecrets of the access keys that are switched on, by their ids, each sealed for
   *     {@link #owner} under the node key
   * @param policies JSON texts of identity-based policies: its own, attached ones, and those of its
   *     groups
   * @param boundary JSON text of its permissions boundary; empty for none
   * @param trust JSON text of a role's trust policy, which says who may assume it; empty for a user
   */
  record PrincipalSnapshot(
      long revision,
      String account,
      Kind kind,
      String name,
      String arn,
      String id,
      Map<String, String> sealedSecrets,
      List<String> policies,
      Optional<String> boundary,
      Map<String, String> tags,
      Optional<String> trust)
      implements Snapshot {

    /** A user, or a role that nobody is trusted with. */
    public PrincipalSnapshot(
        long revision,
        String account,
        Kind kind,
        String name,
        String arn,
        String id,
        Map<String, String> sealedSecrets,
        List<String> policies,
        Optional<String> boundary,
        Map<String, String> tags) {
      this(
          revision,
          account,
          kind,
          name,
          arn,
          id,
          sealedSecrets,
          policies,
          boundary,
          tags,
          Optional.empty());
    }

    /** As in keys. */
    public enum Kind {
      USER,
      ROLE
    }

    public PrincipalSnapshot {
      sealedSecrets = Map.copyOf(sealedSecrets);
      policies = List.copyOf(policies);
      tags = Map.copyOf(tags);
    }

    /** Whom the secret of an access key is sealed for. */
    public static String owner(String account, String accessKeyId) {
      return "access-key " + account + " " + accessKeyId;
    }

    @Override
    public String key() {
      return key(account, kind, name);
    }

    public static String key(String account, Kind kind, String name) {
      return "principal/" + account + "/" + kind.name().toLowerCase(Locale.ROOT) + "/" + name;
    }
  }

  /**
   * Whose tokens the account's user-pool authorizers take.
   *
   * @param poolId as in {@code arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOLID}
   * @param issuer as the tokens' {@code iss} says it, to the letter
   * @param keysUrl where the issuer publishes its keys; empty where its discovery document tells
   * @param clients ids of the clients whose tokens are taken; empty for those of every client
   * @param algorithms that tokens may be signed with, as {@code RS256}
   */
  record UserPoolSnapshot(
      long revision,
      String account,
      String poolId,
      String issuer,
      Optional<String> keysUrl,
      Set<String> clients,
      Set<String> algorithms)
      implements Snapshot {
    public UserPoolSnapshot {
      clients = Set.copyOf(clients);
      algorithms = Set.copyOf(algorithms);
    }

    @Override
    public String key() {
      return key(account, poolId);
    }

    public static String key(String account, String poolId) {
      return "user-pool/" + account + "/" + poolId;
    }
  }

  /**
   * The thing under this key is gone. Kept for a day, so that a node that was away learns of it.
   */
  record Tombstone(String key, long revision) implements Snapshot {}

  /**
   * Written after the control plane has published everything it has. A node that holds it knows
   * that an address it has no snapshot for does not exist; before that it is not ready. Written
   * again every few minutes, as it also tells nodes the control plane's time.
   *
   * @param publishedAt in epoch milliseconds; 0 where it is not said
   */
  record Catalog(long revision, int snapshots, long publishedAt) implements Snapshot {
    public static final String KEY = "catalog";

    @Override
    public String key() {
      return KEY;
    }
  }
}
