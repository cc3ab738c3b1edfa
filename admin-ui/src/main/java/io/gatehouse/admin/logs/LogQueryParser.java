package io.gatehouse.admin.logs;

import io.gatehouse.admin.logs.LogQuery.Beginning;
import io.gatehouse.admin.logs.LogQuery.Between;
import io.gatehouse.admin.logs.LogQuery.Clause;
import io.gatehouse.admin.logs.LogQuery.Condition;
import io.gatehouse.admin.logs.LogQuery.Exact;
import io.gatehouse.admin.logs.LogQuery.Like;
import io.gatehouse.admin.logs.LogQuery.Phrase;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is typed into the search field. Every refusal names the word that it is about. */
final class LogQueryParser {

  private static final int LONGEST = 1000;
  private static final int MOST_CLAUSES = 32;
  private static final int MOST_WORDS_OF_PHRASE = 32;
  private static final int MOST_STARS = 5;
  private static final int SHORTEST_BEGINNING = 2;
  private static final int SHOWN = 60;
  private static final long MICROS_OF_MILLISECOND = 1000;
  private static final long MICROS_OF_SECOND = 1_000_000;
  private static final Pattern CLASS = Pattern.compile("([1-5])xx");
  private static final Pattern COMPARED = Pattern.compile("(>=|<=|>|<)?([0-9]{1,9})(ms|s)?");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})-([0-9]{1,9})(ms|s)?");

  private final String text;
  private int at;

  LogQueryParser(String text) {
    if (text.length() > LONGEST) {
      throw ApiError.badRequest("A query has at most " + LONGEST + " characters");
    }
    this.text = text;
  }

  List<Clause> clauses() {
    List<Clause> clauses = new ArrayList<>();
    while (skipBlanks()) {
      clauses.add(clause());
      if (clauses.size() > MOST_CLAUSES) {
        throw ApiError.badRequest("A query has at most " + MOST_CLAUSES + " words");
      }
    }
    return clauses;
  }

  private boolean skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private Clause clause() {
    int begin = at;
    boolean excluded = text.charAt(at) == '-';
    if (excluded) {
      at++;
    }
    String name = name();
    boolean quoted = at < text.length() && text.charAt(at) == '"';
    String value = quoted ? quoted() : unquoted();
    String written = text.substring(begin, at);
    Condition condition =
        name.isEmpty() ? words(written, value, quoted) : field(written, name, value);
    return new Clause(written, excluded, condition);
  }

  /** What stands before a colon; empty, and nothing is read, where there is none. */
  private String name() {
    int end = at;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    if (end == at || end == text.length() || text.charAt(end) != ':') {
      return "";
    }
    String name = text.substring(at, end);
    at = end + 1;
    return name;
  }

  private String quoted() {
    int end = text.indexOf('"', at + 1);
    if (end < 0) {
      throw not(text.substring(at), "its quote is not closed");
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private String unquoted() {
    int begin = at;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at);
  }

  private static Condition words(String written, String value, boolean quoted) {
    List<String> words = LogTokenizer.words(value);
    if (words.isEmpty()) {
      throw not(written, "it has no letter and no digit to look for");
    }
    if (words.size() > MOST_WORDS_OF_PHRASE) {
      throw not(written, "it has more than " + MOST_WORDS_OF_PHRASE + " words");
    }
    int star = quoted ? -1 : value.indexOf('*');
    if (star < 0) {
      return new Phrase(words);
    }
    if (star < value.length() - 1 || words.size() > 1) {
      throw not(written, "a star may only end a single word, as in time*");
    }
    if (words.getFirst().length() < SHORTEST_BEGINNING) {
      throw not(written, "before a star there have to be two letters or more");
    }
    return new Beginning(words.getFirst());
  }

  private static Condition field(String written, String name, String value) {
    LogField field =
        LogField.named(name)
            .orElseThrow(
                () ->
                    not(
                        written,
                        "there is nothing to search by that is called "
                            + shown(name)
                            + ". There are "
                            + LogField.words()
                            + "; quotes look for a text as it is"));
    if (value.isEmpty()) {
      throw not(written, "nothing stands behind the colon");
    }
    if (field.isNumber()) {
      return number(written, field, value);
    }
    long stars = value.chars().filter(c -> c == '*').count();
    if (stars > MOST_STARS) {
      throw not(written, "it has more than " + MOST_STARS + " stars");
    }
    return stars > 0
        ? new Like(field, field.spelled(value))
        : new Exact(field, field.spelled(value));
  }

  private static Condition number(String written, LogField field, String value) {
    Matcher statuses = CLASS.matcher(value);
    if (field == LogField.STATUS && statuses.matches()) {
      long first = 100 * Long.parseLong(statuses.group(1));
      return new Between(field, first, first + 99);
    }
    Matcher range = RANGE.matcher(value);
    if (range.matches() && unitFits(field, range.group(3))) {
      long unit = unit(field, range.group(3));
      long last = Long.parseLong(range.group(2)) * unit + unit - 1;
      return new Between(field, Long.parseLong(range.group(1)) * unit, last);
    }
    Matcher one = COMPARED.matcher(value);
    if (one.matches() && unitFits(field, one.group(3))) {
      return compared(field, one.group(1), Long.parseLong(one.group(2)), unit(field, one.group(3)));
    }
    throw not(
        written,
        field == LogField.STATUS
            ? "a status is written as 429, 5xx, >=500 or 400-499"
            : "a latency is written as >500, <20, 100-200 (milliseconds) or >2s");
  }

  private static boolean unitFits(LogField field, String unit) {
    return unit == null || field == LogField.LATENCY;
  }

  private static long unit(LogField field, String unit) {
    if (field == LogField.STATUS) {
      return 1;
    }
    return "s".equals(unit) ? MICROS_OF_SECOND : MICROS_OF_MILLISECOND;
  }

  /** A whole unit counts as equal: 20 ms are 20,000 to 20,999 µs. */
  private static Condition compared(LogField field, String sign, long number, long unit) {
    long first = number * unit;
    long last = first + unit - 1;
    return switch (sign == null ? "" : sign) {
      case ">" -> new Between(field, last + 1, Long.MAX_VALUE);
      case ">=" -> new Between(field, first, Long.MAX_VALUE);
      case "<" -> new Between(field, 0, first - 1);
      case "<=" -> new Between(field, 0, last);
      default -> new Between(field, first, last);
    };
  }

  private static ApiError not(String written, String why) {
    return ApiError.badRequest("'" + shown(written) + "' is not understood: " + why);
  }

  private static String shown(String word) {
    return word.length() > SHOWN ? word.substring(0, SHOWN) + "..." : word;
  }
}
