package io.gatehouse.model.seal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts with AES-256-GCM under one key. A sealed text is bound to its owner, so it opens
 * nowhere else.
 */
public final class Seal {

  public static final int KEY_BYTES = 32;

  private static final String FORMAT = "1:";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  /**
   * @param key 32 bytes
   */
  public Seal(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * @param owner whatever names the text's place unmistakably
   */
  public String close(String owner, String text, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return close(owner, text, nonce);
  }

  /**
   * The same for the same owner and text, so that whoever compares sees whether something has
   * changed; that much, then, is no secret.
   *
   * @param owner as above
   */
  public String closeAlike(String owner, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
      mac.update(("nonce " + owner.length() + " " + owner).getBytes(StandardCharsets.UTF_8));
      byte[] drawn = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return close(owner, text, Arrays.copyOf(drawn, NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String close(String owner, String text, byte[] nonce) {
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(text.getBytes(StandardCharsets.UTF_8));
      return FORMAT
          + Base64.getEncoder()
              .encodeToString(
                  ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Empty when the text was sealed under another key, for another owner, or was changed. */
  public Optional<String> open(String owner, String sealed) {
    if (!sealed.startsWith(FORMAT)) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(FORMAT.length())));
      byte[] nonce = new byte[NONCE_BYTES];
      bytes.get(nonce);
      byte[] text = new byte[bytes.remaining()];
      bytes.get(text);
      return Optional.of(
          new String(
              cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(text), StandardCharsets.UTF_8));
    } catch (AEADBadTagException | IllegalArgumentException | BufferUnderflowException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /**
   * Another key, which only who has this one can make: for sealing bytes elsewhere.
   *
   * @param purpose what it is for; no two purposes have the same key
   * @return 32 bytes
   */
  public byte[] derived(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
      return mac.doFinal(("derived " + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "a key";
  }
}
