package io.gatehouse.model.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * A text in which some {@code *} stand for any characters and some {@code ?} for any one. Matching
 * goes back to the last star only, which is enough, and so never takes more steps than the text has
 * characters times the pattern; each is spent.
 */
final class Glob {

  private final String pattern;
  private final boolean[] wild;

  /** All before the first wildcard. */
  private final String prefix;

  private Glob(String pattern, boolean[] wild) {
    this.pattern = pattern;
    this.wild = wild;
    int first = 0;
    while (first < wild.length && !wild[first]) {
      first++;
    }
    this.prefix = pattern.substring(0, first);
  }

  /** Every star and question mark is a wildcard. */
  static Glob of(String pattern) {
    return new Parts().pattern(pattern).glob();
  }

  /** Of ASCII letters alone, as services and actions are spelt. */
  static String lowerCase(String action) {
    return action.toLowerCase(Locale.ROOT);
  }

  /**
   * @param request whose steps are spent
   */
  boolean matches(String text, PolicyRequest request) {
    request.spend(1);
    if (!text.startsWith(prefix)) {
      return false;
    }
    int at = prefix.length();
    if (at == pattern.length()) {
      return text.length() == at;
    }
    return at == pattern.length() - 1 && is('*', at) || matchesFrom(at, text, request);
  }

  private boolean matchesFrom(int start, String text, PolicyRequest request) {
    int at = start;
    int i = start;
    int star = -1;
    int resume = 0;
    while (i < text.length()) {
      request.spend(1);
      if (is('*', at)) {
        star = at++;
        resume = i;
      } else if (at < pattern.length() && (is('?', at) || isLiterally(text.charAt(i), at))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (is('*', at)) {
      at++;
    }
    return at == pattern.length();
  }

  private boolean is(char wildcard, int at) {
    return at < pattern.length() && wild[at] && pattern.charAt(at) == wildcard;
  }

  private boolean isLiterally(char c, int at) {
    return !wild[at] && pattern.charAt(at) == c;
  }

  /** Cuts at the separator, at most into so many parts, the last of which keeps the rest. */
  List<Glob> split(char separator, int most) {
    List<Glob> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < pattern.length() && parts.size() < most - 1; i++) {
      if (isLiterally(separator, i)) {
        parts.add(part(from, i));
        from = i + 1;
      }
    }
    parts.add(part(from, pattern.length()));
    return parts;
  }

  private Glob part(int from, int to) {
    return new Glob(pattern.substring(from, to), Arrays.copyOfRange(wild, from, to));
  }

  /** What a glob is put together from. */
  static final class Parts {

    private final StringBuilder pattern = new StringBuilder();
    private final BitSet wild = new BitSet();

    Parts pattern(String text) {
      for (int i = 0; i < text.length(); i++) {
        wild.set(pattern.length(), text.charAt(i) == '*' || text.charAt(i) == '?');
        pattern.append(text.charAt(i));
      }
      return this;
    }

    /** Its stars are stars. */
    Parts literal(String text) {
      pattern.append(text);
      return this;
    }

    Glob glob() {
      boolean[] each = new boolean[pattern.length()];
      for (int i = 0; i < each.length; i++) {
        each[i] = wild.get(i);
      }
      return new Glob(pattern.toString(), each);
    }
  }
}
