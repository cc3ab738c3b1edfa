package io.gatehouse.admin.store;

import io.gatehouse.admin.Settings;
import io.gatehouse.model.seal.Seal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;

/**
 * Seals what the database must not show, under the master key. A sealed value is bound to its
 * account and id, so it cannot be moved to another row.
 */
@ApplicationScoped
public class Secrets {

  private Seal seal;
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
    this.seal = new Seal(masterKey);
    this.random = random;
  }

  public String seal(String account, String id, String secret) {
    return seal.close(owner(account, id), secret, random);
  }

  /**
   * @throws WrongMasterKey when the value was sealed under another key, or for another row
   */
  public String open(String account, String id, String sealed) {
    return seal.open(owner(account, id), sealed).orElseThrow(() -> new WrongMasterKey(id));
  }

  /** Neither an account nor an id holds a blank. */
  private static String owner(String account, String id) {
    return account + " " + id;
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
