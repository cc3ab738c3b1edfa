package io.gatehouse.runtime.pattern;

import io.gatehouse.runtime.budget.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A regular expression with the syntax and meaning of {@link java.util.regex.Pattern}, whose
 * matching is paid for: a step for each instruction tried and each character passed over.
 * Immutable; may be used by many threads at once.
 *
 * <p>It differs from Java in this:
 *
 * <ul>
 *   <li>{@code \X}, {@code \b{g}} and the undocumented flag {@code c} are refused, and so are
 *       patterns of more than 4,096 characters or nested more than 200 deep.
 *   <li>Some patterns are accepted that Java refuses: a look-behind with an unlimited repeat in it,
 *       and in comments mode a class with white space after an {@code &}. Such a look-behind looks
 *       back as far as the text goes; where Java accepts one, it sometimes does not.
 *   <li>What a group captured on a way given up is forgotten. Java sometimes keeps it if the group
 *       is inside a repeated group, which shows in back-references and replacements.
 *   <li>Where case is Unicode's ({@code (?iu)}), an empty match between the two halves of a
 *       surrogate pair may be found in one and not in the other.
 *   <li>A replacement that refers to no group is an {@link InvalidReplacement} even where Java
 *       throws an {@link IndexOutOfBoundsException}.
 * </ul>
 */
public final class JavaPattern {

  private final Program plain;
  private final Program capturing;
  private final Map<String, Integer> names;

  private JavaPattern(Program plain, Program capturing, Map<String, Integer> names) {
    this.plain = plain;
    this.capturing = capturing;
    this.names = names;
  }

  /** Reads a pattern; flags are embedded in it, as in <code>(?i)</code>. */
  public static JavaPattern compile(String regex) throws InvalidPattern {
    var parsed = PatternParser.parse(regex);
    return new JavaPattern(Compiler.plain(parsed), Compiler.capturing(parsed), parsed.names());
  }

  /** Whether the whole text matches. */
  public boolean matches(CharSequence text, Budget budget) {
    return new Execution(plain, text, budget).matches();
  }

  /** Whether some part of the text matches. */
  public boolean find(CharSequence text, Budget budget) {
    return new Execution(plain, text, budget).find();
  }

  /**
   * As {@link String#replaceAll}.
   *
   * @throws InvalidReplacement if there is a match to replace and the replacement is none
   */
  public String replaceAll(CharSequence text, String replacement, Budget budget) {
    return replace(text, replacement, Integer.MAX_VALUE, budget);
  }

  /**
   * As {@link String#replaceFirst}.
   *
   * @throws InvalidReplacement if there is a match to replace and the replacement is none
   */
  public String replaceFirst(CharSequence text, String replacement, Budget budget) {
    return replace(text, replacement, 1, budget);
  }

  /** As {@link String#split(String, int)}. */
  public List<String> split(CharSequence text, int limit, Budget budget) {
    var execution = new Execution(plain, text, budget);
    var whole = execution.text();
    var pieces = new ArrayList<String>();
    var begin = 0;
    var found = limit != 1 && execution.find();
    while (found && (limit <= 0 || pieces.size() < limit - 1)) {
      var emptyAtBegin = execution.end() == 0;
      if (!emptyAtBegin) {
        budget.spend(1 + execution.start() - begin);
        pieces.add(whole.substring(begin, execution.start()));
        begin = execution.end();
      }
      found = execution.findNext();
    }
    budget.spend(1 + whole.length() - begin);
    pieces.add(whole.substring(begin));
    while (limit == 0 && begin > 0 && !pieces.isEmpty() && pieces.getLast().isEmpty()) {
      pieces.removeLast();
    }
    return pieces;
  }

  private String replace(CharSequence text, String replacement, int most, Budget budget) {
    var execution = new Execution(capturing, text, budget);
    var whole = execution.text();
    if (!execution.find()) {
      return whole;
    }
    var template = Replacement.read(replacement, capturing.groups(), names);
    var result = new StringBuilder();
    var begin = 0;
    var replaced = 0;
    do {
      budget.spend(1 + execution.start() - begin);
      result.append(whole, begin, execution.start());
      template.append(result, execution, budget);
      begin = execution.end();
    } while (++replaced < most && execution.findNext());
    budget.spend(1 + whole.length() - begin);
    return result.append(whole, begin, whole.length()).toString();
  }
}
