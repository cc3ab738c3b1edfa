package io.gatehouse.admin.operations;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.logs.LogSettings;
import io.gatehouse.admin.publish.ClusterClient;
import io.gatehouse.admin.publish.PrincipalChanges;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.publish.RememberedCounters;
import io.gatehouse.admin.publish.SinkHealth;
import io.gatehouse.admin.publish.SnapshotBuilder;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Operations on the stores of one database, without a server and without nodes. */
final class House implements AutoCloseable {

  private static final LogSettings LOGS =
      new LogSettings(Path.of("unused"), Duration.ofDays(14), 2048L << 20);

  /** Where no node ever was. */
  private static final String NOWHERE = "127.0.0.1:1";

  final Kit kit;
  final Ids ids = new Ids(new Random(11));
  final List<String> groups = new ArrayList<>();

  /** What the transactions so far have handed to the publisher. */
  final List<Snapshot> published = new ArrayList<>();

  /** What the nodes have counted. */
  final RememberedCounters counters = new RememberedCounters();

  final Deployments deployments;
  final Stages stages;
  final ApiKeys keys;
  final ApiKeyImports imports;
  final DeploymentHistory history;
  final UsagePlans plans;
  final UsageRecords usage;
  final Tags tags;
  final ClientCertificates certificates;
  final VpcLinks links;
  final Account account;
  final BackendAccess backendAccess;
  final Models models;
  final RequestValidators validators;
  final Authorizers authorizers;
  final GatewayResponses gatewayResponses;
  final CorsSettings cors;
  final DocumentationParts documentationParts;
  final DocumentationVersions documentationVersions;
  final Methods methods;
  final DomainNames domains;
  final BasePathMappings mappings;
  final DomainNameAccessAssociations accesses;
  final Tenants tenants;
  final Nodes nodes;
  final SnapshotBuilder snapshots;
  final Settings settings;
  private final ClusterClient cluster;

  House(Database database) {
    kit = new Kit(database);
    settings = Kit.settings();
    SecureRandom random = new SecureRandom();
    cluster = new ClusterClient("nobody", new Addresses(List.of(NOWHERE)));
    snapshots =
        new SnapshotBuilder(
            settings,
            kit.deployments,
            kit.plans,
            kit.usage,
            kit.certificates,
            kit.basePaths,
            kit.backendAccess,
            kit.functions,
            kit.accessKeys,
            kit.policies,
            kit.userPools,
            random);
    Publisher publisher =
        new Publisher(
            cluster,
            (snapshot, afterCommit) -> published.add(snapshot),
            snapshots,
            kit.revisions,
            Duration.ZERO);
    deployments = new Deployments(kit.apis, kit.deployments, kit.stages, publisher, ids, kit.clock);
    stages =
        new Stages(kit.apis, kit.deployments, kit.stages, kit.certificates, publisher, kit.clock);
    keys = new ApiKeys(kit.keys, kit.stages, publisher, ids, kit.clock);
    plans =
        new UsagePlans(kit.plans, kit.keys, new PlanRules(kit.stages, kit.plans), publisher, ids);
    imports = new ApiKeyImports(kit.keys, kit.plans, publisher, ids, kit.clock);
    history = new DeploymentHistory(kit.apis, kit.deployments, kit.stages, ids, kit.clock);
    usage =
        new UsageRecords(
            kit.plans,
            kit.keys,
            kit.usage,
            new UsageFigures(kit.plans, kit.usage, kit.usageCounts, counters, snapshots, kit.clock),
            publisher,
            kit.clock);
    tags =
        new Tags(
            kit.apis,
            kit.stages,
            kit.keys,
            kit.plans,
            kit.certificates,
            kit.links,
            kit.domains,
            kit.accesses,
            publisher);
    certificates = new ClientCertificates(kit.certificates, ids, random, kit.clock);
    links = new VpcLinks(kit.links, kit.apis, kit.deployments, publisher, ids);
    account = new Account(settings, LOGS, kit.accounts, kit.tenants);
    backendAccess = new BackendAccess(kit.backendAccess, publisher, settings, kit.clock);
    models = new Models(kit.apis, ids);
    validators = new RequestValidators(kit.apis, ids);
    authorizers = new Authorizers(kit.apis, ids);
    gatewayResponses = new GatewayResponses(kit.apis);
    cors = new CorsSettings(kit.apis);
    documentationParts = new DocumentationParts(kit.apis, ids);
    documentationVersions = new DocumentationVersions(kit.apis, kit.stages, publisher, kit.clock);
    methods = new Methods(kit.apis);
    domains = new DomainNames(kit.domains, publisher, ids, kit.clock);
    mappings = new BasePathMappings(kit.domains, kit.basePaths, kit.apis, kit.stages, publisher);
    accesses = new DomainNameAccessAssociations(kit.domains, kit.accesses);
    tenants =
        new Tenants(
            settings,
            kit.tenants,
            (account, name) -> groups.add(account),
            new PrincipalChanges(kit.identities, kit.attachments, publisher),
            publisher,
            kit.clock,
            ids);
    nodes = new Nodes(cluster, new SinkHealth(cluster), kit.stages, snapshots);
  }

  /** One operation in a transaction of its own, as the guard runs it. */
  <R> R in(Supplier<R> operation) {
    return kit.database.inTransaction(operation);
  }

  void run(Runnable operation) {
    kit.database.run(operation);
  }

  @Override
  public void close() throws Exception {
    cluster.close();
    kit.database.close();
  }
}
