package io.gatehouse.admin.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.model.wire.ApiError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArchiveTest {

  private static final String UNREADABLE =
      "Could not unzip uploaded file. Please check your file, then try to upload again.";

  private static byte[] zip() {
    return LambdaDoor.zip(Map.of("a.js", "12345", "b/c.js", "1234567")).asByteArray();
  }

  private static String refused(byte[] bytes) {
    return assertThrows(ApiError.class, () -> Archive.read(bytes)).getMessage();
  }

  @Test
  void theDirectoryTellsSizesWithoutUnpacking() {
    assertEquals(new Archive(12, 2), Archive.read(zip()));
  }

  @Test
  void whatIsNoArchiveIsRefused() {
    for (byte[] bytes : new byte[][] {{}, {1}, "not a zip".getBytes(), new byte[100_000]}) {
      assertEquals(UNREADABLE, refused(bytes));
    }
  }

  @Test
  void anArchiveThatBreaksOffIsRefused() {
    byte[] whole = zip();
    for (int length = 0; length < whole.length; length++) {
      assertEquals(UNREADABLE, refused(Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void anEmptyArchiveIsRefused() {
    assertEquals(
        "Uploaded file must be a non-empty zip", refused(LambdaDoor.zip(Map.of()).asByteArray()));
  }

  @Test
  void aBombIsRefusedByWhatItsDirectorySays() {
    byte[] bytes = zip();
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = zip.getInt(bytes.length - 22 + 16);
    zip.putInt(directory + 24, (int) 0xFFFF_FFF0L);
    assertEquals("Unzipped size must be smaller than 262144000 bytes", refused(bytes));
  }

  @Test
  void whateverTheBytesAreOneSentenceComesOfIt() {
    Random random = new Random(5);
    byte[] whole = zip();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = whole.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        Archive.read(bytes);
      } catch (ApiError refused) {
        assertEquals(ApiError.Kind.BAD_REQUEST, refused.kind());
      }
    }
  }
}
