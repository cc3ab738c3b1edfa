package io.gatehouse.runtime.functions;

import io.gatehouse.model.snapshot.FunctionVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of functions: which program runs one, and what the host brings along for it. */
final class Runtimes {

  /** The interpreters of this machine; an empty one is not installed. */
  record Interpreters(Optional<String> node, Optional<String> python, Optional<String> java) {

    /**
     * @param anybody whether users with no rights have to be able to run them
     */
    static Interpreters find(HostSettings settings, String javaHome, boolean anybody) {
      String path = settings.path();
      return new Interpreters(
          found(settings.node(), List.of("node", "nodejs"), path, anybody),
          found(settings.python(), List.of("python3"), path, anybody),
          found(settings.java(), List.of("java"), javaHome + "/bin:" + path, anybody)
              .map(java -> settings.java().isEmpty() ? ownJava(javaHome, java, anybody) : java));
    }

    /** The node's own is known to be there, and no older than any function it can be asked for. */
    private static String ownJava(String javaHome, String otherwise, boolean anybody) {
      Path own = Path.of(javaHome, "bin", "java");
      return Files.isExecutable(own) && (!anybody || Commands.openToAnybody(own))
          ? own.toString()
          : otherwise;
    }

    private static Optional<String> found(
        Optional<String> set, List<String> names, String path, boolean anybody) {
      return set.or(() -> Commands.find(names, path, anybody).map(Path::toString));
    }
  }

  private static final String RESOURCES = "/io/gatehouse/runtime/functions/";
  private static final List<String> SCRIPTS =
      List.of("enter.sh", "run.sh", "bootstrap.js", "bootstrap.py");
  private static final List<String> JARS =
      List.of(
          "aws-lambda-java-runtime-interface-client.jar",
          "aws-lambda-java-core.jar",
          "aws-lambda-java-serialization.jar",
          "utils-lite.jar",
          "annotations.jar");

  private final Interpreters interpreters;

  Runtimes(Interpreters interpreters) {
    this.interpreters = interpreters;
  }

  /** Lays out all that functions of any kind need. */
  static void unpack(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("java"));
    for (String script : SCRIPTS) {
      copy(script, folder.resolve(script));
    }
    for (String jar : JARS) {
      copy("java/" + jar, folder.resolve("java").resolve(jar));
    }
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream in = Runtimes.class.getResourceAsStream(RESOURCES + resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing in this node's war");
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * The program that runs a version.
   *
   * @throws StartFailure when this machine has none
   */
  List<String> program(FunctionVersion version, Layout layout) throws StartFailure {
    String runtime = version.runtime();
    if (runtime.startsWith("nodejs")) {
      return List.of(
          installed(interpreters.node(), version, "Node.js", "GATEHOUSE_FUNCTIONS_NODE"),
          "--max-old-space-size=" + Math.max(32, version.memoryMegabytes() * 9 / 10),
          layout.runtimeSeen() + "/bootstrap.js");
    }
    if (runtime.startsWith("python3")) {
      return List.of(
          installed(interpreters.python(), version, "Python 3", "GATEHOUSE_FUNCTIONS_PYTHON"),
          "-u",
          layout.runtimeSeen() + "/bootstrap.py");
    }
    if (runtime.startsWith("java")) {
      return java(version, layout);
    }
    if (runtime.startsWith("provided")) {
      return custom(layout);
    }
    throw StartFailure.of(
        "Runtime.InvalidEntrypoint",
        "the runtime " + runtime + " is none of nodejs, python3, java and provided");
  }

  private List<String> java(FunctionVersion version, Layout layout) throws StartFailure {
    List<String> program = new ArrayList<>();
    program.add(installed(interpreters.java(), version, "Java", "GATEHOUSE_FUNCTIONS_JAVA"));
    int heap = Math.max(version.memoryMegabytes() / 2, version.memoryMegabytes() * 85 / 100 - 64);
    program.addAll(
        List.of(
            "-Xmx" + heap + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            String.join(
                ":",
                layout.runtimeSeen() + "/java/*",
                layout.codeSeen() + "/",
                layout.codeSeen() + "/lib/*",
                layout.codeSeen() + "/*",
                layout.layersSeen() + "/java/lib/*"),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            version.handler()));
    return program;
  }

  private static List<String> custom(Layout layout) throws StartFailure {
    if (Files.isRegularFile(layout.code().resolve("bootstrap"))) {
      return List.of(layout.codeSeen() + "/bootstrap");
    }
    if (layout.layers().filter(l -> Files.isRegularFile(l.resolve("bootstrap"))).isPresent()) {
      return List.of(layout.layersSeen() + "/bootstrap");
    }
    throw StartFailure.of(
        "Runtime.InvalidEntrypoint",
        "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
  }

  private static String installed(
      Optional<String> interpreter, FunctionVersion version, String what, String setting)
      throws StartFailure {
    if (interpreter.isEmpty() || !Files.isExecutable(Path.of(interpreter.get()))) {
      throw StartFailure.of(
          "Runtime.InvalidEntrypoint",
          version.runtime()
              + " cannot run on this node: no "
              + what
              + " that functions may use is installed, or "
              + setting
              + " does not name it");
    }
    return interpreter.get();
  }

  /** Variables that only one kind has. */
  static Map<String, String> variables(FunctionVersion version, Layout layout) {
    String runtime = version.runtime();
    String layers = layout.layersSeen();
    if (runtime.startsWith("nodejs")) {
      return Map.of(
          "NODE_PATH",
          String.join(
              ":",
              layers + "/nodejs/node_modules",
              layout.runtimeSeen() + "/node_modules",
              layout.codeSeen()));
    }
    return runtime.startsWith("python3")
        ? Map.of(
            "PYTHONPATH",
            String.join(
                ":", layers + "/python", layers + "/python/lib/" + runtime + "/site-packages"),
            "PYTHONDONTWRITEBYTECODE",
            "1")
        : Map.of();
  }
}
