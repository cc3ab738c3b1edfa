package io.gatehouse.admin.whole;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.awsface.ManagementApi;
import io.gatehouse.admin.guard.AccessKeys;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQueryGuard;
import io.gatehouse.admin.guard.Failures;
import io.gatehouse.admin.guard.OperationGuard;
import io.gatehouse.admin.logs.LogSettings;
import io.gatehouse.admin.logs.LogStore;
import io.gatehouse.admin.pools.RememberedRealms;
import io.gatehouse.admin.publish.ClusterClient;
import io.gatehouse.admin.publish.SnapshotBuilder;
import io.gatehouse.admin.publish.Transactions;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.IdentityStore;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredAccessKeys;
import io.gatehouse.admin.store.StoredIdentity;
import io.gatehouse.admin.store.TenantStore;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.TestInvoker;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.exchange.Functions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The whole management API on one database: door, guard, operations and stores, without a server
 * and without nodes.
 */
public final class WholeHouse implements AutoCloseable {

  /** Where no node ever was. */
  private static final String NOWHERE = "127.0.0.1:1";

  private final EchoNodes nodes = new EchoNodes();
  private final RememberedRealms realms = new RememberedRealms();
  private final Database database;
  private final RememberedPeople people = new RememberedPeople();
  private final ClusterClient cluster;
  private final TestInvoker invoker;
  private final Path logDirectory = temporary();
  private final LogStore logs;
  private final ManagementApi api;
  private final Map<Class<?>, Object> beans = new HashMap<>();
  private final GuardedCall ownOperations;
  private final StageStore stages;
  private final SnapshotBuilder snapshots;
  private final TenantStore tenants;
  private final IdentityStore identities;

  /** What has been handed to the publisher, in order. */
  private final List<Snapshot> published = new CopyOnWriteArrayList<>();

  public WholeHouse() {
    this(Functions.NONE);
  }

  /**
   * @param functions that test invocations reach
   */
  public WholeHouse(Functions functions) {
    this(functions, Database.Kind.H2, nobody());
  }

  public WholeHouse(Database.Kind kind) {
    this(Functions.NONE, kind, nobody());
  }

  /**
   * @param cluster of nodes that say something; closed with the house
   */
  WholeHouse(ClusterClient cluster) {
    this(Functions.NONE, Database.Kind.H2, cluster);
  }

  private static ClusterClient nobody() {
    return new ClusterClient("nobody", new Addresses(List.of(NOWHERE)));
  }

  private WholeHouse(Functions functions, Database.Kind kind, ClusterClient cluster) {
    this.cluster = cluster;
    database = Database.open(kind);
    SecureRandom random = new SecureRandom();
    Settings settings = Kit.settings();
    InstantSource clock = InstantSource.system();
    Transactions unpublished = (snapshot, afterCommit) -> published.add(snapshot);
    invoker =
        new TestInvoker(
            "",
            TestInvoker.BackendSettings.NONE,
            Optional.of(settings.nodeKey()),
            functions,
            settings.longestTimeout(),
            () -> random,
            clock,
            System::nanoTime);
    Wiring wiring =
        new Wiring()
            .with(database.rows())
            .with(database.transaction())
            .with(database.dataSource())
            .with(settings)
            .with(new LogSettings(logDirectory, Duration.ofDays(14), 1L << 30))
            .with(clock)
            .with(random)
            .with(new Ids(random))
            .with(cluster)
            .with(invoker)
            .with(unpublished)
            .with(nodes)
            .with(people)
            .with(realms);
    logs = wiring.get(LogStore.class);
    stages = wiring.get(StageStore.class);
    snapshots = wiring.get(SnapshotBuilder.class);
    tenants = wiring.get(TenantStore.class);
    identities = wiring.get(IdentityStore.class);
    Classes.families().forEach(family -> beans.put(family, wiring.get(family)));
    Classes.functionFamilies().forEach(family -> beans.put(family, wiring.get(family)));
    Classes.iamFamilies().forEach(family -> beans.put(family, wiring.get(family)));
    Classes.userPoolFamilies().forEach(family -> beans.put(family, wiring.get(family)));
    Classes.metricFamilies().forEach(family -> beans.put(family, wiring.get(family)));
    ownOperations = new GuardedCall(wiring.get(ConsoleQueryGuard.class));
    GuardedCall guarded = new GuardedCall(wiring.get(OperationGuard.class));
    api =
        new ManagementApi(
            beans, guarded::invoke, others(wiring), wiring.get(Failures.class), clock);
  }

  private AccessKeys others(Wiring wiring) {
    AccessKeys stored = wiring.get(StoredAccessKeys.class);
    return (id, token) -> database.inTransaction(() -> stored.find(id, token));
  }

  /** Access keys belong to accounts that have a tenant. */
  public void tenant(String account) {
    database.inTransaction(() -> tenants.create(account, "Tenant " + account));
  }

  /** A user or role as nodes are given it. */
  public PrincipalSnapshot principal(String account, StoredIdentity.Kind kind, String name) {
    return database.inTransaction(
        () -> snapshots.principal(identities.find(account, kind, name).orElseThrow()));
  }

  public ManagementApi api() {
    return api;
  }

  /**
   * One of the operations that are ours, as the console calls it.
   *
   * @param arguments after the caller
   */
  Object ask(Caller caller, Method operation, Object... arguments) throws Exception {
    Object[] all = Stream.concat(Stream.of(caller), Arrays.stream(arguments)).toArray();
    return ownOperations.invoke(operation, beans.get(operation.getDeclaringClass()), all);
  }

  /** What nodes have told of requests. */
  LogStore logs() {
    return logs;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("logs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who is in which tenant. */
  RememberedPeople people() {
    return people;
  }

  /** What the operations so far have handed to the publisher, in order. */
  public List<Snapshot> published() {
    return published;
  }

  /** What user pools have made at the sign-in service. */
  public RememberedRealms realms() {
    return realms;
  }

  /** The nodes that functions run on. */
  public EchoNodes nodes() {
    return nodes;
  }

  public Database database() {
    return database;
  }

  /** A stage as nodes are given it. */
  public StageSnapshot snapshot(String account, String apiId, String stageName) {
    return database.inTransaction(
        () -> snapshots.stage(stages.get(Kit.caller(account), apiId, stageName)));
  }

  @Override
  public void close() throws Exception {
    cluster.close();
    invoker.close();
    logs.close();
    try (Stream<Path> files = Files.walk(logDirectory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    database.close();
  }
}
