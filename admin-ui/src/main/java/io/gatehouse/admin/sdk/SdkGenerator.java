package io.gatehouse.admin.sdk;

import io.gatehouse.model.wire.ApiError;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Runs OpenAPI Generator, two at a time, each in a process and a folder of its own that are gone
 * when the call returns.
 */
@ApplicationScoped
public class SdkGenerator {

  private static final Logger LOG = Logger.getLogger(SdkGenerator.class.getName());

  private static final String PROGRAM = "openapi-generator-cli.jar";
  private static final int AT_ONCE = 2;
  private static final int QUEUE_SECONDS = 30;
  private static final int MOST_SECONDS = 60;
  private static final int LOOK_MILLIS = 250;
  private static final int MOST_DOCUMENT_BYTES = 2 << 20;
  private static final long MOST_BYTES = 64L << 20;
  private static final int SHOWN_OF_LOG = 4000;

  private final Semaphore free = new Semaphore(AT_ONCE, true);
  private Path program;

  /**
   * The SDK as a zip archive.
   *
   * @param exported an OpenAPI 3.0 document
   * @param address what the client calls, from its scheme to the stage
   * @throws ApiError bad request, when no SDK can be made of the document; too many requests, when
   *     others have taken all turns for too long
   */
  public byte[] generate(
      SdkLanguage language, Map<String, String> options, JsonObject exported, String address) {
    byte[] document = SdkDocument.of(exported, address).toString().getBytes(StandardCharsets.UTF_8);
    if (document.length > MOST_DOCUMENT_BYTES) {
      throw impossible(language, "its definition is larger than 2 MB");
    }
    try {
      if (!free.tryAcquire(QUEUE_SECONDS, TimeUnit.SECONDS)) {
        throw ApiError.of(
            ApiError.Kind.TOO_MANY_REQUESTS, "Too many SDKs are being generated; try again later");
      }
      try {
        return generate(language, options, document);
      } finally {
        free.release();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while generating an SDK", e);
    }
  }

  private byte[] generate(SdkLanguage language, Map<String, String> options, byte[] document)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("gatehouse-sdk-");
    try {
      Files.write(work.resolve("document.json"), document);
      run(language, options, work);
      return SdkArchive.zipped(work.resolve("sdk"));
    } finally {
      SdkArchive.delete(work);
    }
  }

  private void run(SdkLanguage language, Map<String, String> options, Path work)
      throws IOException, InterruptedException {
    Path log = work.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command(language, options))
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear(); // ours holds secrets
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      for (int looks = 0; !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS); looks++) {
        if (looks * LOOK_MILLIS > MOST_SECONDS * 1000) {
          throw impossible(language, "generating it takes longer than " + MOST_SECONDS + " s");
        }
        requireRoom(language, work);
      }
      requireRoom(language, work);
    } finally {
      process.destroyForcibly().waitFor();
    }
    if (process.exitValue() != 0) {
      String said = Files.readString(log);
      LOG.warning(
          () ->
              "no %s SDK, the generator ended with %d: %s"
                  .formatted(
                      language.id(),
                      process.exitValue(),
                      said.substring(0, Math.min(said.length(), SHOWN_OF_LOG))));
      throw impossible(language, "the generator cannot work with its definition");
    }
  }

  private List<String> command(SdkLanguage language, Map<String, String> options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=.",
                "-Duser.home=.",
                "-jar",
                program().toString(),
                "generate",
                "--skip-validate-spec",
                "--input-spec",
                "document.json",
                "--output",
                "sdk",
                "--generator-name",
                language.generator(),
                "--global-property",
                "apiTests=false,modelTests=false"));
    command.add("--additional-properties");
    command.add(
        options.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining(",")));
    return command;
  }

  /** Files come and go while the process runs, so one that is gone again is no trouble. */
  private static void requireRoom(SdkLanguage language, Path work) throws IOException {
    try {
      if (SdkArchive.size(work) > MOST_BYTES) {
        throw impossible(language, "it would be larger than 64 MB");
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      LOG.fine(() -> "looked at a file that was gone: " + e.getMessage());
    }
  }

  /** A copy in the file system, where a process can be started from. */
  private synchronized Path program() throws IOException {
    if (program == null || !Files.exists(program)) {
      Path copy = Files.createTempFile("gatehouse-", "-" + PROGRAM);
      try (InputStream in = SdkGenerator.class.getResourceAsStream(PROGRAM)) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      program = copy;
    }
    return program;
  }

  @PreDestroy
  synchronized void deleteProgram() throws IOException {
    if (program != null) {
      Files.deleteIfExists(program);
    }
  }

  private static ApiError impossible(SdkLanguage language, String reason) {
    return ApiError.badRequest(
        "No %s SDK can be generated for this API: %s".formatted(language.id(), reason));
  }
}
