package io.gatehouse.model.patch;

import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * What a patch document may change in a shape: a list of allowed paths, in the order the vendor
 * prints them. A value; every verb answers a new one.
 *
 * <pre>
 * static final PatchRules&lt;Stage&gt; RULES = PatchRules.of(Stage::builder)
 *     .allow(REPLACE, "/description")
 *     .allow(ADD_REPLACE_REMOVE, "/variables/{name}")
 *     .allow(REPLACE, "/{resource}/{method}/throttling/rateLimit").by((stage, change) -&gt; ...)
 *     .refusing(Refusal.listing("Invalid method setting path: %s. Must be one of: %s"));
 * </pre>
 *
 * <p>Templates: {@code {name}} stands for one segment, {@code {name+}} for one or more. The first
 * rule that fits both path and operation applies.
 */
public final class PatchRules<T extends SdkPojo> {

  public static final Set<Op> ADD = Set.of(Op.ADD);
  public static final Set<Op> REPLACE = Set.of(Op.REPLACE);
  public static final Set<Op> REMOVE = Set.of(Op.REMOVE);
  public static final Set<Op> COPY = Set.of(Op.COPY);
  public static final Set<Op> ADD_REMOVE = Set.of(Op.ADD, Op.REMOVE);
  public static final Set<Op> ADD_REPLACE = Set.of(Op.ADD, Op.REPLACE);
  public static final Set<Op> REPLACE_REMOVE = Set.of(Op.REPLACE, Op.REMOVE);
  public static final Set<Op> ADD_REPLACE_REMOVE = Set.of(Op.ADD, Op.REPLACE, Op.REMOVE);

  /** Every change is a pass over the whole shape, so their number is bounded. */
  static final int MOST_OPERATIONS = 1000;

  private final Supplier<? extends SdkBuilder<?, T>> builder;
  private final List<PatchRule<T>> rules;
  private final Refusal refusal;

  private PatchRules(
      Supplier<? extends SdkBuilder<?, T>> builder, List<PatchRule<T>> rules, Refusal refusal) {
    this.builder = builder;
    this.rules = rules;
    this.refusal = refusal;
  }

  /** Rules that allow nothing yet, for the shape that the builder makes. */
  public static <T extends SdkPojo, B extends SdkBuilder<B, T>> PatchRules<T> of(
      Supplier<B> builder) {
    return new PatchRules<>(builder, List.of(), Refusal.NAMING_PATH);
  }

  /** One more path, after those named before. It is also where the value goes in the shape. */
  public PatchRules<T> allow(Set<Op> ops, String template) {
    List<PatchRule<T>> more = new ArrayList<>(rules);
    more.add(PatchRule.of(ops, template));
    return new PatchRules<>(builder, List.copyOf(more), refusal);
  }

  /** The last path's value goes elsewhere in the shape; variables of the path may be used. */
  public PatchRules<T> as(String target) {
    return changeLast(rule -> rule.as(target));
  }

  /**
   * The last path's value goes through this before it is used: it answers the value to store or
   * throws. An absent value is the empty text.
   */
  public PatchRules<T> reading(UnaryOperator<String> reader) {
    return changeLast(rule -> rule.reading(reader));
  }

  /** The last path keeps an empty text as such; otherwise an empty text takes the member away. */
  public PatchRules<T> keepingEmpty() {
    return changeLast(PatchRule::keepingEmpty);
  }

  /** Removing or replacing at the last path what is not there is refused with 404 and this text. */
  public PatchRules<T> orAbsent(String message) {
    return changeLast(rule -> rule.orAbsent(message));
  }

  /** An operation that the last path does not allow is refused with this text. */
  public PatchRules<T> orRefuse(String message) {
    return changeLast(rule -> rule.orRefuse(message));
  }

  /** The last path is changed by the hook instead of by its place in the shape. */
  public PatchRules<T> by(Hook<T> hook) {
    return changeLast(rule -> rule.by(hook));
  }

  /** How this family words its refusals. */
  public PatchRules<T> refusing(Refusal refusal) {
    return new PatchRules<>(builder, rules, refusal);
  }

  /** The paths as the vendor prints them, in order, each once. */
  public List<String> paths() {
    Set<String> paths = new LinkedHashSet<>();
    rules.forEach(rule -> paths.add(rule.template()));
    return List.copyOf(paths);
  }

  /**
   * The shape after all operations, in order.
   *
   * @throws ApiError for the first operation that is not allowed; nothing is changed then
   */
  public T apply(T shape, List<PatchOperation> operations) {
    if (operations.size() > MOST_OPERATIONS) {
      throw ApiError.badRequest(
          "A patch document may hold at most %d operations, this one holds %d"
              .formatted(MOST_OPERATIONS, operations.size()));
    }
    T result = shape;
    for (PatchOperation operation : operations) {
      result = apply(result, operation);
    }
    return result;
  }

  private T apply(T shape, PatchOperation operation) {
    if (operation.path() == null) {
      throw refusal.unknownPath(operation, paths());
    }
    Optional<PatchRule<T>> otherOps = Optional.empty();
    for (PatchRule<T> rule : rules) {
      Optional<PatchPath> path = rule.match(operation.path());
      if (path.isPresent()) {
        if (operation.op() != null && rule.ops().contains(operation.op())) {
          return rule.apply(shape, builder, Change.of(operation, path.get()));
        }
        otherOps = otherOps.or(() -> Optional.of(rule));
      }
    }
    throw otherOps
        .map(rule -> rule.refuse(operation, refusal, paths()))
        .orElseGet(() -> refusal.unknownPath(operation, paths()));
  }

  private PatchRules<T> changeLast(UnaryOperator<PatchRule<T>> change) {
    if (rules.isEmpty()) {
      throw new IllegalStateException("no path was allowed yet: call allow(...) first");
    }
    List<PatchRule<T>> changed = new ArrayList<>(rules);
    changed.set(changed.size() - 1, change.apply(changed.getLast()));
    return new PatchRules<>(builder, List.copyOf(changed), refusal);
  }

  /** A change that is about meaning, written in Java. */
  @FunctionalInterface
  public interface Hook<T> {
    T apply(T shape, Change change);
  }
}
