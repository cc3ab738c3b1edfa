package io.gatehouse.runtime.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jazzer runs each target for some seconds, in a process of its own and always from one seed. */
@Tag("slow")
class FuzzTargetsTest {

  private static final int SECONDS = 5;

  /** For one that never ends by itself; a busy machine takes long to begin. */
  private static final int PATIENCE_SECONDS = 300;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(FuzzTarget.class)
  @Execution(ExecutionMode.CONCURRENT) // with each other only
  void jazzerFindsNothing(FuzzTarget target) throws Exception {
    Path log = folder.resolve("log");
    Process jazzer =
        new ProcessBuilder(command(target))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(jazzer.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> read(log));
      assertEquals(0, jazzer.exitValue(), () -> findings() + read(log));
      assertTrue(read(log).contains("stat::number_of_executed_units"), () -> read(log));
    } finally {
      jazzer.destroyForcibly();
    }
  }

  private List<String> command(FuzzTarget target) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // in seconds, better code would not pay
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("@" + FuzzTarget.RESOURCES.resolve("fuzz/jazzer.args"));
    command.add("--target_class=" + target.target().getName());
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder + "/");
    command.add("-seed=1");
    command.add("-max_total_time=" + SECONDS);
    command.add(Files.createDirectory(folder.resolve("corpus")).toString());
    target.seedFolders().forEach(seeds -> command.add(seeds.toString()));
    return command;
  }

  /** The inputs that went wrong; as a seed of the target, each is a test. */
  private String findings() {
    StringBuilder text = new StringBuilder();
    try {
      for (Path file : FuzzTarget.files(folder)) {
        if (file.getFileName().toString().matches("(crash|timeout|oom)-.*")) {
          text.append("found with this input:\n").append(read(file)).append("\n\n");
        }
      }
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
