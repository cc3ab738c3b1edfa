package io.gatehouse.runtime.functions;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.FunctionVersion;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.runtime.compile.AccountAccess;
import io.gatehouse.runtime.compile.Identities;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.Functions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the functions of this node, each invocation on a virtual thread that waits for the process:
 * finds the version, asks whether the caller may, takes a place, runs it, writes its log.
 */
public final class FunctionHost implements Functions, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionHost.class);

  /** The vendor's time for a process to come up. */
  public static final long INIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Unused for so long, an environment ends. */
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private static final long TIDY_MILLIS = 10_000;

  /** Every so many rounds of tidying, the disk. */
  private static final int DISK_ROUNDS = 60;

  /**
   * What the host is made with.
   *
   * @param all every function that this node knows
   * @param random from 0 to 1
   * @param ids of requests
   * @param mostInitNanos that a process may take to come up; {@link #INIT_NANOS}
   */
  public record Parts(
      FunctionSettings settings,
      HostSettings host,
      Optional<Seal> nodeKey,
      AccountAccess accounts,
      Identities identities,
      Supplier<Collection<FunctionSnapshot>> all,
      CodeSource code,
      Vertx vertx,
      InstantSource clock,
      LongSupplier nanos,
      DoubleSupplier random,
      Supplier<String> ids,
      Timer timer,
      FunctionMeters meters,
      long mostInitNanos) {}

  private final Parts parts;
  private final FunctionFinder finder;
  private final InvokePermission permission;
  private final Payloads payloads = new Payloads();
  private final Concurrency concurrency;
  private final CodeStore code;
  private final Environments environments;
  private final Runner runner;
  private final AsyncEvents events;
  private final LogFiles log;
  private final Launcher launcher = new Launcher();
  private final Watch watch;
  private final long tidying;
  private int round;

  /**
   * Waits while the system is tried out and what a node that was killed has left is cleaned up.
   *
   * @throws IOException when functions cannot run here, in words for the operator
   */
  public FunctionHost(Parts parts) throws IOException {
    this.parts = parts;
    Path folder = parts.settings().directory();
    ProcessTable processes = new ProcessTable();
    Uids uids = new Uids(parts.host().uids(), processes);
    Place place = Place.prepare(folder, parts.host(), uids);
    code = new CodeStore(folder.resolve("code"), parts.code());
    environments =
        new Environments(
            parts.host().memoryMegabytes(),
            parts.host().memoryOfAccount(parts.settings()),
            new EnvironmentStarter(
                new EnvironmentStarter.Means(
                    parts.vertx(),
                    code,
                    place.runtimes(),
                    new Variables(parts.nodeKey()),
                    place.sandbox(),
                    uids,
                    processes,
                    launcher,
                    place.environments(),
                    place.runtime(),
                    parts.nanos(),
                    parts.mostInitNanos())));
    watch = new Watch(environments, processes, parts.host().uids());
    finder = new FunctionFinder(parts.accounts(), parts.random());
    permission = new InvokePermission(parts.accounts(), parts.identities());
    concurrency = new Concurrency(parts.host().mostConcurrent(), parts.host().mostPerAccount());
    runner = new Runner(environments, parts.clock(), parts.nanos(), parts.meters().coldStarts());
    events = new AsyncEvents(this::attempt, parts.timer(), parts.clock());
    log = new LogFiles(folder.resolve("logs"));
    tidying =
        parts
            .vertx()
            .setPeriodic(
                TIDY_MILLIS, t -> Thread.ofVirtual().name("function-tidy").start(this::tidy));
  }

  @Override
  public boolean hosts(String account) {
    return parts.settings().allows(account);
  }

  @Override
  public void invoke(FunctionCall call, Backend.Reply reply) {
    Caller caller = Caller.of(parts.vertx(), call, reply);
    Thread.ofVirtual().name("function").start(() -> serve(call, caller));
  }

  private void serve(FunctionCall call, Caller caller) {
    try {
      Chosen chosen = finder.find(call.account(), call.function(), call.qualifier());
      permission.check(call, chosen);
      Invocation invocation =
          new Invocation(
              chosen,
              parts.ids().get(),
              payloads.checked(call),
              ClientContext.json(call.clientContext()),
              call.traceId());
      switch (call.kind()) {
        case REQUEST_RESPONSE ->
            run(invocation, ran -> caller.answer(answer(call, invocation, ran), ran.lines()));
        case EVENT -> {
          if (!events.accept(invocation)) {
            throw Answers.throttled(Concurrency.OF_ACCOUNT);
          }
          caller.answer(Answers.accepted(invocation.id()), List.of());
        }
      }
    } catch (Refused refused) {
      caller.answer(refused.answer(), List.of());
    } catch (RuntimeException bug) {
      caller.fail(bug);
    }
  }

  private static BackendResponse answer(FunctionCall call, Invocation invocation, Ran ran) {
    return Answers.of(
        ran.outcome(),
        invocation.id(),
        invocation.chosen().version().version(),
        call.wantsLogTail() ? ran.lines() : null);
  }

  /** Runs it where there is a place, and returns when the process is ready for more. */
  private void run(Invocation invocation, Consumer<Ran> then) {
    FunctionSnapshot function = invocation.chosen().function();
    concurrency
        .take(function)
        .ifPresent(
            reason -> {
              parts.meters().throttles().increment();
              throw Answers.throttled(reason);
            });
    Once place = new Once(() -> concurrency.give(function));
    try {
      runner.run(
          invocation,
          ran -> {
            place.give();
            count(ran);
            then.accept(ran);
            log.append(function.account(), function.name(), ran.lines());
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Answers.throttled(Concurrency.OF_ACCOUNT);
    } catch (Refused noRoom) {
      parts.meters().throttles().increment();
      throw noRoom;
    } finally {
      place.give();
    }
  }

  /** Gives back what was taken, however often it is asked to. */
  private static final class Once {
    private Runnable give;

    Once(Runnable give) {
      this.give = give;
    }

    void give() {
      give.run();
      give = () -> {};
    }
  }

  private void count(Ran ran) {
    parts.meters().invocations().increment();
    parts.meters().durations().accept(ran.nanos());
    if (ran.outcome().failed()) {
      parts.meters().errors().increment();
    }
  }

  private void attempt(Invocation invocation, Consumer<AsyncEvents.Attempt> ended) {
    Thread.ofVirtual()
        .name("function-event")
        .start(
            () -> {
              try {
                run(
                    invocation,
                    ran ->
                        ended.accept(
                            ran.outcome().failed()
                                ? AsyncEvents.Attempt.FAILED
                                : AsyncEvents.Attempt.DONE));
              } catch (Refused refused) {
                ended.accept(AsyncEvents.Attempt.THROTTLED);
              } catch (RuntimeException bug) {
                LOG.error("event {} fails", invocation.id(), bug);
                ended.accept(AsyncEvents.Attempt.FAILED);
              }
            });
  }

  // ---- tidying ----

  private synchronized void tidy() {
    try {
      long now = parts.nanos().getAsLong();
      environments.endIdle(e -> now - e.idleSince() > IDLE_NANOS || isOutdated(e.key()));
      if (round++ % DISK_ROUNDS == DISK_ROUNDS - 1) {
        code.keepOnly(namedByFunctions());
        log.keepOnly((account, name) -> parts.accounts().function(account, name) != null);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("what functions no longer need is not tidied up: {}", e.toString());
    }
  }

  private boolean isOutdated(Chosen.Key key) {
    FunctionSnapshot now = parts.accounts().function(key.account(), key.name());
    return now == null || !key.version().equals(now.versions().get(key.version().version()));
  }

  private Set<String> namedByFunctions() {
    Set<String> names = new HashSet<>();
    parts.all().get().stream()
        .flatMap(function -> function.versions().values().stream())
        .forEach(version -> addNames(version, names));
    // What still runs outlives its function for a moment.
    environments.all().forEach(e -> addNames(e.key().version(), names));
    return names;
  }

  private static void addNames(FunctionVersion version, Set<String> names) {
    names.add(version.codeSha256());
    names.add(CodeStore.layersName(version.layers()));
  }

  // ---- for operations ----

  /** Figures of this moment, by name. */
  public Map<String, Supplier<Number>> gauges() {
    return Map.of(
        "gatehouse_function_environments", () -> environments.all().size(),
        "gatehouse_function_environments_idle", environments::idleCount,
        "gatehouse_function_running", concurrency::running,
        "gatehouse_function_events_waiting", events::waiting,
        "gatehouse_function_events_given_up", events::givenUp);
  }

  /**
   * Whether a function of this machine is at the other end of a connection; never where functions
   * run as the node's own user, who cannot be told from others.
   *
   * @param peerPort the other end's
   * @param port ours
   */
  public boolean isFunction(int peerPort, int port) {
    OptionalInt uid = PeerOwner.uid(peerPort, port);
    return uid.isPresent() && parts.host().uids().contains(uid.getAsInt());
  }

  /** Shows every execution environment. */
  void forEachEnvironment(Consumer<Environment> look) {
    environments.all().forEach(look);
  }

  /** Ends every process. */
  @Override
  public void close() {
    parts.vertx().cancelTimer(tidying);
    if (events.waiting() > 0) {
      LOG.warn("{} events for functions are lost with this node's end", events.waiting());
    }
    watch.close();
    environments.close();
    launcher.close();
  }
}
