package io.gatehouse.admin.guard;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.concurrent.Callable;

/**
 * One transaction around a call. Unlike {@code @Transactional} it rolls back on whatever is thrown:
 * an error answer must not leave half of its work behind.
 */
record Transaction(UserTransaction transaction) {

  /** Whether the thread is in one already. */
  boolean isRunning() throws SystemException {
    return transaction.getStatus() != Status.STATUS_NO_TRANSACTION;
  }

  /** Joins the transaction that the thread is in already, and then does not commit it. */
  Object around(Callable<Object> call) throws Exception {
    if (isRunning()) {
      return joined(call);
    }
    transaction.begin();
    Object answer;
    try {
      answer = call.call();
    } catch (Throwable e) {
      rollback(e);
      throw e;
    }
    transaction.commit();
    return answer;
  }

  private Object joined(Callable<Object> call) throws Exception {
    try {
      return call.call();
    } catch (Throwable e) {
      transaction.setRollbackOnly();
      throw e;
    }
  }

  private void rollback(Throwable reason) {
    try {
      transaction.rollback();
    } catch (SystemException | RuntimeException e) {
      // What the caller must learn of is the reason, not that its clean-up failed as well.
      reason.addSuppressed(e);
    }
  }
}
