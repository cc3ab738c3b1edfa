package io.gatehouse.e2e;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import software.amazon.awssdk.core.SdkBytes;

/** Archives of the small functions that lie beside the tests. */
final class FunctionCode {

  private static final Path FUNCTIONS = Path.of("src", "test", "functions").toAbsolutePath();

  private FunctionCode() {}

  /** The files of a function as they are. */
  static SdkBytes of(String function) throws IOException {
    return zip(FUNCTIONS.resolve(function));
  }

  /** A Java function, compiled, with the one library that it needs. */
  static SdkBytes compiled(String function) throws Exception {
    Path folder = folder();
    Path core =
        Path.of(RequestHandler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> files = Files.walk(FUNCTIONS.resolve(function));
        var sources = compiler.getStandardFileManager(null, null, null)) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options =
          List.of("--release", "21", "-cp", core.toString(), "-d", folder.toString());
      if (!compiler
          .getTask(null, sources, null, options, null, sources.getJavaFileObjectsFromPaths(java))
          .call()) {
        throw new AssertionError("the function " + function + " does not compile");
      }
    }
    Files.copy(
        core, Files.createDirectory(folder.resolve("lib")).resolve(core.getFileName().toString()));
    return zip(folder);
  }

  private static Path folder() throws IOException {
    return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "function");
  }

  /** With the files' permissions: a bootstrap has to be a program. */
  static SdkBytes zip(Path folder) throws IOException {
    Path archive = folder().resolve("code.zip");
    try (FileSystem zip =
            FileSystems.newFileSystem(
                URI.create("jar:" + archive.toUri()),
                Map.of("create", "true", "enablePosixFileAttributes", "true"));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path entry = zip.getPath("/" + folder.relativize(file));
        Files.createDirectories(entry.getParent());
        Files.copy(file, entry);
        Files.setPosixFilePermissions(entry, Files.getPosixFilePermissions(file));
      }
    }
    return SdkBytes.fromByteArray(Files.readAllBytes(archive));
  }
}
