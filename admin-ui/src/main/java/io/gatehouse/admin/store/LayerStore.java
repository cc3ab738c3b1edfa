package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionResponse;

/** The layers of all tenants with their versions, each seen by its own tenant only. */
@ApplicationScoped
public class LayerStore {

  private static final int MOST_VERSIONS = 2000;

  private EntityManager rows;

  protected LayerStore() {}

  @Inject
  public LayerStore(EntityManager rows) {
    this.rows = rows;
  }

  /**
   * Adds a version, and the layer when it is the first.
   *
   * @param body of the version with this number
   */
  public StoredLayerVersion publish(
      Caller caller, String name, String codeSha256, LongFunction<GetLayerVersionResponse> body) {
    long versions =
        rows.createQuery(
                "select count(v) from StoredLayerVersion v where v.account = :account", Long.class)
            .setParameter("account", caller.account())
            .getSingleResult();
    if (versions >= MOST_VERSIONS) {
      throw ApiError.badRequest(
          "An account can have at most " + MOST_VERSIONS + " versions of layers");
    }
    StoredLayer layer = lock(caller, name).orElseGet(() -> add(caller, name));
    long number = layer.nextVersion();
    StoredLayerVersion version =
        new StoredLayerVersion(caller.account(), name, number, codeSha256, body.apply(number));
    rows.persist(version);
    rows.flush();
    return version;
  }

  private StoredLayer add(Caller caller, String name) {
    StoredLayer layer = new StoredLayer(caller.account(), name);
    rows.persist(layer);
    rows.flush();
    return layer;
  }

  private Optional<StoredLayer> lock(Caller caller, String name) {
    return rows
        .createQuery(
            "select l from StoredLayer l where l.account = :account and l.layerName = :name",
            StoredLayer.class)
        .setParameter("account", caller.account())
        .setParameter("name", name)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .setHint("eclipselink.refresh", "true")
        .getResultList()
        .stream()
        .findFirst();
  }

  public Optional<StoredLayerVersion> find(Caller caller, String name, long version) {
    return rows
        .createQuery(
            "select v from StoredLayerVersion v where v.account = :account"
                + " and v.layerName = :name and v.version = :version",
            StoredLayerVersion.class)
        .setParameter("account", caller.account())
        .setParameter("name", name)
        .setParameter("version", version)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** All of the account that still have a version, in order of creation, each with its newest. */
  public List<StoredLayerVersion> newest(Caller caller) {
    return rows.createQuery(
            "select v from StoredLayerVersion v where v.account = :account and v.version ="
                + " (select max(w.version) from StoredLayerVersion w"
                + " where w.account = v.account and w.layerName = v.layerName)"
                + " order by v.ordinal",
            StoredLayerVersion.class)
        .setParameter("account", caller.account())
        .getResultList();
  }

  /** The newest first. */
  public List<StoredLayerVersion> versions(Caller caller, String name) {
    return rows.createQuery(
            "select v from StoredLayerVersion v where v.account = :account"
                + " and v.layerName = :name order by v.version desc",
            StoredLayerVersion.class)
        .setParameter("account", caller.account())
        .setParameter("name", name)
        .getResultList();
  }

  public void delete(StoredLayerVersion version) {
    rows.remove(version);
    rows.flush();
  }
}
