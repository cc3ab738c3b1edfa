package io.gatehouse.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.runtime.auth.RememberedTokens.Checked;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {

  private static final Checked SOME = new Checked(null, null, null);

  /** A thousand characters with what the objects take. */
  private static final int CHARACTERS = 1000 - 512;

  private final RememberedTokens remembered = new RememberedTokens(10_000, 5_000);

  private void put(String account, String token) {
    remembered.put(account, remembered.name(token, "pool"), SOME, CHARACTERS);
  }

  private Checked get(String account, String token) {
    return remembered.get(account, remembered.name(token, "pool"));
  }

  @Test
  void anAccountForgetsItsOwnOldest() {
    put("other", "kept");
    for (int i = 0; i < 6; i++) {
      put("many", "t" + i);
    }
    assertNull(get("many", "t0"));
    assertNotNull(get("many", "t1"));
    assertNotNull(get("other", "kept"));
    assertEquals(6, remembered.count());
  }

  @Test
  void whereAllIsFullTheLargestMakesRoom() {
    put("small", "kept");
    for (String account : new String[] {"a", "b"}) {
      for (int i = 0; i < 5; i++) {
        put(account, account + i);
      }
    }
    assertEquals(10, remembered.count());
    assertNotNull(get("small", "kept"));
    for (int i = 0; i < 100; i++) {
      put("account " + i, "t");
      assertEquals(10, remembered.count());
    }
  }

  @Test
  void oneThatIsCheckedAnewWeighsOnce() {
    for (int i = 0; i < 100; i++) {
      put("a", "same");
    }
    put("a", "second");
    assertEquals(2, remembered.count());
  }

  @Test
  void whatIsRememberedIsOfOneAccountOnePoolAndOneToken() {
    put("a", "token");
    assertNull(get("b", "token"));
    assertNull(get("a", "token "));
    assertNull(remembered.get("a", remembered.name("token", "other")));
    assertNotEquals(remembered.name("token", "pool"), remembered.name("Token", "pool"));
  }
}
