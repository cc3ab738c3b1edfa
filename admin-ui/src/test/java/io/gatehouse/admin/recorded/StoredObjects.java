package io.gatehouse.admin.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A bucket with the three objects that the recorder had put into it. */
final class StoredObjects {

  private static final String ENCODED =
      "H4sIABRs7mMC/0vOzy0oSi0uTk1RSEksSdRRKM7IL81JUUhKVcjMK0vMyUxRCA1x07VQKC4pysxLBwC4ORBXLwAAAA==";

  record Stored(byte[] body, String contentType) {
    String tag() {
      try {
        return "\""
            + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body))
            + "\"";
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final Map<String, Stored> objects = new ConcurrentHashMap<>();

  StoredObjects() {
    put("/bucket/binary-raw", Base64.getDecoder().decode(ENCODED), "binary/octet-stream");
    put("/bucket/binary-encoded", ENCODED.getBytes(UTF_8), "binary/octet-stream");
    put("/bucket/text", "this is a UTF8 text typed object".getBytes(UTF_8), "binary/octet-stream");
  }

  void put(String key, byte[] body, String contentType) {
    objects.put(key, new Stored(body, contentType));
  }

  void remove(String key) {
    objects.remove(key);
  }

  /** Null where there is none. */
  Stored get(String key) {
    return objects.get(key);
  }
}
