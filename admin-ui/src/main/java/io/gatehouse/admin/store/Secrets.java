package io.gatehouse.admin.store;

import io.gatehouse.admin.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what the database must not show, with AES-256-GCM under the master key. A sealed value is
 * bound to its account and id, so it cannot be moved to another row.
 */
@ApplicationScoped
public class Secrets {

  private static final String FORMAT = "1:";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private SecretKeySpec key;
  private SecureRandom random;

  protected Secrets() {}

  @Inject
  public Secrets(Settings settings, SecureRandom random) {
    this(settings.masterKey(), random);
  }

  /**
   * @param masterKey 32 bytes
   */
  public Secrets(byte[] masterKey, SecureRandom random) {
    this.key = new SecretKeySpec(masterKey, "AES");
    this.random = random;
  }

  public String seal(String account, String id, String secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, account, id);
      byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      return FORMAT
          + Base64.getEncoder()
              .encodeToString(
                  ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws WrongMasterKey when the value was sealed under another key, or for another row
   */
  public String open(String account, String id, String sealed) {
    if (!sealed.startsWith(FORMAT)) {
      throw new WrongMasterKey(id);
    }
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(FORMAT.length())));
      byte[] nonce = new byte[NONCE_BYTES];
      bytes.get(nonce);
      byte[] text = new byte[bytes.remaining()];
      bytes.get(text);
      return new String(
          cipher(Cipher.DECRYPT_MODE, nonce, account, id).doFinal(text), StandardCharsets.UTF_8);
    } catch (AEADBadTagException | IllegalArgumentException | java.nio.BufferUnderflowException e) {
      throw new WrongMasterKey(id);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String account, String id)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    // Neither an account nor an id holds a blank.
    cipher.updateAAD((account + " " + id).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** A sealed value does not open. */
  public static final class WrongMasterKey extends RuntimeException {
    WrongMasterKey(String id) {
      super(
          "The sealed secret of "
              + id
              + " does not open: GATEHOUSE_MASTER_KEY is not the key that this database was"
              + " written with, or the row was changed by hand");
    }
  }
}
