package io.gatehouse.model.aws;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes ids and secrets in the vendor's forms, from the randomness given. */
public final class Ids {

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String MIXED =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String ACCESS_KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final RandomGenerator random;

  /** Secrets come out of it too, so outside of tests give it a {@code SecureRandom}. */
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  public String restApi() {
    return letterFirst(10);
  }

  public String rootResource() {
    return letterFirst(10);
  }

  /**
   * Of a resource, deployment, authorizer, model, request validator, documentation part, usage
   * plan, client certificate or VPC link.
   */
  public String small() {
    return letterFirst(6);
  }

  /** Of a private custom domain name. */
  public String domain() {
    return letterFirst(10);
  }

  /** What a custom domain name's own host name begins with. */
  public String host() {
    return text(LOWER, 10);
  }

  public String apiKey() {
    return letterFirst(10);
  }

  public String apiKeyValue() {
    return text(MIXED, 40);
  }

  /** Of a tenant's access key. */
  public String accessKey() {
    return "AKIA" + text(ACCESS_KEY, 16);
  }

  /** Of the temporary keys of a session. */
  public String temporaryAccessKey() {
    return "ASIA" + text(ACCESS_KEY, 16);
  }

  /** Of an IAM user, given to no other one. */
  public String user() {
    return "AIDA" + text(ACCESS_KEY, 17);
  }

  /** Of an IAM role. */
  public String role() {
    return "AROA" + text(ACCESS_KEY, 17);
  }

  /** Of a group of IAM users. */
  public String group() {
    return "AGPA" + text(ACCESS_KEY, 17);
  }

  /** Of a managed policy. */
  public String managedPolicy() {
    return "ANPA" + text(ACCESS_KEY, 17);
  }

  public String secretAccessKey() {
    return text(MIXED, 40);
  }

  /** A tenant's account. */
  public String account() {
    return (char) ('1' + random.nextInt(9)) + text("0123456789", 11);
  }

  /** Of a user pool, after its region. */
  public String userPool() {
    return text(MIXED, 9);
  }

  public String userPoolClient() {
    return letterFirst(26);
  }

  public String userPoolClientSecret() {
    return text(LOWER, 52);
  }

  /** Of a request: a random UUID, version 4. */
  public String request() {
    long high = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000;
    long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  private String letterFirst(int length) {
    // An id that looks like a number gets mangled by YAML and spreadsheets.
    return text(LOWER.substring(0, 26), 1) + text(LOWER, length - 1);
  }

  private String text(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
