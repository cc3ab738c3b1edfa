package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.ClientCertificate;

/** The certificates that stages show to backends. */
@ApplicationScoped
public class ClientCertificateStore {

  private EntityManager rows;
  private Secrets secrets;

  protected ClientCertificateStore() {}

  @Inject
  public ClientCertificateStore(EntityManager rows, Secrets secrets) {
    this.rows = rows;
    this.secrets = secrets;
  }

  /**
   * Adds a certificate; its id, which the caller has drawn, is in the body.
   *
   * @param privateKey PKCS #8 in PEM; sealed before it is written
   */
  public StoredClientCertificate create(Caller caller, ClientCertificate body, String privateKey) {
    String sealed = secrets.seal(caller.account(), body.clientCertificateId(), privateKey);
    StoredClientCertificate certificate =
        new StoredClientCertificate(caller.account(), body, sealed);
    rows.persist(certificate);
    rows.flush();
    return certificate;
  }

  public Optional<StoredClientCertificate> find(String account, String certificateId) {
    return query(account, certificateId).getResultList().stream().findFirst();
  }

  /**
   * @throws ApiError not found
   */
  public StoredClientCertificate get(Caller caller, String certificateId) {
    return find(caller.account(), certificateId).orElseThrow(ClientCertificateStore::unknown);
  }

  /** As {@link #get}, while other writers of this certificate, and who would use it, wait. */
  public StoredClientCertificate lock(Caller caller, String certificateId) {
    return query(caller.account(), certificateId)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .setHint("eclipselink.refresh", "true")
        .getResultList()
        .stream()
        .findFirst()
        .orElseThrow(ClientCertificateStore::unknown);
  }

  /**
   * For what is about to use the certificate: it stays until the end of the transaction.
   *
   * @throws ApiError bad request, when the caller has no such certificate
   */
  public void require(Caller caller, String certificateId) {
    try {
      lock(caller, certificateId);
    } catch (ApiError none) {
      throw ApiError.badRequest(none.getMessage());
    }
  }

  /** In order of creation. */
  public Page<ClientCertificate> list(Caller caller, Page.Ask ask) {
    List<StoredClientCertificate> found =
        rows.createQuery(
                "select c from StoredClientCertificate c where c.account = :account"
                    + " and c.ordinal > :after order by c.ordinal",
                StoredClientCertificate.class)
            .setParameter("account", caller.account())
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, StoredClientCertificate::ordinal).map(StoredClientCertificate::body);
  }

  public long count(Caller caller) {
    return rows.createQuery(
            "select count(c) from StoredClientCertificate c where c.account = :account", Long.class)
        .setParameter("account", caller.account())
        .getSingleResult();
  }

  /** The private key in the clear, PKCS #8 in PEM; for nobody but the nodes. */
  public String privateKey(StoredClientCertificate certificate) {
    return secrets.open(
        certificate.account(), certificate.certificateId(), certificate.sealedKey());
  }

  /** The stages that show the certificate. */
  public List<StoredStage> users(StoredClientCertificate certificate) {
    return rows.createQuery(
            "select s from StoredStage s where s.account = :account"
                + " and s.clientCertificateId = :certificateId order by s.ordinal",
            StoredStage.class)
        .setParameter("account", certificate.account())
        .setParameter("certificateId", certificate.certificateId())
        .getResultList();
  }

  /** Gives a locked certificate a new body. */
  public void replace(StoredClientCertificate certificate, ClientCertificate body) {
    certificate.replace(body);
  }

  /** Removes a locked certificate that no stage shows. */
  public void delete(StoredClientCertificate certificate) {
    rows.remove(certificate);
    rows.flush();
  }

  private TypedQuery<StoredClientCertificate> query(String account, String certificateId) {
    return rows.createQuery(
            "select c from StoredClientCertificate c where c.account = :account"
                + " and c.certificateId = :certificateId",
            StoredClientCertificate.class)
        .setParameter("account", account)
        .setParameter("certificateId", certificateId);
  }

  private static ApiError unknown() {
    return ApiError.notFound("Invalid Client Certificate identifier specified");
  }
}
