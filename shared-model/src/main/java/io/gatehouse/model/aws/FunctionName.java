package io.gatehouse.model.aws;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * A function as callers name it: by its name alone, or as an ARN or the end of one.
 *
 * @param region empty when the caller left it out
 * @param account likewise
 * @param qualifier a version or an alias; empty when there is none
 */
public record FunctionName(
    Optional<String> region, Optional<String> account, String name, Optional<String> qualifier) {

  private static final int LONGEST_NAME = 64;

  /** Empty when the text names no function. */
  public static Optional<FunctionName> parse(String text) {
    Deque<String> parts = new ArrayDeque<>(Arrays.asList(text.split(":", 10)));
    if (parts.size() > 6 && parts.peek().equals("arn")) {
      parts.pop();
      boolean lambda = parts.pop().startsWith("aws") && parts.pop().equals("lambda");
      if (!lambda) {
        return Optional.empty();
      }
    }
    Optional<String> region = take(parts, "[a-z]{2}(-[a-z]+)+-\\d");
    Optional<String> account = take(parts, "\\d{12}");
    take(parts, "function");
    String name = parts.pop();
    Optional<String> qualifier = Optional.ofNullable(parts.poll());
    boolean whole = parts.isEmpty() && isWord(name) && name.length() <= LONGEST_NAME;
    return whole && qualifier.filter(q -> !q.equals("$LATEST") && !isWord(q)).isEmpty()
        ? Optional.of(new FunctionName(region, account, name, qualifier))
        : Optional.empty();
  }

  /** The last part is always left: it is the name. */
  private static Optional<String> take(Deque<String> parts, String pattern) {
    return parts.size() > 1 && parts.peek().matches(pattern)
        ? Optional.of(parts.pop())
        : Optional.empty();
  }

  private static boolean isWord(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || c == '-'
                        || c == '_');
  }

  /** The function's own ARN, without a qualifier. */
  public static Arn arn(String region, String account, String name) {
    return new Arn("aws", "lambda", region, account, "function:" + name);
  }
}
