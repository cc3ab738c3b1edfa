package io.gatehouse.admin.recorded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The recorded answers of the real service, which lie beside the checkout where they are. */
public final class Recordings {

  private Recordings() {}

  /** The scenarios of one file by name; the test is skipped where the recordings are missing. */
  public static JsonObject scenarios(String file) {
    try (var reader = Json.createReader(Files.newInputStream(folder().resolve(file)))) {
      return reader.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all files of scenarios. */
  public static List<String> files() {
    return names(folder(), ".json");
  }

  /** The names of all documents that scenarios import. */
  public static List<String> documents() {
    return names(folder().resolve("documents"), "");
  }

  private static List<String> names(Path folder, String end) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(end))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] document(String name) {
    try {
      return Files.readAllBytes(folder().resolve("documents").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    Optional<Path> found =
        Stream.of("../../shared/aws-recorded", "../shared/aws-recorded")
            .map(Path::of)
            .filter(Files::isDirectory)
            .findFirst();
    assumeTrue(found.isPresent(), "no recordings of the real service beside the checkout");
    return found.get();
  }
}
