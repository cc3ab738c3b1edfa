package io.gatehouse.runtime.json;

import io.gatehouse.runtime.budget.Budget;
import java.util.ArrayList;
import java.util.List;

/**
 * A path into JSON values in the notation of Jayway's JsonPath, which the vendor's templates and
 * parameter mappings are written in. Immutable; what reading costs is spent node by node.
 */
public final class JsonPath {

  /** Longer paths are refused. */
  public static final int MAX_LENGTH = 2048;

  /** What {@link #find} gives when a definite path leads nowhere, other than to a JSON null. */
  public static final Object MISSING = Missing.VALUE;

  private final List<PathStep> steps;
  private final boolean definite;
  private final PathFunction function;

  JsonPath(List<PathStep> steps, PathFunction function) {
    this.steps = List.copyOf(steps);
    this.function = function;
    this.definite = isDefinite(this.steps);
  }

  /**
   * @param path such as {@code $.a.b[0]}; one without {@code $} is read from the root
   * @throws InvalidPath naming what is wrong with it
   */
  public static JsonPath compile(String path) {
    return new PathParser(path).path();
  }

  /** Whether the path leads to one place at most, so that its answer is no list of findings. */
  public boolean isDefinite() {
    return definite || function != null;
  }

  /** What the path leads to: a value, null for none; for an indefinite path the list of finds. */
  public Object read(Object root, Budget budget) {
    Object found = find(root, budget);
    return found == MISSING ? null : found;
  }

  /** As {@link #read}, but a definite path that leads nowhere gives {@link #MISSING}. */
  public Object find(Object root, Budget budget) {
    Object found = definite ? one(root, root, budget) : all(root, root, budget);
    return function == null || found == MISSING ? found : function.apply(found, budget);
  }

  private Object one(Object start, Object root, Budget budget) {
    Object here = start;
    for (PathStep step : steps) {
      budget.spend(1);
      here = step.only(here, budget);
      if (here == MISSING) {
        return MISSING;
      }
    }
    return here;
  }

  private List<Object> all(Object start, Object root, Budget budget) {
    List<Object> here = List.of(start == null ? MISSING : start);
    for (int i = 0; i < steps.size(); i++) {
      List<Object> next = new ArrayList<>();
      Finds finds = new Finds(next, root, budget, i == steps.size() - 1);
      for (Object value : here) {
        budget.spend(1);
        steps.get(i).each(value, finds);
      }
      here = next;
    }
    return here instanceof ArrayList<Object> ? here : new ArrayList<>(here);
  }

  /** Reads from a value inside a document, as {@code @} in a filter does. */
  Object from(Object start, Object root, Budget budget) {
    Object found = definite ? one(start, root, budget) : all(start, root, budget);
    return function == null || found == MISSING ? found : function.apply(found, budget);
  }

  private static boolean isDefinite(List<PathStep> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (!steps.get(i).isDefinite(i == steps.size() - 1)) {
        return false;
      }
    }
    return true;
  }

  /** The one value that stands for none. */
  private enum Missing {
    VALUE;

    @Override
    public String toString() {
      return "";
    }
  }
}
