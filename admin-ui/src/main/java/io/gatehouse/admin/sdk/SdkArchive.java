package io.gatehouse.admin.sdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Folders of generated files. */
final class SdkArchive {

  /** For a home on a code-hosting site that the generator knows nothing of. */
  private static final List<String> LEFT_OUT =
      List.of(".openapi-generator", ".travis.yml", ".gitlab-ci.yml", ".github/", "git_push.sh");

  private SdkArchive() {}

  /** The folder's files, by their paths below it; links are not followed. */
  static byte[] zipped(Path folder) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path file : files(folder)) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (LEFT_OUT.stream().noneMatch(name::startsWith)) {
          zip.putNextEntry(new ZipEntry(name));
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
    }
    return out.toByteArray();
  }

  /** In bytes, of all files below. */
  static long size(Path folder) throws IOException {
    long size = 0;
    for (Path file : files(folder)) {
      size += Files.size(file);
    }
    return size;
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }
}
