package io.gatehouse.admin.store;

import io.gatehouse.admin.store.StoredIdentity.Kind;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The users, groups and roles of all accounts, each seen by its own account only. Who locks several
 * rows takes managed policies first, then groups, then users and roles in order of creation.
 */
@ApplicationScoped
public class IdentityStore {

  private EntityManager rows;
  private Revisions revisions;

  protected IdentityStore() {}

  @Inject
  public IdentityStore(EntityManager rows, Revisions revisions) {
    this.rows = rows;
    this.revisions = revisions;
  }

  /**
   * @throws ApiError conflict, when there is one of this name, in whatever case
   */
  public StoredIdentity create(
      String account,
      Kind kind,
      String name,
      String path,
      String uniqueId,
      IdentityDocument document) {
    requireFree(account, kind, name);
    StoredIdentity identity =
        new StoredIdentity(account, kind, name, path, uniqueId, document, revisions.next(0));
    rows.persist(identity);
    rows.flush();
    return identity;
  }

  private void requireFree(String account, Kind kind, String name) {
    boolean taken =
        !rows.createQuery(
                "select i.ordinal from StoredIdentity i where i.account = :account"
                    + " and i.kind = :kind and i.lowerName = :name",
                Long.class)
            .setParameter("account", account)
            .setParameter("kind", kind)
            .setParameter("name", name.toLowerCase(Locale.ROOT))
            .getResultList()
            .isEmpty();
    if (taken) {
      String word = kind.name().charAt(0) + kind.word().substring(1);
      throw ApiError.conflict("%s with name %s already exists.".formatted(word, name));
    }
  }

  public Optional<StoredIdentity> find(String account, Kind kind, String name) {
    return byName(account, kind, name).getResultList().stream().findFirst();
  }

  /** As {@link #find}, while other writers of it wait. */
  public Optional<StoredIdentity> lock(String account, Kind kind, String name) {
    return locked(byName(account, kind, name)).getResultList().stream().findFirst();
  }

  private TypedQuery<StoredIdentity> byName(String account, Kind kind, String name) {
    return rows.createQuery(
            "select i from StoredIdentity i where i.account = :account and i.kind = :kind"
                + " and i.identityName = :name",
            StoredIdentity.class)
        .setParameter("account", account)
        .setParameter("kind", kind)
        .setParameter("name", name);
  }

  private static TypedQuery<StoredIdentity> locked(TypedQuery<StoredIdentity> query) {
    return query.setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("eclipselink.refresh", "true");
  }

  public Optional<StoredIdentity> byId(String account, String uniqueId) {
    return byIds(account, List.of(uniqueId)).stream().findFirst();
  }

  /** In order of creation; ids that name nothing are passed over. */
  public List<StoredIdentity> byIds(String account, Collection<String> uniqueIds) {
    return uniqueIds.isEmpty() ? List.of() : ofIds(account, uniqueIds).getResultList();
  }

  /** As {@link #byIds}, while other writers of them wait. */
  public List<StoredIdentity> lockAll(String account, Collection<String> uniqueIds) {
    return uniqueIds.isEmpty() ? List.of() : locked(ofIds(account, uniqueIds)).getResultList();
  }

  private TypedQuery<StoredIdentity> ofIds(String account, Collection<String> uniqueIds) {
    return rows.createQuery(
            "select i from StoredIdentity i where i.account = :account and i.uniqueId in :ids"
                + " order by i.ordinal",
            StoredIdentity.class)
        .setParameter("account", account)
        .setParameter("ids", uniqueIds);
  }

  /**
   * Of one account, in order of creation.
   *
   * @param pathPrefix as {@code /team/}; {@code /} for all
   */
  public Page<StoredIdentity> list(String account, Kind kind, String pathPrefix, Page.Ask ask) {
    List<StoredIdentity> found =
        rows.createQuery(
                "select i from StoredIdentity i where i.account = :account and i.kind = :kind"
                    + " and locate(:prefix, i.path) = 1 and i.ordinal > :after order by i.ordinal",
                StoredIdentity.class)
            .setParameter("account", account)
            .setParameter("kind", kind)
            .setParameter("prefix", pathPrefix)
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, StoredIdentity::ordinal);
  }

  public long count(String account, Kind kind) {
    return rows.createQuery(
            "select count(i) from StoredIdentity i where i.account = :account and i.kind = :kind",
            Long.class)
        .setParameter("account", account)
        .setParameter("kind", kind)
        .getSingleResult();
  }

  /**
   * Gives a locked one another name or path.
   *
   * @throws ApiError conflict, when another one has the name
   */
  public void rename(StoredIdentity identity, String name, String path) {
    if (!name.equalsIgnoreCase(identity.name())) {
      requireFree(identity.account(), identity.kind(), name);
    }
    identity.rename(name, path);
    rows.flush();
  }

  /** Gives a locked one a new body. */
  public void replace(StoredIdentity identity, IdentityDocument body) {
    identity.replace(body);
    rows.flush();
  }

  /** Gives a locked one a new revision, for it or something that hangs on it has changed. */
  public StoredIdentity touch(StoredIdentity identity) {
    return identity.touch(revisions.next(identity.revision()));
  }

  public void delete(StoredIdentity identity) {
    rows.remove(identity);
    rows.flush();
  }

  public List<StoredIdentity> members(StoredIdentity group) {
    return byIds(group.account(), memberIds(group));
  }

  /** The unique ids of a group's users. */
  public List<String> memberIds(StoredIdentity group) {
    return rows.createQuery(
            "select m.userId from StoredMembership m where m.account = :account"
                + " and m.groupId = :id order by m.ordinal",
            String.class)
        .setParameter("account", group.account())
        .setParameter("id", group.uniqueId())
        .getResultList();
  }

  public List<StoredIdentity> groupsOf(StoredIdentity user) {
    List<String> ids =
        rows.createQuery(
                "select m.groupId from StoredMembership m where m.account = :account"
                    + " and m.userId = :id order by m.ordinal",
                String.class)
            .setParameter("account", user.account())
            .setParameter("id", user.uniqueId())
            .getResultList();
    return byIds(user.account(), ids);
  }

  /** Does nothing where the user belongs to the group already. */
  public void addMember(StoredIdentity group, StoredIdentity user) {
    if (membership(group, user).isEmpty()) {
      rows.persist(new StoredMembership(group.account(), group.uniqueId(), user.uniqueId()));
      rows.flush();
    }
  }

  /** Answers whether the user belonged to the group. */
  public boolean removeMember(StoredIdentity group, StoredIdentity user) {
    Optional<StoredMembership> membership = membership(group, user);
    membership.ifPresent(rows::remove);
    rows.flush();
    return membership.isPresent();
  }

  private Optional<StoredMembership> membership(StoredIdentity group, StoredIdentity user) {
    return rows
        .createQuery(
            "select m from StoredMembership m where m.account = :account"
                + " and m.groupId = :group and m.userId = :user",
            StoredMembership.class)
        .setParameter("account", group.account())
        .setParameter("group", group.uniqueId())
        .setParameter("user", user.uniqueId())
        .getResultList()
        .stream()
        .findFirst();
  }
}
