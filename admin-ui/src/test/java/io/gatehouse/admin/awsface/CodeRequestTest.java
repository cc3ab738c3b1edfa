package io.gatehouse.admin.awsface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.seal.Seal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeRequestTest {

  private static final String SHA256 = "0123456789abcdef".repeat(4);
  private static final String PATH = "/internal/functions/code/111111111111/" + SHA256;
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Seal KEY = new Seal(new byte[32]);

  private static String sealed(Seal key, String owner, Instant time) {
    return key.close(owner, Long.toString(time.getEpochSecond()), new SecureRandom());
  }

  private static boolean passes(String method, String path, String node) {
    return new CodeRequest(method, path, node).isOfNode(KEY, NOW);
  }

  @Test
  void aNodeGetsWhatItAsksFor() {
    String node = sealed(KEY, "function-code 111111111111 " + SHA256, NOW.minusSeconds(299));
    CodeRequest request = new CodeRequest("GET", PATH, node);
    assertTrue(request.isOfNode(KEY, NOW));
    assertEquals("111111111111", request.account());
    assertEquals(SHA256, request.sha256());
  }

  @Test
  void nobodyElseDoes() {
    String owner = "function-code 111111111111 " + SHA256;
    byte[] other = new byte[32];
    other[0] = 1;
    String good = sealed(KEY, owner, NOW);
    assertFalse(passes("GET", PATH, null));
    assertFalse(passes("GET", PATH, ""));
    assertFalse(passes("GET", PATH, "1:AAAA"));
    assertFalse(passes("POST", PATH, good));
    assertFalse(passes("GET", PATH, sealed(KEY, owner, NOW.minusSeconds(301))));
    assertFalse(passes("GET", PATH, sealed(KEY, owner, NOW.plusSeconds(301))));
    assertFalse(passes("GET", PATH, sealed(new Seal(other), owner, NOW)));
    assertFalse(passes("GET", PATH.replace("code/1", "code/2"), good));
    for (String path :
        List.of(
            "/internal/functions/code/",
            PATH + "/",
            PATH + ";x=y",
            PATH.replace("0123", "0124"),
            "/internal/functions/code/../code/111111111111/" + SHA256)) {
      assertFalse(passes("GET", path, good), path);
    }
  }
}
