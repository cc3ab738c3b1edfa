package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of this machine. */
final class Commands {

  /** Where the system's own tools lie. */
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final int PATIENCE_SECONDS = 10;

  private Commands() {}

  /**
   * The first program of one of these names, by its real path.
   *
   * @param folders more places to look in first
   * @param anybody whether a user with no rights has to be able to run it, wherever it lies
   */
  static Optional<Path> find(List<String> names, String folders, boolean anybody) {
    List<String> places = new ArrayList<>(List.of(PATH.split(":")));
    places.addAll(List.of(folders.split(":")));
    for (String name : names) {
      for (String place : places) {
        if (place.startsWith("/")) {
          Path program = Path.of(place, name);
          if (Files.isExecutable(program) && (!anybody || openToAnybody(program))) {
            return Optional.of(program);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether every folder on the way to it, and itself, is open to everybody. */
  static boolean openToAnybody(Path program) {
    try {
      for (Path at = program.toRealPath(); at != null; at = at.getParent()) {
        if (!Files.getPosixFilePermissions(at, LinkOption.NOFOLLOW_LINKS)
            .contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Whether the command ends with status 0 in good time. Waits for it. */
  static boolean succeeds(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", PATH);
    try {
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
