package io.gatehouse.admin.store;

import jakarta.persistence.EntityManager;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;

/** The container's transactions on a plain database: one at a time on each thread. */
record OneThreadsTransaction(Database database) implements UserTransaction {

  @Override
  public void begin() {
    database.begin();
  }

  @Override
  public void commit() throws RollbackException {
    EntityManager mine = database.underWay();
    try {
      if (mine.getTransaction().getRollbackOnly()) {
        throw new RollbackException("marked for rollback");
      }
      mine.getTransaction().commit();
    } finally {
      database.end(mine);
    }
  }

  @Override
  public void rollback() {
    database.end(database.underWay());
  }

  @Override
  public void setRollbackOnly() {
    database.underWay().getTransaction().setRollbackOnly();
  }

  @Override
  public int getStatus() {
    return database.underWay() == null ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE;
  }

  @Override
  public void setTransactionTimeout(int seconds) {
    throw new UnsupportedOperationException();
  }
}
