package io.gatehouse.model.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Seals that show whether what they hold has changed. */
class AlikeSealsTest {

  private final Seal seal = new Seal(new byte[Seal.KEY_BYTES]);

  @Test
  void theSameIsSealedAlike() {
    assertEquals(seal.closeAlike("owner", "text"), seal.closeAlike("owner", "text"));
    assertEquals(Optional.of("text"), seal.open("owner", seal.closeAlike("owner", "text")));
  }

  @Test
  void otherTextsAndOwnersHaveOtherNonces() {
    String nonce = nonce("owner", "text");
    assertNotEquals(nonce, nonce("owner", "texts"));
    assertNotEquals(nonce, nonce("ownert", "ext"));
    assertNotEquals(nonce, nonce("other", "text"));
  }

  private String nonce(String owner, String text) {
    return seal.closeAlike(owner, text).substring(0, "1:".length() + 16);
  }
}
