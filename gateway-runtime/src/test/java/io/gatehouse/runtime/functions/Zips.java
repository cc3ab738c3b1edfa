package io.gatehouse.runtime.functions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes zip archives, honest ones and others. */
final class Zips {

  private static final int DIRECTORY_ENTRY = 0x02014b50;

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, Integer> modes = new LinkedHashMap<>();

  Zips file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Zips file(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** With the mode that Unix's zip writes. */
  Zips mode(String name, int mode) {
    modes.put(name, mode);
    return this;
  }

  Zips link(String name, String target) {
    return file(name, target).mode(name, 0120777);
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return withModes(out.toByteArray());
  }

  /** The JDK's writer says nothing of modes, so they are put in afterwards. */
  private byte[] withModes(byte[] zip) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 46 < zip.length; at++) {
      if (bytes.getInt(at) == DIRECTORY_ENTRY) {
        String name = new String(zip, at + 46, bytes.getShort(at + 28), StandardCharsets.UTF_8);
        if (modes.containsKey(name)) {
          bytes.put(at + 5, (byte) 3);
          bytes.putInt(at + 38, modes.get(name) << 16);
        }
      }
    }
    return zip;
  }
}
