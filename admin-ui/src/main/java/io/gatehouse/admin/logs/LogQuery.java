package io.gatehouse.admin.logs;

import io.gatehouse.model.wire.ApiError;
import java.util.List;

/**
 * What somebody looks for in logs. All of its clauses have to fit; of several that name the same
 * field (but {@code latency}) one has to.
 */
public record LogQuery(List<Clause> clauses) {

  /** Whatever there is. */
  public static final LogQuery EVERYTHING = new LogQuery(List.of());

  /**
   * One word of it.
   *
   * @param written as it was typed
   */
  public record Clause(String written, boolean excluded, Condition condition) {}

  /** What a request has to be like. */
  public sealed interface Condition {}

  /** These words follow each other in one of its texts. */
  record Phrase(List<String> words) implements Condition {}

  /** A word in its texts begins so. */
  record Beginning(String word) implements Condition {}

  /** It has this very value. */
  record Exact(LogField field, String value) implements Condition {}

  /** Its value is like this, where a star stands for anything. */
  record Like(LogField field, String pattern) implements Condition {}

  /** Its number lies between these two, both included. */
  record Between(LogField field, long least, long most) implements Condition {}

  public LogQuery {
    clauses = List.copyOf(clauses);
  }

  /**
   * As {@code timeout status:5xx -stage:dev path:/pets/* "connection refused"}.
   *
   * @throws ApiError naming the word that is not understood
   */
  public static LogQuery parse(String text) {
    return new LogQuery(new LogQueryParser(text).clauses());
  }

  /** Requests with this very value. */
  public static LogQuery where(LogField field, String value) {
    return new LogQuery(
        List.of(
            new Clause(field.word() + ":" + value, false, new Exact(field, field.spelled(value)))));
  }
}
