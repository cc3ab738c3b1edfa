package io.gatehouse.admin.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.Wire;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.apigateway.model.Resource;

/**
 * Definitions as rows: the API's own row, and one for each resource, so that a change writes only
 * what it has changed. What was read or written last is kept parsed, by the token that its row was
 * given at random: what another server has written, or what was rolled back, can never be taken for
 * it.
 */
final class Definitions {

  /** Characters of JSON; parsed they take about ten times as many bytes. */
  private static final int MOST_KEPT = 8 << 20;

  /** Stands among the resources' ids for the rest of the definition. */
  private static final String HEAD = "";

  private record Key(String account, String apiId, String token) {
    static Key of(StoredApi api) {
      return new Key(api.account(), api.apiId(), api.token());
    }
  }

  /**
   * @param lengths of the rows' texts by resource id
   * @param before what this content has replaced, null when we do not know
   */
  private record Parsed(ApiDefinition definition, Map<String, Integer> lengths, Key before) {

    int weight() {
      return lengths.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** None of an API from before resources had rows: its document holds all. */
    Map<String, Resource> inRows() {
      return lengths.size() > 1 ? definition.resources() : Map.of();
    }
  }

  private final EntityManager rows;
  private final RandomGenerator random;
  private final Cache<Key, Parsed> kept =
      Caffeine.newBuilder()
          .maximumWeight(MOST_KEPT)
          .<Key, Parsed>weigher((key, parsed) -> parsed.weight())
          .build();

  Definitions(EntityManager rows, RandomGenerator random) {
    this.rows = rows;
    this.random = random;
  }

  /** Without the resources, which are not read. */
  static ApiDefinition head(StoredApi api) {
    return head(ApiDefinition.fromJson(Documents.json(api.document())));
  }

  /** The definition of an API whose row this transaction has locked. */
  ApiDefinition locked(StoredApi api) {
    return parsed(api).definition();
  }

  /** The definition of an API that others may change; empty when one did while it was read. */
  Optional<ApiDefinition> unlocked(StoredApi api) {
    Parsed parsed = kept.getIfPresent(Key.of(api));
    if (parsed == null) {
      parsed = read(api);
      if (!isCurrent(api)) {
        return Optional.empty();
      }
      kept.put(Key.of(api), parsed);
    }
    return Optional.of(parsed.definition());
  }

  void create(String account, ApiDefinition definition) {
    StoredApi api = new StoredApi(account, definition.restApi().id());
    String document = Documents.text(head(definition).toJson());
    api.replace(document, newToken());
    rows.persist(api);
    rows.flush(); // the resources' rows refer to it
    Map<String, Integer> lengths = new HashMap<>(Map.of(HEAD, document.length()));
    write(api, Map.of(), definition.resources(), lengths);
    note(api, Map.of(), definition.resources());
    rows.flush();
    kept.put(Key.of(api), new Parsed(definition, lengths, null));
  }

  /** Replaces the definition of a locked API. */
  void replace(StoredApi api, ApiDefinition next) {
    if (!api.apiId().equals(next.restApi().id())) {
      throw new IllegalArgumentException(
          "the definition of " + api.apiId() + " names another API: " + next.restApi().id());
    }
    Parsed before = parsed(api);
    if (next == before.definition()) {
      return;
    }
    Key replaced = Key.of(api);
    String document = api.document();
    if (before.inRows().isEmpty() || !head(next).equals(head(before.definition()))) {
      document = Documents.text(head(next).toJson());
    }
    Map<String, Integer> lengths = new HashMap<>(before.lengths());
    lengths.put(HEAD, document.length());
    write(api, before.inRows(), next.resources(), lengths);
    note(api, before.definition().resources(), next.resources());
    api.replace(document, newToken());
    kept.put(Key.of(api), new Parsed(next, lengths, replaced));
    // The one just replaced is still read until the commit, and the truth after a rollback.
    if (before.before() != null) {
      kept.invalidate(before.before());
    }
  }

  void delete(StoredApi api) {
    if (RowChanges.watching().isPresent()) {
      note(api, parsed(api).definition().resources(), Map.of());
    }
    ofResources(api, "delete from StoredResource r", "").executeUpdate();
    rows.remove(api);
    rows.flush();
    kept.invalidate(Key.of(api));
  }

