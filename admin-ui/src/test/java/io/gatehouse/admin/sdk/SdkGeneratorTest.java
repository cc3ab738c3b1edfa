package io.gatehouse.admin.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real generator, in its own process. */
@Tag("slow")
class SdkGeneratorTest {

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "service.name", "PetStore",
          "javaPackageName", "com.example.pets",
          "groupId", "com.example",
          "artifactId", "pets",
          "artifactVersion", "1.2.3",
          "invokerPackage", "com.example.pets",
          "classPrefix", "PS");

  private final SdkGenerator generator = new SdkGenerator();

  @AfterEach
  void deleteTheProgram() throws IOException {
    generator.deleteProgram();
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeGivesAnArchiveWithoutAnythingHostile(SdkLanguage language) throws IOException {
    Set<String> before = workFolders();

    Map<String, String> files =
        unzipped(
            generator.generate(
                language,
                language.options(PARAMETERS),
                HostileApi.document(),
                "http://gw:1/x/prod"));

    assertEquals(before, workFolders(), "work folders are left behind");
    files.forEach(
        (name, text) -> {
          assertFalse(name.startsWith("/") || name.contains(".."), name);
          assertFalse(text.contains(HostileApi.MARK + "("), () -> name + ":\n" + text);
          assertFalse(text.contains("http://pwned"), () -> name + ":\n" + text);
        });
    assertTrue(
        files.values().stream().anyMatch(text -> text.contains("http://gw:1/x/prod")),
        () -> "no file calls the gateway: " + files.keySet());
    String project =
        Map.of(
                SdkLanguage.JAVA, "pom.xml",
                SdkLanguage.ANDROID, "build.gradle",
                SdkLanguage.JAVASCRIPT, "package.json",
                SdkLanguage.TYPESCRIPT, "package.json",
                SdkLanguage.PYTHON, "pyproject.toml",
                SdkLanguage.RUBY, "petstore.gemspec",
                SdkLanguage.SWIFT, "Package.swift",
                SdkLanguage.OBJECTIVEC, "PSClient.podspec")
            .get(language);
    assertTrue(files.containsKey(project), () -> files.keySet().toString());
  }

  @Test
  void aDocumentThatBreaksTheGeneratorBreaksNothingElse() throws IOException {
    Set<String> before = workFolders();
    String circle = "{\"$ref\": \"#/components/schemas/Circle\"}";
    String text =
        "{\"info\": {}, \"paths\": {\"/\": {\"get\": {\"responses\": {\"200\": {\"description\": \"\","
            + " \"content\": {\"application/json\": {\"schema\": "
            + circle
            + "}}}}}}},"
            + " \"components\": {\"schemas\": {\"Circle\": "
            + circle
            + "}}}";

    ApiError refusal =
        assertThrows(
            ApiError.class,
            () ->
                generator.generate(
                    SdkLanguage.PYTHON,
                    SdkLanguage.PYTHON.options(Map.of()),
                    HostileApi.read(text),
                    "http://gw/x"));

    assertEquals(
        "No python SDK can be generated for this API: the generator cannot work with its definition",
        refusal.getMessage());
    assertEquals(before, workFolders());
  }

  private static Set<String> workFolders() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("gatehouse-sdk-"))
          .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }
  }

  private static Map<String, String> unzipped(byte[] zip) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
