package io.gatehouse.admin.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.store.Secrets.WrongMasterKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {

  private final Secrets secrets = new Secrets(new byte[32], new SecureRandom());

  @Test
  void whatWasSealedOpensAgain() {
    assertEquals("pä$$", secrets.open("1", "id", secrets.seal("1", "id", "pä$$")));
  }

  @Test
  void theSameSecretNeverLooksTheSame() {
    String sealed = secrets.seal("1", "id", "secret");

    assertNotEquals(sealed, secrets.seal("1", "id", "secret"));
    assertFalse(sealed.contains("secret"));
  }

  @Test
  void aSealedValueCannotBeMovedToAnotherRowOrTenant() {
    String sealed = secrets.seal("1", "id", "secret");

    assertThrows(WrongMasterKey.class, () -> secrets.open("2", "id", sealed));
    assertThrows(WrongMasterKey.class, () -> secrets.open("1", "other", sealed));
  }

  @Test
  void anotherMasterKeyIsNamedAsTheReason() {
    byte[] other = new byte[32];
    other[31] = 1;
    String sealed = secrets.seal("1", "id", "secret");

    WrongMasterKey error =
        assertThrows(
            WrongMasterKey.class,
            () -> new Secrets(other, new SecureRandom()).open("1", "id", sealed));

    assertTrue(error.getMessage().contains("GATEHOUSE_MASTER_KEY"), error.getMessage());
  }

  @Test
  void damagedValuesAreRefused() {
    String sealed = secrets.seal("1", "id", "secret");
    byte[] bytes = Base64.getDecoder().decode(sealed.substring(2));
    bytes[bytes.length - 1] ^= 1;

    for (String damaged :
        List.of(
            "",
            "1:",
            "1:AAAA",
            "1:!",
            sealed.substring(2),
            "1:" + Base64.getEncoder().encodeToString(bytes))) {
      assertThrows(WrongMasterKey.class, () -> secrets.open("1", "id", damaged), damaged);
    }
  }
}
