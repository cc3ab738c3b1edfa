package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one transaction has written so far: each row as it was before and as it is now. Belongs to
 * the thread that runs the transaction.
 */
final class RowChanges implements AutoCloseable {

  private static final ThreadLocal<RowChanges> CURRENT = new ThreadLocal<>();

  /** Characters of JSON that either side of a record may have. */
  private static final int LONGEST = 64 * 1024;

  private record Change(JsonValue before, JsonValue after) {}

  private final Optional<RowChanges> outer = watching();
  private final Map<StoredRow, RowText> loaded = new IdentityHashMap<>();
  private final Map<String, Change> changes = new LinkedHashMap<>();

  private RowChanges() {}

  /** Begins to watch this thread; what an outer call watches for is then told to this one. */
  static RowChanges begin() {
    RowChanges changes = new RowChanges();
    CURRENT.set(changes);
    return changes;
  }

  static Optional<RowChanges> watching() {
    return Optional.ofNullable(CURRENT.get());
  }

  @Override
  public void close() {
    outer.ifPresentOrElse(CURRENT::set, CURRENT::remove);
  }

  /**
   * For what is written by queries instead of entities.
   *
   * @param thing names the row, as {@code Resource a1b2c3/x9y8z7}
   * @param before the JSON null when there was none
   * @param after likewise
   */
  void note(String thing, JsonValue before, JsonValue after) {
    RowText.Sides sides = RowText.sides(before, after);
    add(thing, sides.before(), sides.after());
  }

  void loaded(StoredRow row) {
    if (isOfInterest(row)) {
      loaded.put(row, RowText.of(row));
    }
  }

  void made(StoredRow row) {
    if (isOfInterest(row)) {
      RowText now = RowText.of(row);
      loaded.put(row, now);
      add(now.name(), JsonValue.NULL, now.whole());
    }
  }

  void changed(StoredRow row) {
    if (isOfInterest(row)) {
      RowText now = RowText.of(row);
      RowText before = before(row);
      loaded.put(row, now);
      before.changesTo(now).ifPresent(both -> add(now.name(), both.before(), both.after()));
    }
  }

  void removed(StoredRow row) {
    if (isOfInterest(row)) {
      RowText last = loaded.getOrDefault(row, RowText.of(row));
      add(last.name(), last.whole(), JsonValue.NULL);
    }
  }

  private static boolean isOfInterest(StoredRow row) {
    // Resources are noted as a whole where they are written; of code its version names the hash.
    return !(row instanceof StoredAuditRecord
        || row instanceof StoredResource
        || row instanceof StoredFunctionCode);
  }

  /** An outer call may have loaded the row that this one changes. */
  private RowText before(StoredRow row) {
    RowText mine = loaded.get(row);
    if (mine != null) {
      return mine;
    }
    return outer.map(o -> o.before(row)).orElse(RowText.UNKNOWN);
  }

  private void add(String name, JsonValue before, JsonValue after) {
    changes.merge(
        name,
        new Change(before, after),
        (first, next) ->
            new Change(
                RowText.merged(next.before(), first.before()),
                RowText.merged(first.after(), next.after())));
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** The first thing that was changed; empty when none was. */
  String firstThing() {
    return changes.isEmpty() ? "" : changes.keySet().iterator().next();
  }

  String before() {
    JsonObjectBuilder all = JSON.createObjectBuilder();
    changes.forEach((name, change) -> add(all, name, change.before()));
    return bounded(all.build());
  }

  String after() {
    JsonObjectBuilder all = JSON.createObjectBuilder();
    changes.forEach((name, change) -> add(all, name, change.after()));
    return bounded(all.build());
  }

  private static void add(JsonObjectBuilder all, String name, JsonValue value) {
    if (value != JsonValue.NULL) {
      all.add(name, value);
    }
  }

  private static String bounded(JsonObject all) {
    String text = all.isEmpty() ? "" : all.toString();
    return text.length() <= LONGEST
        ? text
        : JSON.createObjectBuilder()
            .add("tooLongToKeep", text.length() + " characters, of which these are the first")
            .add("beginning", text.substring(0, LONGEST / 2))
            .build()
            .toString();
  }
}
