package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The archives of functions and layers, each kept once for an account that has it. */
@ApplicationScoped
public class FunctionCodeStore {

  /**
   * An archive, all but its bytes.
   *
   * @param sha256 64 lower-case hexadecimal digits
   */
  public record Code(String sha256, long size, long unpackedSize) {}

  private EntityManager rows;

  protected FunctionCodeStore() {}

  @Inject
  public FunctionCodeStore(EntityManager rows) {
    this.rows = rows;
  }

  public Optional<Code> find(Caller caller, String sha256) {
    return rows
        .createQuery(
            "select c.sha256, c.size, c.unpackedSize from StoredFunctionCode c"
                + " where c.account = :account and c.sha256 = :sha256",
            Object[].class)
        .setParameter("account", caller.account())
        .setParameter("sha256", sha256)
        .getResultList()
        .stream()
        .map(c -> new Code((String) c[0], (Long) c[1], (Long) c[2]))
        .findFirst();
  }

  /** Keeps an archive that the account does not have yet. */
  public void create(Caller caller, Code code, byte[] archive) {
    StoredFunctionCode row = new StoredFunctionCode(caller.account(), code, archive);
    rows.persist(row);
    rows.flush();
    // Large as it is, it need not be held until the transaction ends.
    rows.detach(row);
  }

  /** For nodes; the account is who they run it for. */
  @Transactional
  public Optional<byte[]> archive(String account, String sha256) {
    return rows
        .createQuery(
            "select c.archive from StoredFunctionCode c"
                + " where c.account = :account and c.sha256 = :sha256",
            byte[].class)
        .setParameter("account", account)
        .setParameter("sha256", sha256)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** How many bytes the account keeps. */
  public long size(Caller caller) {
    Long sum =
        rows.createQuery(
                "select sum(c.size) from StoredFunctionCode c where c.account = :account",
                Long.class)
            .setParameter("account", caller.account())
            .getSingleResult();
    return sum == null ? 0 : sum;
  }

  /** Deletes those of the archives that neither a function nor a layer names any more. */
  public void sweep(Caller caller, Collection<String> sha256s) {
    rows.flush();
    for (String sha256 : Set.copyOf(sha256s)) {
      if (!isNamed(caller, sha256)) {
        rows.createQuery(
                "delete from StoredFunctionCode c"
                    + " where c.account = :account and c.sha256 = :sha256")
            .setParameter("account", caller.account())
            .setParameter("sha256", sha256)
            .executeUpdate();
      }
    }
  }

  private boolean isNamed(Caller caller, String sha256) {
    return List.of(
            "StoredFunctionVersion v where v.account = :account and"
                + " (v.codeSha256 = :sha256 or locate(:sha256, v.layerCodes) > 0)",
            "StoredLayerVersion v where v.account = :account and v.codeSha256 = :sha256")
        .stream()
        .anyMatch(
            from ->
                rows.createQuery("select count(v) from " + from, Long.class)
                        .setParameter("account", caller.account())
                        .setParameter("sha256", sha256)
                        .getSingleResult()
                    > 0);
  }
}
