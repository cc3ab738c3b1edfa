package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/** What lies in a folder that a function writes to. Links are not followed. */
record DiskUse(long bytes, int files) {

  /** The vendor's ephemeral storage. */
  static final long MOST_BYTES = 512L << 20;

  /** More would take too long to look through. */
  static final int MOST_FILES = 20_000;

  /** Each level looked through takes an open file. */
  private static final int MOST_DEPTH = 64;

  private static final long SECTOR = 512;

  /** Looks through a folder, until it is clear that there is too much in it. */
  static DiskUse of(Path folder) {
    Sum sum = new Sum();
    try {
      Files.walkFileTree(folder, Set.of(), MOST_DEPTH, sum);
    } catch (IOException e) {
      // It changes while it is looked through.
    }
    return new DiskUse(sum.bytes, sum.files);
  }

  /** Whether there is more in it than a function may write. */
  boolean isOver() {
    return bytes > MOST_BYTES || files > MOST_FILES;
  }

  /** Ends what lies there, however deep. */
  static void delete(Path folder) throws IOException {
    // By the system's own tool: a function may nest folders deeper than a path can be long.
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
        && !Commands.succeeds(List.of("rm", "-rf", "--", folder.toString()))) {
      throw new IOException(folder + " cannot be deleted");
    }
  }

  private static final class Sum extends SimpleFileVisitor<Path> {
    private long bytes;
    private int files;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      // A file with holes in it is as large as it says: nobody has to count blocks.
      bytes += Math.max(attributes.size(), SECTOR);
      files = attributes.isDirectory() ? MOST_FILES + 1 : files + 1;
      return bytes > MOST_BYTES || files > MOST_FILES
          ? FileVisitResult.TERMINATE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      files++;
      return files > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
