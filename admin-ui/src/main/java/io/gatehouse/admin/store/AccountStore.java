package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;

/** What tenants have set for the whole of their accounts. */
@ApplicationScoped
public class AccountStore {

  private EntityManager rows;

  protected AccountStore() {}

  @Inject
  public AccountStore(EntityManager rows) {
    this.rows = rows;
  }

  public Optional<String> cloudwatchRoleArn(Caller caller) {
    return find(caller, LockModeType.NONE).map(StoredAccount::cloudwatchRoleArn);
  }

  /** Empty takes the role away. */
  public void cloudwatchRoleArn(Caller caller, Optional<String> arn) {
    StoredAccount settings =
        find(caller, LockModeType.PESSIMISTIC_WRITE)
            .orElseGet(
                () -> {
                  StoredAccount first = new StoredAccount(caller.account());
                  rows.persist(first);
                  return first;
                });
    settings.cloudwatchRoleArn(arn.orElse(null));
    rows.flush();
  }

  private Optional<StoredAccount> find(Caller caller, LockModeType lock) {
    return rows
        .createQuery(
            "select a from StoredAccount a where a.account = :account", StoredAccount.class)
        .setParameter("account", caller.account())
        .setLockMode(lock)
        .getResultList()
        .stream()
        .findFirst();
  }
}
