package io.gatehouse.runtime.functions;

import io.gatehouse.runtime.functions.HostSettings.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How processes of functions are kept apart here: what the system lets us do, tried out once. */
final class Sandbox {

  private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

  /** From nothing at all to as much as there is. */
  enum Level {
    /** The node's own user; limits as far as they go. */
    SAME_USER,
    /** A user of its own for each execution environment. */
    OWN_USER,
    /** Besides that, process and mount namespaces of its own. */
    NAMESPACES
  }

  private static final List<String> CONFINE =
      List.of(
          "nice",
          "-n",
          "5",
          "prlimit",
          "--nofile=1024",
          "--fsize=" + DiskUse.MOST_BYTES,
          "--core=0");

  /** The vendor's number of processes and threads. */
  private static final String PROCESSES = "--nproc=1024";

  /** The kernel forgets it when a process becomes another user, so it comes after that. */
  private static final List<String> DIES_WITH_PARENT = List.of("setpriv", "--pdeathsig", "KILL");

  private static final List<String> UNSHARE =
      List.of(
          "setpriv",
          "--pdeathsig",
          "KILL",
          "unshare",
          "--mount",
          "--pid",
          "--ipc",
          "--fork",
          "--kill-child",
          "--mount-proc",
          "--",
          "sh");

  private final Level level;
  private final Path scripts;
  private final boolean confines;

  private Sandbox(Level level, Path scripts, boolean confines) {
    this.level = level;
    this.scripts = scripts;
    this.confines = confines;
  }

  /**
   * @param scripts where {@code enter.sh} and {@code run.sh} lie
   * @throws IOException when isolation is required and there is none
   */
  static Sandbox tryOut(Isolation wanted, Path scripts, int someUid) throws IOException {
    boolean confines = Commands.succeeds(list(CONFINE, "setpriv", "--pdeathsig", "KILL", "true"));
    Level level = wanted == Isolation.OFF ? Level.SAME_USER : best(wanted, someUid);
    if (level == Level.SAME_USER && (wanted == Isolation.REQUIRED || wanted == Isolation.USERS)) {
      throw new IOException(
          "GATEHOUSE_FUNCTIONS_ISOLATION asks for it, but this node cannot start processes as other"
              + " users: it needs root and the tools setpriv, prlimit and unshare of util-linux");
    }
    switch (level) {
      case NAMESPACES -> {
        Files.createDirectories(Path.of(Layout.TASK_ROOT));
        Files.createDirectories(Path.of(Layout.RUNTIME_ROOT));
        LOG.info("functions run as users of their own, in namespaces of their own");
      }
      case OWN_USER ->
          LOG.warn(
              "functions run as users of their own, but see this machine's files and processes");
      case SAME_USER ->
          LOG.warn(
              "FUNCTIONS ARE NOT ISOLATED: they run as this node's own user and may read what it may"
                  + " read. Run the node as root with util-linux, or allow functions to trusted"
                  + " accounts alone (GATEHOUSE_FUNCTIONS)");
    }
    return new Sandbox(level, scripts, confines);
  }

  private static Level best(Isolation wanted, int someUid) {
    if (!"root".equals(System.getProperty("user.name"))
        || !Commands.succeeds(list(CONFINE, asUser(someUid), "true"))) {
      return Level.SAME_USER;
    }
    return wanted != Isolation.USERS
            && Commands.succeeds(list(UNSHARE, "-c", "mount -t tmpfs none /mnt && test $$ = 1"))
        ? Level.NAMESPACES
        : Level.OWN_USER;
  }

  Level level() {
    return level;
  }

  boolean ownUsers() {
    return level != Level.SAME_USER;
  }

  /**
   * The command that starts a program in its place.
   *
   * @param uid whom it runs as; none for the node's own user
   * @param group the file that takes the process into its memory group; empty for none
   * @param variables how many variables wait to be exported, see run.sh
   */
  List<String> command(
      Layout layout, OptionalInt uid, String group, int variables, List<String> program) {
    List<String> inside =
        list(
            List.of(
                "sh",
                layout.bound()
                    ? Layout.RUNTIME_ROOT + "/run.sh"
                    : scripts.resolve("run.sh").toString(),
                Integer.toString(variables)),
            program.toArray(String[]::new));
    return switch (level) {
      case NAMESPACES ->
          list(
              UNSHARE,
              Stream.of(
                      List.of(
                          scripts.resolve("enter.sh").toString(),
                          layout.code().toString(),
                          layout.runtime().toString(),
                          layout.layers().map(Path::toString).orElse(""),
                          layout.tmp().toString(),
                          group),
                      CONFINE,
                      List.of(PROCESSES),
                      asUserList(uid.orElseThrow()),
                      DIES_WITH_PARENT,
                      inside)
                  .flatMap(List::stream)
                  .toArray(String[]::new));
      case OWN_USER ->
          Stream.of(
                  CONFINE,
                  List.of(PROCESSES),
                  asUserList(uid.orElseThrow()),
                  DIES_WITH_PARENT,
                  List.of("setsid"),
                  inside)
              .flatMap(List::stream)
              .toList();
      case SAME_USER ->
          confines
              ? Stream.of(CONFINE, DIES_WITH_PARENT, List.of("setsid"), inside)
                  .flatMap(List::stream)
                  .toList()
              : inside;
    };
  }

  private static List<String> asUserList(int uid) {
    return List.of(asUser(uid));
  }

  private static String[] asUser(int uid) {
    String user = Integer.toString(uid);
    return new String[] {
      "setpriv",
      "--reuid",
      user,
      "--regid",
      user,
      "--clear-groups",
      "--no-new-privs",
      "--bounding-set=-all",
      "--inh-caps=-all"
    };
  }

  private static List<String> list(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return all;
  }

  private static List<String> list(List<String> first, String[] middle, String last) {
    List<String> all = list(first, middle);
    all.add(last);
    return all;
  }
}
