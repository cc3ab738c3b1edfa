package io.gatehouse.admin.publish;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.store.AccessKeyStore;
import io.gatehouse.admin.store.BackendAccessStore;
import io.gatehouse.admin.store.ClientCertificateStore;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.EffectivePolicies;
import io.gatehouse.admin.store.FunctionStore;
import io.gatehouse.admin.store.PathMappingStore;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.Published;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredBackendAccess;
import io.gatehouse.admin.store.StoredClientCertificate;
import io.gatehouse.admin.store.StoredDomain;
import io.gatehouse.admin.store.StoredFunction;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.StoredPathMapping;
import io.gatehouse.admin.store.StoredRole;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.admin.store.StoredTenant;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.admin.store.StoredUserPool;
import io.gatehouse.admin.store.StoredVpcLink;
import io.gatehouse.admin.store.UsageStore;
import io.gatehouse.admin.store.UserPoolStore;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.HealthCheck;
import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.BasePath;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import io.gatehouse.model.snapshot.VpcLinkTags;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import software.amazon.awssdk.services.apigateway.model.RoutingMode;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Rows as nodes see them. */
@ApplicationScoped
public class SnapshotBuilder {

  private static final Logger LOG = Logger.getLogger(SnapshotBuilder.class.getName());

  private Settings settings;
  private DeploymentStore deployments;
  private PlanStore plans;
  private UsageStore usage;
  private ClientCertificateStore certificates;
  private PathMappingStore basePaths;
  private BackendAccessStore backendAccess;
  private FunctionStore functions;
  private AccessKeyStore accessKeys;
  private EffectivePolicies policies;
  private UserPoolStore userPools;
  private SecureRandom random;

  protected SnapshotBuilder() {}

  @Inject
  public SnapshotBuilder(
      Settings settings,
      DeploymentStore deployments,
      PlanStore plans,
      UsageStore usage,
      ClientCertificateStore certificates,
      PathMappingStore basePaths,
      BackendAccessStore backendAccess,
      FunctionStore functions,
      AccessKeyStore accessKeys,
      EffectivePolicies policies,
      UserPoolStore userPools,
      SecureRandom random) {
    this.settings = settings;
    this.deployments = deployments;
    this.plans = plans;
    this.usage = usage;
    this.certificates = certificates;
    this.basePaths = basePaths;
    this.backendAccess = backendAccess;
    this.functions = functions;
    this.accessKeys = accessKeys;
    this.policies = policies;
    this.userPools = userPools;
    this.random = random;
  }

  public StageSnapshot stage(StoredStage stage) {
    ApiDefinition definition = definition(stage, stage.deploymentId());
    return stage(
        stage.revision(),
        stage.account(),
        stage.apiId(),
        stage.body(),
        definition,
        stage.cacheGeneration(),
        stage
            .canaryDeploymentId()
            .map(id -> id.equals(stage.deploymentId()) ? definition : definition(stage, id)));
  }

  private ApiDefinition definition(StoredStage stage, String deploymentId) {
    return deployments.definition(stage.account(), stage.apiId(), deploymentId);
  }

  /** A stage that is not stored and has no canary; a certificate that there is not is left out. */
  public StageSnapshot stage(
      long revision, String account, String apiId, Stage stage, ApiDefinition definition) {
    return stage(revision, account, apiId, stage, definition, 0, Optional.empty());
  }

  private StageSnapshot stage(
      long revision,
      String account,
      String apiId,
      Stage stage,
      ApiDefinition definition,
      long cacheGeneration,
      Optional<ApiDefinition> canary) {
    return new StageSnapshot(
        revision,
        account,
        settings.region(),
        apiId,
        stage,
        definition,
        Optional.ofNullable(stage.clientCertificateId())
            .flatMap(id -> certificates.find(account, id))
            .map(this::sealed),
        canary,
        cacheGeneration);
  }

  /** Sealed anew for the nodes, which do not hold the master key. */
  private SealedCertificate sealed(StoredClientCertificate certificate) {
    String id = certificate.certificateId();
    return new SealedCertificate(
        id,
        certificate.body().pemEncodedCertificate(),
        settings
            .nodeKey()
            .close(
                SealedCertificate.owner(certificate.account(), id),
                certificates.privateKey(certificate),
                random));
  }

