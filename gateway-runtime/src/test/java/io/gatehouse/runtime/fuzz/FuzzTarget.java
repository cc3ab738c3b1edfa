package io.gatehouse.runtime.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The targets, each with the inputs that it begins from: a seed is a file, see {@link Parts}. */
enum FuzzTarget {
  TEMPLATE(TemplateFuzz.class, TemplateFuzz::fuzzerTestOneInput),
  JSON_PATH(JsonPathFuzz.class, JsonPathFuzz::fuzzerTestOneInput),
  PATTERN(PatternFuzz.class, PatternFuzz::fuzzerTestOneInput),
  PATH(PathFuzz.class, PathFuzz::fuzzerTestOneInput),
  HEADER(HeaderFuzz.class, HeaderFuzz::fuzzerTestOneInput),
  SCHEMA(SchemaFuzz.class, SchemaFuzz::fuzzerTestOneInput);

  static final Path RESOURCES = Path.of("src/test/resources");

  private final Class<?> target;
  private final Consumer<byte[]> run;

  FuzzTarget(Class<?> target, Consumer<byte[]> run) {
    this.target = target;
    this.run = run;
  }

  Class<?> target() {
    return target;
  }

  void run(byte[] input) {
    run.accept(input);
  }

  /** Its own, and for templates the golden ones. */
  List<Path> seedFolders() throws IOException {
    List<Path> folders = new ArrayList<>();
    folders.add(RESOURCES.resolve("fuzz").resolve(target.getSimpleName()));
    if (this == TEMPLATE) {
      files(RESOURCES.resolve("golden")).stream()
          .filter(folder -> folder.getFileName().toString().startsWith("vtl"))
          .forEach(folders::add);
    }
    return folders;
  }

  /** What lies in a folder, in order. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
