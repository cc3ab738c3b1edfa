package io.gatehouse.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the project's own scripts, as a newcomer would. */
final class Scripts {

  /** What a script printed, both streams together, and how it ended. */
  record Outcome(int status, String output) {}

  private static final Pattern LINE = Pattern.compile("export ([A-Z_0-9]+)='(.*)'");

  private final Path checkout;
  private final Map<String, String> environment;

  Scripts(Path home, int portBase, Map<String, String> more) {
    this.checkout = Path.of("").toAbsolutePath().getParent();
    this.environment = new HashMap<>(more);
    environment.put("GATEHOUSE_HOME", home.toString());
    environment.put("GATEHOUSE_PORT_BASE", Integer.toString(portBase));
  }

  private Scripts(Path checkout, Map<String, String> environment) {
    this.checkout = checkout;
    this.environment = environment;
  }

  /** The same ones with more in their surroundings. */
  Scripts with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return new Scripts(checkout, all);
  }

  Outcome run(String script, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(checkout.resolve("scripts").resolve(script).toString());
    builder.command().addAll(List.of(arguments));
    // Nothing of this run's own surroundings: only what a newcomer has, and what was just built.
    builder.environment().keySet().removeIf(name -> name.matches("(AWS|GATEHOUSE|WLP)_.*"));
    builder.environment().put("GATEHOUSE_BUILD", "never");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Path output = Files.createTempFile("gatehouse-script", ".log");
    builder.redirectOutput(output.toFile());
    Process process = builder.start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(script + " did not end: " + Files.readString(output));
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    return new Outcome(process.exitValue(), text);
  }

  /** Runs a script that must succeed. */
  String succeed(String script, String... arguments) throws IOException, InterruptedException {
    Outcome outcome = run(script, arguments);
    if (outcome.status() != 0) {
      throw new AssertionError(
          script + " ended with " + outcome.status() + ":\n" + outcome.output());
    }
    return outcome.output();
  }

  /** The lines of {@code scripts/status --env}. */
  Map<String, String> environmentOfClients() throws IOException, InterruptedException {
    Map<String, String> out = new HashMap<>();
    succeed("status", "--env")
        .lines()
        .forEach(
            line -> {
              Matcher m = LINE.matcher(line);
              if (!m.matches()) {
                throw new AssertionError("not a shell-evaluable line: " + line);
              }
              out.put(m.group(1), m.group(2));
            });
    return out;
  }
}