  public PlanSnapshot plan(StoredUsagePlan plan) {
    return new PlanRows(plans, usage).plan(plan);
  }

  public KeySnapshot key(StoredApiKey key) {
    return keys(List.of(key)).getFirst();
  }

  /** Keys of one account, in their order. */
  public List<KeySnapshot> keys(List<StoredApiKey> keys) {
    return new PlanRows(plans, usage).keys(keys);
  }

  public AccountSnapshot account(StoredTenant tenant) {
    return new AccountSnapshot(
        tenant.revision(),
        tenant.account(),
        tenant.throttle().orElse(settings.accountLimit()),
        tenant.suspension().isPresent());
  }

  /** A name that follows routing rules only leads nowhere: there are none. */
  public DomainSnapshot domain(StoredDomain domain) {
    Map<String, BasePath> mappings = new HashMap<>();
    if (domain.body().routingMode() != RoutingMode.ROUTING_RULE_ONLY) {
      for (StoredPathMapping mapping : basePaths.all(domain)) {
        mappings.put(
            mapping.basePath().equals(PathMappingStore.NONE) ? "" : mapping.basePath(),
            new BasePath(mapping.apiId(), mapping.stageName()));
      }
    }
    return new DomainSnapshot(domain.revision(), domain.account(), domain.name(), mappings);
  }

  public BackendAccessSnapshot backendAccess(StoredBackendAccess row) {
    Map<String, RoleAccess> roles = new HashMap<>();
    row.roles().forEach((name, role) -> roles.put(name, sealed(row, name, role)));
    return new BackendAccessSnapshot(
        row.revision(),
        row.account(),
        List.copyOf(row.authorities().values()),
        row.endpoints(),
        roles);
  }

  /** Sealed anew for the nodes, as certificates are. */
  private RoleAccess sealed(StoredBackendAccess row, String name, StoredRole role) {
    String owner = RoleAccess.owner(row.account(), name);
    return new RoleAccess(
        role.accessKeyId(),
        backendAccess
            .secret(row, name, role)
            .map(secret -> settings.nodeKey().close(owner, secret, random)),
        backendAccess
            .sessionToken(row, name, role)
            .map(token -> settings.nodeKey().close(owner, token, random)),
        role.assume(),
        role.externalId(),
        role.policy());
  }

  /** A link whose tags are older than their rules, and break them, leads nowhere. */
  public VpcLinkSnapshot vpcLink(StoredVpcLink link) {
    Map<String, String> tags = link.body().tags();
    List<String> targets = List.of();
    HealthCheck check = HealthCheck.TCP;
    try {
      check = VpcLinkTags.healthCheck(tags);
      targets = VpcLinkTags.targets(tags);
    } catch (ApiError broken) {
      LOG.warning(
          () -> link.account() + "/" + link.linkId() + " leads nowhere: " + broken.getMessage());
    }
    return new VpcLinkSnapshot(link.revision(), link.account(), link.linkId(), targets, check);
  }

  public FunctionSnapshot function(StoredFunction function) {
    return new FunctionRows(functions, settings).snapshot(function);
  }

  /**
   * @param principal a user or role
   */
  public PrincipalSnapshot principal(StoredIdentity principal) {
    return new PrincipalRows(accessKeys, policies, settings).snapshot(principal);
  }

  public UserPoolSnapshot userPool(StoredUserPool pool) {
    PoolIssuer issuer = userPools.issuer(pool, settings.keycloak().url());
    return new UserPoolSnapshot(
        pool.revision(),
        pool.account(),
        pool.poolId(),
        issuer.url(),
        issuer.keysUrl(),
        issuer.clients(),
        issuer.algorithms());
  }

  /** For {@link Published}. */
  public Published.Readers<Snapshot> readers() {
    return new Published.Readers<>(
        this::stage,
        this::plan,
        this::key,
        this::account,
        this::domain,
        this::backendAccess,
        this::vpcLink,
        this::function,
        this::principal,
        this::userPool);
  }
}
