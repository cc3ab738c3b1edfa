package io.gatehouse.runtime.functions;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Unpacks archives that tenants made. Nothing lands outside of the folder, whatever an entry is
 * called; links stay inside; what comes out is bounded whatever the archive says of its sizes.
 */
final class Archive {

  /** The vendor's bound of what a function and its layers come to. */
  static final long MOST_BYTES = 250L << 20;

  static final int MOST_ENTRIES = 50_000;

  /** Nothing honest is packed better; a bomb that stays below is stopped by its sum. */
  private static final long MOST_RATIO = 1_200;

  private static final int MOST_LINK = 1024;
  private static final int MOST_DEPTH = 60;

  private final Path folder;
  private final long mostBytes;
  private long bytes;
  private int entries;

  /**
   * @param folder what is unpacked lands over what lies there
   * @param mostBytes of all that is unpacked through this
   */
  Archive(Path folder, long mostBytes) {
    this.folder = folder.toAbsolutePath().normalize();
    this.mostBytes = mostBytes;
  }

  /**
   * @throws IOException saying what is wrong with the archive
   */
  void unpack(Path archive) throws IOException {
    ZipModes modes = ZipModes.read(archive);
    Map<Path, String> links = new LinkedHashMap<>();
    long packed = Math.max(1, Files.size(archive));
    try (ZipFile zip = new ZipFile(archive.toFile(), StandardCharsets.UTF_8)) {
      entries += zip.size();
      if (entries > MOST_ENTRIES) {
        throw new IOException("it has more than " + MOST_ENTRIES + " entries");
      }
      Enumeration<? extends ZipEntry> all = zip.entries();
      while (all.hasMoreElements()) {
        ZipEntry entry = all.nextElement();
        Path place = place(entry.getName());
        if (entry.isDirectory()) {
          directory(place);
        } else if (modes.link(entry.getName())) {
          links.put(place, target(zip, entry, place));
        } else {
          file(zip, entry, place, modes.executable(entry.getName()), packed);
        }
      }
    } catch (EOFException e) {
      throw new IOException("it is cut off");
    } catch (IllegalArgumentException e) {
      throw new IOException("it has an entry whose name is not UTF-8");
    }
    // After all files, so that no file is written through one.
    for (Map.Entry<Path, String> link : links.entrySet()) {
      makeRoom(link.getKey());
      Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
    }
  }

  private Path place(String name) throws IOException {
    try {
      Path inside = Path.of(name);
      Path place = folder.resolve(name).normalize();
      if (name.isEmpty()
          || name.contains("\\")
          || inside.isAbsolute()
          || hasUp(inside, 0)
          || place.equals(folder) && !name.equals("./")
          || !place.startsWith(folder)
          || inside.getNameCount() > MOST_DEPTH) {
        throw new IOException("its entry '" + printable(name) + "' would not lie in the folder");
      }
      return place;
    } catch (InvalidPathException e) {
      throw new IOException("its entry '" + printable(name) + "' is no path");
    }
  }

  private static boolean hasUp(Path path, int from) {
    for (int i = from; i < path.getNameCount(); i++) {
      if (path.getName(i).toString().equals("..")) {
        return true;
      }
    }
    return false;
  }

  private void directory(Path place) throws IOException {
    if (place.equals(folder)) {
      return;
    }
    makeRoom(place.resolve("x"));
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(place);
      Files.createDirectory(place);
    }
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Folders on the way that are real ones: never through a link that another archive brought. */
  private void makeRoom(Path place) throws IOException {
    Path at = folder;
    for (Path name : folder.relativize(place.getParent())) {
      at = name.toString().isEmpty() ? at : at.resolve(name);
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(at);
        Files.createDirectory(at);
        Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      DiskUse.delete(place);
    }
    Files.deleteIfExists(place);
  }

  private void file(ZipFile zip, ZipEntry entry, Path place, boolean executable, long packed)
      throws IOException {
    makeRoom(place);
    byte[] some = new byte[32 << 10];
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(place)) {
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        bytes += n;
        if (bytes > mostBytes) {
          throw new IOException("it is larger than " + (mostBytes >> 20) + " MB when unpacked");
        }
        if (bytes / packed > MOST_RATIO) {
          throw new IOException("it is packed more than " + MOST_RATIO + " times, as a bomb is");
        }
        out.write(some, 0, n);
      }
    }
    boolean bootstrap = place.equals(folder.resolve("bootstrap"));
    Files.setPosixFilePermissions(
        place,
        PosixFilePermissions.fromString(executable || bootstrap ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Leads up only at its beginning, so that no other link can turn it outside. */
  private String target(ZipFile zip, ZipEntry entry, Path place) throws IOException {
    byte[] text;
    try (InputStream in = zip.getInputStream(entry)) {
      text = in.readNBytes(MOST_LINK + 1);
    }
    String target = new String(text, StandardCharsets.UTF_8);
    try {
      Path path = Path.of(target);
      int ups = 0;
      while (ups < path.getNameCount() && path.getName(ups).toString().equals("..")) {
        ups++;
      }
      if (text.length <= MOST_LINK
          && !target.isEmpty()
          && !path.isAbsolute()
          && !hasUp(path, ups)
          && ups <= folder.relativize(place).getNameCount() - 1) {
        return target;
      }
    } catch (InvalidPathException e) {
      // refused below
    }
    throw new IOException("its link '" + printable(entry.getName()) + "' leads out of the folder");
  }

  private static String printable(String name) {
    String text = name.length() > 100 ? name.substring(0, 100) + "..." : name;
    return text.replaceAll("[^ -~]", "?");
  }
}
