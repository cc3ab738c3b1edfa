package io.gatehouse.admin.guard;

/**
 * Where the records of changes are kept. What has changed is seen where rows are written, so no
 * operation has to tell it and none can forget to.
 */
public interface AuditTrail {

  /** From now on until it is closed, what this thread's transaction writes is noted. */
  Watch watch();

  /** Writes the record of an attempt that came to nothing, in the transaction of this thread. */
  void refused(AuditEntry entry, String outcome, String message);

  /**
   * Writes the record of something that no row shows, in the transaction of this thread.
   *
   * @param before JSON: an object by thing; empty when nothing was there
   * @param after likewise
   */
  void happened(AuditEntry entry, String before, String after);

  /** A look at one call. */
  interface Watch extends AutoCloseable {

    /** Writes the record of the call into the transaction that it ran in. */
    void done(AuditEntry entry);

    @Override
    void close();
  }
}
