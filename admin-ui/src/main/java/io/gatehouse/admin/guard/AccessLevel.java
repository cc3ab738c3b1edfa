package io.gatehouse.admin.guard;

/**
 * How much an operation takes: what policies see as the condition key {@code
 * gatehouse:AccessLevel}. Imitates the access levels of the "Service authorization reference".
 */
public enum AccessLevel {
  READ("Read"),
  WRITE("Write"),
  /** Decides what others may do. */
  PERMISSIONS("Permissions"),
  /** Is about the platform, and no tenant's to allow. */
  OPERATE("Operate");

  private final String word;

  AccessLevel(String word) {
    this.word = word;
  }

  /** As policies spell it. */
  public String word() {
    return word;
  }
}
