package io.gatehouse.model.definition;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What has changed in meaning between two states of a REST API. Ids that are drawn anew, the order
 * of what has none, and what is there but empty are no difference.
 */
public final class DefinitionDiff {

  /** What has happened to a part. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * One part that differs.
   *
   * @param place what and where, as {@code Method GET /pets}
   * @param members of a changed part: what differs in it, as the vendor names it
   */
  public record Difference(Kind kind, String place, List<String> members) {

    public Difference {
      members = List.copyOf(members);
    }

    /** One line for people: {@code Integration of GET /pets changed: timeoutInMillis, uri}. */
    public String line() {
      String happened = place + " " + kind.name().toLowerCase(Locale.ROOT);
      return members.isEmpty() ? happened : happened + ": " + String.join(", ", members);
    }
  }

  private DefinitionDiff() {}

  /** Removed and changed parts in the order of the earlier state, then what was added. */
  public static List<Difference> between(ApiDefinition earlier, ApiDefinition later) {
    Map<String, JsonObject> before = DefinitionMeaning.of(earlier);
    Map<String, JsonObject> after = DefinitionMeaning.of(later);
    List<Difference> differences = new ArrayList<>();
    before.forEach(
        (place, meaning) -> {
          if (!after.containsKey(place)) {
            differences.add(new Difference(Kind.REMOVED, place, List.of()));
          } else if (!meaning.equals(after.get(place))) {
            differences.add(
                new Difference(Kind.CHANGED, place, changed(meaning, after.get(place))));
          }
        });
    after.keySet().stream()
        .filter(place -> !before.containsKey(place))
        .forEach(place -> differences.add(new Difference(Kind.ADDED, place, List.of())));
    return withoutWhatFollows(differences);
  }

  private static List<String> changed(JsonObject before, JsonObject after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
    return List.copyOf(names);
  }

  /** An integration comes and goes with its method: that is one change, not two. */
  private static List<Difference> withoutWhatFollows(List<Difference> differences) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    differences.forEach(one -> kinds.put(one.place(), one.kind()));
    return differences.stream()
        .filter(
            one ->
                DefinitionMeaning.methodOfIntegration(one.place())
                    .filter(method -> kinds.get(method) == one.kind())
                    .filter(method -> one.kind() != Kind.CHANGED)
                    .isEmpty())
        .toList();
  }
}
