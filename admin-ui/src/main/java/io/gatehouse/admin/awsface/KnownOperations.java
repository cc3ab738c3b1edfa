package io.gatehouse.admin.awsface;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All operations that the vendor has, so that one which is not built can be named. */
final class KnownOperations {

  private static final String RESOURCE = "operations.txt";

  /**
   * @param name as {@code GetExport}
   */
  record Known(String name, UriTemplate address) {}

  private final List<Known> operations;

  private KnownOperations(List<Known> operations) {
    this.operations = operations;
  }

  static KnownOperations read() {
    try (InputStream in = KnownOperations.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return new KnownOperations(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> line.split(" ", 2))
              .map(words -> new Known(words[0], UriTemplate.parse(words[1])))
              .sorted(Comparator.comparingInt((Known known) -> -known.address().weight()))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Known> all() {
    return operations;
  }

  Optional<String> name(String method, String rawPath, String rawQuery) {
    return operations.stream()
        .filter(known -> known.address().match(method, rawPath, rawQuery).isPresent())
        .map(Known::name)
        .findFirst();
  }
}
