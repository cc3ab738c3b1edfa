package io.gatehouse.runtime.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

  @TempDir Path folder;

  private Path inside() throws IOException {
    return Files.createDirectories(folder.resolve("a/inside"));
  }

  private Path unpack(byte[]... archives) throws IOException {
    return unpack(Archive.MOST_BYTES, archives);
  }

  private Path unpack(long most, byte[]... archives) throws IOException {
    Path inside = inside();
    Archive archive = new Archive(inside, most);
    for (byte[] bytes : archives) {
      archive.unpack(Files.write(folder.resolve("zip"), bytes));
    }
    return inside;
  }

  private void refused(String why, byte[]... archives) throws IOException {
    String said = assertThrows(IOException.class, () -> unpack(archives)).getMessage();
    assertTrue(said.contains(why), said);
    try (Stream<Path> outside = Files.list(folder)) {
      assertEquals(2, outside.count(), "something lies outside");
    }
  }

  @Test
  void filesComeOutAsTheyWentIn() throws IOException {
    Path out =
        unpack(
            new Zips()
                .file("a.txt", "ä")
                .file("d/", "")
                .file("d/run", "x")
                .mode("d/run", 0100755)
                .file("bootstrap", "y")
                .bytes());
    assertEquals("ä", Files.readString(out.resolve("a.txt")));
    assertTrue(isExecutable(out.resolve("d/run")));
    assertTrue(isExecutable(out.resolve("bootstrap")));
    assertFalse(isExecutable(out.resolve("a.txt")));
  }

  private static boolean isExecutable(Path file) throws IOException {
    return Files.getPosixFilePermissions(file)
        .contains(java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/x",
        "a/../../x",
        "a/../x",
        "..",
        ".",
        "../inside2/x",
        "a\\..\\x",
        "\\x",
        "a/..",
        "x\0y"
      })
  void nothingLandsOutside(String name) throws IOException {
    refused("its entry '", new Zips().file("good", "x").file(name, "x").bytes());
  }

  @Test
  void linksThatStayInsideAreKept() throws IOException {
    Path out =
        unpack(
            new Zips()
                .file("lib/v1/x", "one")
                .link("lib/x", "v1/x")
                .link("bin/x", "../lib/x")
                .bytes());
    assertTrue(Files.isSymbolicLink(out.resolve("bin/x")));
    assertEquals("one", Files.readString(out.resolve("bin/x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "..", "../x", "../../x", "a/../../x", "a/..", "../../inside/x", ""})
  void linksThatLeadOutsideAreRefused(String target) throws IOException {
    refused("leads out of the folder", new Zips().link("link", target).bytes());
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Path out =
        unpack(
            new Zips().file("real/x", "1").link("d", "real").bytes(),
            new Zips().file("d/x", "2").bytes());
    assertEquals("1", Files.readString(out.resolve("real/x")));
    assertEquals("2", Files.readString(out.resolve("d/x")));
    assertFalse(Files.isSymbolicLink(out.resolve("d")));
  }

  @Test
  void aLaterArchiveReplacesFilesAndFolders() throws IOException {
    Path out =
        unpack(
            new Zips().file("a", "1").file("b/c", "1").bytes(),
            new Zips().file("a/x", "2").file("b", "2").bytes());
    assertEquals("2", Files.readString(out.resolve("a/x")));
    assertEquals("2", Files.readString(out.resolve("b")));
  }

  @Test
  void bombsAreStopped() throws IOException {
    byte[] zeros = new byte[8 << 20];
    byte[] large = new Zips().file("a", zeros).file("b", zeros).bytes();
    String said = assertThrows(IOException.class, () -> unpack(12 << 20, large)).getMessage();
    assertEquals("it is larger than 12 MB when unpacked", said);
    Zips many = new Zips();
    for (int i = 0; i <= Archive.MOST_ENTRIES; i++) {
      many.file("f" + i, "");
    }
    refused("entries", many.bytes());
    refused("would not lie in the folder", new Zips().file("d/".repeat(61) + "x", "").bytes());
  }

  @Test
  void whatIsNoArchiveIsSaid() throws IOException {
    refused("it is no zip archive", "hello".getBytes());
    refused("it is no zip archive", new byte[0]);
    byte[] cut = new Zips().file("a", "x".repeat(1000)).bytes();
    for (int length = 0; length < cut.length; length++) {
      byte[] part = java.util.Arrays.copyOf(cut, length);
      assertThrows(IOException.class, () -> unpack(part));
    }
  }

  @Test
  void aDamagedArchiveIsNeverMoreThanRefused() throws IOException {
    byte[] good = new Zips().file("a", "hello hello").file("d/b", "x").link("l", "a").bytes();
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (i % 2 == 0 ? 1 : 0x80);
      Path zip = Files.write(folder.resolve("zip"), bad);
      Path inside = Files.createDirectories(folder.resolve("all/" + i));
      try {
        new Archive(inside, Archive.MOST_BYTES).unpack(zip);
      } catch (IOException refused) {
        assertFalse(refused.getMessage() == null, "says nothing at " + i);
      }
    }
    try (Stream<Path> outside = Files.list(folder);
        Stream<Path> unpacked = Files.list(folder.resolve("all"))) {
      assertEquals(2, outside.count());
      assertEquals(good.length, unpacked.count());
    }
  }
}
