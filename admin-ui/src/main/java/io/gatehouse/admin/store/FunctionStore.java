package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.StoredFunctionVersion.Content;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The functions of all tenants with their versions, each seen by its own tenant only. */
@ApplicationScoped
public class FunctionStore {

  public static final String LATEST = "$LATEST";

  /** Of an account, and versions of a function, so that nothing grows without bound. */
  private static final int MOST = 1000;

  private static final int MOST_VERSIONS = 500;

  private EntityManager rows;
  private Secrets secrets;
  private Revisions revisions;

  protected FunctionStore() {}

  @Inject
  public FunctionStore(EntityManager rows, Secrets secrets, Revisions revisions) {
    this.rows = rows;
    this.secrets = secrets;
    this.revisions = revisions;
  }

  /**
   * @throws ApiError conflict, when there is one of this name, or limit exceeded
   */
  public StoredFunction create(Caller caller, String name, FunctionDocument body) {
    if (find(caller, name).isPresent()) {
      throw ApiError.conflict("Function already exist: " + name);
    }
    if (count(caller) >= MOST) {
      throw ApiError.badRequest("An account can have at most " + MOST + " functions");
    }
    StoredFunction function = new StoredFunction(caller.account(), name, body, revisions.next(0));
    rows.persist(function);
    rows.flush();
    return function;
  }

  public Optional<StoredFunction> find(Caller caller, String name) {
    return query(caller, name).getResultList().stream().findFirst();
  }

  /** As {@link #find}, while other writers of this function wait. */
  public Optional<StoredFunction> lock(Caller caller, String name) {
    return query(caller, name)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .setHint("eclipselink.refresh", "true")
        .getResultList()
        .stream()
        .findFirst();
  }

  private TypedQuery<StoredFunction> query(Caller caller, String name) {
    return rows.createQuery(
            "select f from StoredFunction f where f.account = :account"
                + " and f.functionName = :name",
            StoredFunction.class)
        .setParameter("account", caller.account())
        .setParameter("name", name);
  }

  public long count(Caller caller) {
    return rows.createQuery(
            "select count(f) from StoredFunction f where f.account = :account", Long.class)
        .setParameter("account", caller.account())
        .getSingleResult();
  }

  /** All of a function, {@code $LATEST} first, then in order of creation. */
  public List<StoredFunctionVersion> versions(StoredFunction function) {
    return rows.createQuery(
            "select v from StoredFunctionVersion v where v.account = :account"
                + " and v.functionName = :name order by v.ordinal",
            StoredFunctionVersion.class)
        .setParameter("account", function.account())
        .setParameter("name", function.functionName())
        .getResultList();
  }

  public Optional<StoredFunctionVersion> version(StoredFunction function, String version) {
    return rows
        .createQuery(
            "select v from StoredFunctionVersion v where v.account = :account"
                + " and v.functionName = :name and v.version = :version",
            StoredFunctionVersion.class)
        .setParameter("account", function.account())
        .setParameter("name", function.functionName())
        .setParameter("version", version)
        .getResultList()
        .stream()
        .findFirst();
  }

  /**
   * The account's versions in order of creation.
   *
   * @param every whether versions other than {@code $LATEST} are among them
   */
  public Page<StoredFunctionVersion> list(Caller caller, boolean every, Page.Ask ask) {
    TypedQuery<StoredFunctionVersion> query =
        rows.createQuery(
                "select v from StoredFunctionVersion v where v.account = :account"
                    + " and v.ordinal > :after"
                    + (every ? "" : " and v.version = :latest")
                    + " order by v.ordinal",
                StoredFunctionVersion.class)
            .setParameter("account", caller.account())
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1);
    if (!every) {
      query.setParameter("latest", LATEST);
    }
    return Page.of(query.getResultList(), ask, StoredFunctionVersion::ordinal);
  }

  /** Adds the first version of a function, which is the one that changes. */
  public StoredFunctionVersion addLatest(
      StoredFunction function, Content content, Map<String, String> variables) {
    return add(function, LATEST, content, variables);
  }

  /**
   * Adds a version to a locked function.
   *
   * @param content of the version with this number
   */
  public StoredFunctionVersion addVersion(
      StoredFunction function, Function<String, Content> content, Map<String, String> variables) {
    if (versions(function).size() > MOST_VERSIONS) {
      throw ApiError.badRequest(
          "A function can have at most " + MOST_VERSIONS + " versions; delete some first");
    }
    String number = Long.toString(function.nextVersion());
    return add(function, number, content.apply(number), variables);
  }

  private StoredFunctionVersion add(
      StoredFunction function, String version, Content content, Map<String, String> variables) {
    StoredFunctionVersion row = new StoredFunctionVersion(function, version);
    row.replace(content, close(row, variables));
    rows.persist(row);
    rows.flush();
    touch(function);
    return row;
  }

  /** Gives a version of a locked function new content. */
  public void replace(
      StoredFunction function,
      StoredFunctionVersion version,
      Content content,
      Map<String, String> variables) {
    boolean same = variables.equals(environment(version));
    version.replace(
        content, same ? version.sealedEnvironment().orElse(null) : close(version, variables));
    rows.flush();
    touch(function);
  }

  /** Gives a locked function a new body and a new revision. */
  public void replace(StoredFunction function, FunctionDocument body) {
    function.replace(body, revisions.next(function.revision()));
  }

  private void touch(StoredFunction function) {
    function.touch(revisions.next(function.revision()));
  }

  /** Removes a version of a locked function. */
  public void delete(StoredFunction function, StoredFunctionVersion version) {
    rows.remove(version);
    rows.flush();
    touch(function);
  }

  /** Removes a locked function with all its versions. */
  public void delete(StoredFunction function) {
    versions(function).forEach(rows::remove);
    rows.flush();
    rows.remove(function);
    rows.flush();
  }

  /** The variables in the clear. */
  public Map<String, String> environment(StoredFunctionVersion version) {
    Map<String, String> variables = new TreeMap<>();
    version
        .sealedEnvironment()
        .map(text -> secrets.open(version.account(), id(version), text))
        .map(Documents::json)
        .ifPresent(
            json ->
                json.forEach(
                    (name, value) -> variables.put(name, ((JsonString) value).getString())));
    return variables;
  }

  private String close(StoredFunctionVersion version, Map<String, String> variables) {
    if (variables.isEmpty()) {
      return null;
    }
    JsonObjectBuilder text = JSON.createObjectBuilder();
    new TreeMap<>(variables).forEach(text::add);
    return secrets.seal(version.account(), id(version), Documents.text(text.build()));
  }

  /** Names hold no colon. */
  private static String id(StoredFunctionVersion version) {
    return "function:" + version.functionName() + ":" + version.version();
  }
}