  /** Whoever watches changes sees entities, and most resources are written by queries. */
  private static void note(
      StoredApi api, Map<String, Resource> before, Map<String, Resource> after) {
    RowChanges.watching()
        .ifPresent(
            changes -> {
              Set<String> ids = new LinkedHashSet<>(before.keySet());
              ids.addAll(after.keySet());
              for (String id : ids) {
                Resource old = before.get(id);
                Resource next = after.get(id);
                if (old != next && !Objects.equals(old, next)) {
                  changes.note("Resource " + api.apiId() + "/" + id, json(old), json(next));
                }
              }
            });
  }

  private static JsonValue json(Resource resource) {
    return resource == null ? JsonValue.NULL : Wire.write(resource);
  }

  private Parsed parsed(StoredApi api) {
    Parsed parsed = kept.getIfPresent(Key.of(api));
    if (parsed == null) {
      parsed = read(api);
      kept.put(Key.of(api), parsed);
    }
    return parsed;
  }

  private Parsed read(StoredApi api) {
    ApiDefinition document = ApiDefinition.fromJson(Documents.json(api.document()));
    Map<String, Integer> lengths = new HashMap<>(Map.of(HEAD, api.document().length()));
    if (!document.resources().isEmpty()) {
      return new Parsed(document, lengths, null);
    }
    Map<String, Resource> resources = new LinkedHashMap<>();
    List<?> found =
        ofResources(api, "select r.resourceId, r.body from StoredResource r", " order by r.ordinal")
            .getResultList();
    for (Object row : found) {
      String id = (String) ((Object[]) row)[0];
      String body = (String) ((Object[]) row)[1];
      resources.put(id, Wire.read(Documents.json(body), Resource.builder()));
      lengths.put(id, body.length());
    }
    return new Parsed(document.withResources(resources), lengths, null);
  }

  private boolean isCurrent(StoredApi api) {
    return rows.createQuery("select a.token from StoredApi a where a.ordinal = :ordinal")
        .setParameter("ordinal", api.ordinal())
        .getResultList()
        .equals(List.of(api.token()));
  }

  /** Writes the difference; rows keep the order of creation, which is that of the maps. */
  private void write(
      StoredApi api,
      Map<String, Resource> there,
      Map<String, Resource> wanted,
      Map<String, Integer> lengths) {
    Map<String, Resource> stay = isOrderKept(there.keySet(), wanted.keySet()) ? there : Map.of();
    Set<String> gone = new HashSet<>(there.keySet());
    if (!stay.isEmpty()) {
      gone.removeAll(wanted.keySet());
    }
    remove(api, gone);
    lengths.keySet().removeAll(gone);
    wanted.forEach(
        (id, resource) -> {
          Resource old = stay.get(id);
          if (resource != old && !resource.equals(old)) {
            String body = Documents.text(Wire.write(resource));
            write(api, id, body, old == null);
            lengths.put(id, body.length());
          }
        });
  }

  private void write(StoredApi api, String resourceId, String body, boolean isNew) {
    if (isNew) {
      rows.persist(new StoredResource(api, resourceId, body));
    } else {
      ofResources(api, "update StoredResource r set r.body = :body", " and r.resourceId = :id")
          .setParameter("body", body)
          .setParameter("id", resourceId)
          .executeUpdate();
    }
  }

  private void remove(StoredApi api, Set<String> resourceIds) {
    if (!resourceIds.isEmpty()) {
      ofResources(api, "delete from StoredResource r", " and r.resourceId in :ids")
          .setParameter("ids", resourceIds)
          .executeUpdate();
    }
  }

  private Query ofResources(StoredApi api, String what, String which) {
    return rows.createQuery(what + " where r.account = :account and r.apiId = :apiId" + which)
        .setParameter("account", api.account())
        .setParameter("apiId", api.apiId());
  }

  /** Whether what stays comes first, in its old order. */
  private static boolean isOrderKept(Set<String> before, Set<String> after) {
    Iterator<String> now = after.iterator();
    return before.stream().filter(after::contains).allMatch(id -> id.equals(now.next()));
  }

  private static ApiDefinition head(ApiDefinition definition) {
    return definition.withResources(Map.of());
  }

  private String newToken() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
