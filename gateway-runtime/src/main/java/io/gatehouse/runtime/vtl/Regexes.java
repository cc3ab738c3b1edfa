package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.TemplateFailure.Kind;
import java.util.function.Supplier;

/**
 * The methods of strings that take a regular expression. Most templates give them plain text, such
 * as a comma or {@code \\'}: that is done here, the rest by {@link Patterns}.
 */
final class Regexes {

  private static final String SPECIAL = "\\[](){}.*+?^$|";

  private Regexes() {}

  static Object call(String s, String name, String pattern, Rendering r) {
    return name.equals("split") ? split(s, pattern, 0, r) : matches(s, pattern, r);
  }

  private static boolean matches(String s, String pattern, Rendering r) {
    String plain = plain(pattern, r);
    return plain != null
        ? Values.same(plain, s, r)
        : run(() -> r.patterns.matches(pattern, s, r.budget), r);
  }

  static Object split(String s, String pattern, int limit, Rendering r) {
    String plain = plain(pattern, r);
    return plain != null && !plain.isEmpty()
        ? TextMethods.split(s, plain, limit, r)
        : run(() -> TemplateLists.of(r.patterns.split(pattern, s, limit, r.budget), r), r);
  }

  static String replace(String s, String name, String pattern, String by, Rendering r) {
    boolean all = name.equals("replaceAll");
    String plain = plain(pattern, r);
    if (plain != null && by.indexOf('$') < 0 && by.indexOf('\\') < 0) {
      return TextMethods.replace(s, plain, by, all ? Integer.MAX_VALUE : 1, r);
    }
    return r.made(
        run(
            () ->
                all
                    ? r.patterns.replaceAll(pattern, s, by, r.budget)
                    : r.patterns.replaceFirst(pattern, s, by, r.budget),
            r));
  }

  /** The text that the pattern means, if it means but one; else null. */
  private static String plain(String pattern, Rendering r) {
    r.budget.spend(pattern.length());
    StringBuilder plain = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\'
          && i + 1 < pattern.length()
          && !Character.isLetterOrDigit(pattern.charAt(i + 1))) {
        plain.append(pattern.charAt(++i));
      } else if (SPECIAL.indexOf(c) >= 0) {
        return null;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static <T> T run(Supplier<T> work, Rendering r) {
    try {
      return work.get();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw r.failure(
          Kind.INVALID_PATTERN, "The regular expression cannot be run: " + e.getMessage());
    }
  }
}
