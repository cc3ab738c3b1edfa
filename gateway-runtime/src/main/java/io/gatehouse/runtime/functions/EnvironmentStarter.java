package io.gatehouse.runtime.functions;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings execution environments up, and gives back what they had when they end. */
final class EnvironmentStarter {

  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentStarter.class);

  /**
   * What environments are made with.
   *
   * @param folder for their own files
   * @param runtime what {@link Runtimes#unpack} laid out
   * @param mostInitNanos that it may take to come up
   */
  record Means(
      Vertx vertx,
      CodeStore code,
      Runtimes runtimes,
      Variables variables,
      Sandbox sandbox,
      Uids uids,
      ProcessTable processes,
      Launcher launcher,
      Path folder,
      Path runtime,
      LongSupplier nanos,
      long mostInitNanos) {}

  private static final int END_SECONDS = 5;

  private final Means means;
  private final AtomicLong number = new AtomicLong();

  EnvironmentStarter(Means means) {
    this.means = means;
  }

  /**
   * Waits until it is up.
   *
   * @param id of the request that it is started for
   */
  Environment start(Chosen chosen, String id) throws StartFailure, InterruptedException {
    long begin = means.nanos().getAsLong();
    Environment environment = launch(chosen);
    boolean up = false;
    try {
      up = environment.awaitReady(means.mostInitNanos());
      if (up) {
        return environment.cameUp(means.nanos().getAsLong() - begin);
      }
      Outcome failure = environment.parts().mailbox().initFailure(id);
      throw new StartFailure(
          failure == null ? Outcome.timedOut(id, means.mostInitNanos() / 1_000_000) : failure,
          environment.lines());
    } finally {
      if (!up) {
        end(environment, Exit.STOPPED);
      }
    }
  }

  private Environment launch(Chosen chosen) throws StartFailure, InterruptedException {
    OptionalInt uid = OptionalInt.empty();
    Path folder = means.folder().resolve(Long.toString(number.incrementAndGet()));
    Mailbox mailbox = new Mailbox();
    RuntimeApi api = null;
    Optional<MemoryGroup> group = Optional.empty();
    try {
      uid = user();
      Layout layout = layout(chosen, folder, uid);
      List<String> program = means.runtimes().program(chosen.version(), layout);
      group = group(chosen, uid);
      api = RuntimeApi.listen(means.vertx(), mailbox, uid);
      Map<String, String> variables = means.variables().of(chosen, layout, api.port());
      Process process = means.launcher().start(builder(layout, uid, group, variables, program));
      Environment environment =
          new Environment(
              chosen.key(),
              new Environment.Parts(
                  mailbox, api, process, Output.of(process), folder, layout, uid, group));
      Thread.ofVirtual().start(() -> watchEnd(environment));
      return environment;
    } catch (IOException e) {
      release(folder, uid, group, Optional.ofNullable(api));
      LOG.error("{} cannot be started: {}", chosen.arn(), e.toString());
      throw StartFailure.of(
          "Runtime.StartFailure", "the function cannot be started: " + e.getMessage());
    } catch (StartFailure | InterruptedException e) {
      release(folder, uid, group, Optional.ofNullable(api));
      throw e;
    }
  }

  private OptionalInt user() throws IOException {
    if (!means.sandbox().ownUsers()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        means
            .uids()
            .take()
            .orElseThrow(() -> new IOException("all users of GATEHOUSE_FUNCTIONS_UIDS are taken")));
  }

  private Layout layout(Chosen chosen, Path folder, OptionalInt uid)
      throws IOException, InterruptedException {
    String account = chosen.function().account();
    Path code = means.code().code(account, chosen.version().codeSha256());
    Optional<Path> layers = means.code().layers(account, chosen.version().layers());
    Path tmp = folder.resolve("tmp");
    Files.createDirectories(tmp);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString("rwx------"));
    if (uid.isPresent()) {
      Files.setAttribute(tmp, "unix:uid", uid.getAsInt());
      Files.setAttribute(tmp, "unix:gid", uid.getAsInt());
    }
    return new Layout(
        code, means.runtime(), layers, tmp, means.sandbox().level() == Sandbox.Level.NAMESPACES);
  }

  private Optional<MemoryGroup> group(Chosen chosen, OptionalInt uid) {
    return means.sandbox().level() == Sandbox.Level.NAMESPACES
        ? MemoryGroup.make(
            Integer.toString(uid.orElseThrow()), (long) chosen.version().memoryMegabytes() << 20)
        : Optional.empty();
  }

  private ProcessBuilder builder(
      Layout layout,
      OptionalInt uid,
      Optional<MemoryGroup> group,
      Map<String, String> variables,
      List<String> program) {
    ProcessBuilder builder =
        new ProcessBuilder(
            means
                .sandbox()
                .command(
                    layout,
                    uid,
                    group.map(MemoryGroup::door).orElse(""),
                    variables.size(),
                    program));
    builder.directory(means.runtime().toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.environment().clear(); // nothing of the node's own
    builder.environment().put("PATH", Commands.PATH);
    int i = 0;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      builder
          .environment()
          .put("GATEHOUSE_ENV_" + i++, variable.getKey() + "=" + variable.getValue());
    }
    return builder;
  }

  private static void watchEnd(Environment environment) {
    try {
      int status = environment.parts().process().waitFor();
      boolean starved =
          Exit.killed(status)
              && environment.parts().group().filter(MemoryGroup::killed).isPresent();
      environment.parts().mailbox().exited(starved ? Exit.OUT_OF_MEMORY : Exit.of(status));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it with all that came of it; nothing of it runs when this returns. */
  void end(Environment environment, Exit why) {
    if (!environment.end()) {
      return;
    }
    Environment.Parts parts = environment.parts();
    List<ProcessHandle> family = parts.process().descendants().toList();
    environment.kill(why);
    if (parts.uid().isEmpty()) {
      family.forEach(ProcessHandle::destroyForcibly);
      Commands.succeeds(
          List.of("sh", "-c", "kill -KILL -\"$1\"", "sh", Long.toString(parts.process().pid())));
    }
    awaitEnd(parts.process());
    parts.output().close();
    release(parts.folder(), parts.uid(), parts.group(), Optional.of(parts.api()));
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void release(
      Path folder, OptionalInt uid, Optional<MemoryGroup> group, Optional<RuntimeApi> api) {
    api.ifPresent(RuntimeApi::close);
    try {
      if (uid.isEmpty() || means.processes().endAllOf(uid.getAsInt())) {
        uid.ifPresent(means.uids()::give);
      }
      group.ifPresent(MemoryGroup::remove);
      DiskUse.delete(folder);
    } catch (IOException e) {
      LOG.error("what an execution environment leaves is not cleaned up: {}", e.toString());
    }
  }
}
