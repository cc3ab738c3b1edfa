package io.gatehouse.runtime.pattern;

import java.util.Random;

/**
 * Random patterns and texts over a small alphabet, so that they have something to do with each
 * other.
 */
final class RandomPatterns {

  private static final String[] LITERALS = {
    "a",
    "b",
    "c",
    "ab",
    "ba",
    "A",
    "-",
    " ",
    "\\n",
    "\\x61",
    "\\u0062",
    "\\x{63}",
    "\\Qa.b\\E",
    "\\.",
    "\\t",
    "\\0141",
    "]",
    "}",
    "é",
    "\\(",
    "&",
    "1",
    "\uD83D\uDE00",
    "#"
  };
  private static final String[] SETS = {
    ".",
    "\\d",
    "\\D",
    "\\s",
    "\\S",
    "\\w",
    "\\W",
    "\\h",
    "\\H",
    "\\v",
    "\\V",
    "\\R",
    "\\p{L}",
    "\\p{Lower}",
    "\\P{Upper}",
    "\\p{IsAlphabetic}",
    "\\pL",
    "\\p{javaLowerCase}",
    "\\p{Punct}",
    "\\p{IsLatin}",
    "\\P{InBasicLatin}",
    "\\p{sc=Latn}"
  };
  private static final String[] BOUNDARIES = {"^", "$", "\\b", "\\B", "\\A", "\\G", "\\z", "\\Z"};
  private static final String[] QUANTIFIERS = {
    "?", "*", "+", "{2}", "{0}", "{1}", "{0,1}", "{1,2}", "{2,}", "{0,3}", "{3,5}"
  };
  private static final String[] MEMBERS = {
    "a",
    "b",
    "c",
    "a-c",
    "A-B",
    "\\d",
    "\\w",
    "\\W",
    "\\s",
    "-",
    "^",
    "\\]",
    "\\p{Lu}",
    "é",
    "\\x61-b",
    " ",
    "1-3",
    "\\n",
    "&",
    "\uD83D\uDE00",
    "\\Qab\\E"
  };
  private static final String[] FLAGS = {"i", "s", "m", "x", "u", "d", "U", "iu", "-i", "-m", "ms"};
  private static final String[] TEXT = {
    "a",
    "a",
    "a",
    "b",
    "b",
    "b",
    "c",
    "A",
    "B",
    "1",
    " ",
    "-",
    "\n",
    "\r",
    "\r\n",
    ".",
    "é",
    "É",
    "\uD83D\uDE00",
    "\uDE00",
    "\u0301",
    "&",
    "#",
    "_",
    "\u2028"
  };

  private static final String[] BOUNDED_QUANTIFIERS = {"?", "{2}", "{0}", "{1}", "{1,2}", "{0,3}"};

  private final Random random;
  private final boolean references;
  private int groups;
  private int behinds;

  /**
   * @param references whether patterns have back-references, and then no groups whose captures may
   *     differ from Java's
   */
  RandomPatterns(long seed, boolean references) {
    this.random = new Random(seed);
    this.references = references;
  }

  String pattern() {
    groups = 0;
    behinds = 0;
    var pattern = new StringBuilder();
    if (random.nextInt(6) == 0) {
      pattern.append("(?").append(any(FLAGS)).append(')');
    }
    alternation(pattern, 3);
    return pattern.toString();
  }

  /** A pattern with something out of place, which may be accepted all the same. */
  String broken() {
    var pattern = new StringBuilder(pattern());
    for (int i = random.nextInt(3); i >= 0; i--) {
      var junk = "()[]{}*+?|\\^$.-&,<>=!:#kpPxQEN0189".charAt(random.nextInt(34));
      if (random.nextBoolean() || pattern.isEmpty()) {
        pattern.insert(random.nextInt(pattern.length() + 1), junk);
      } else {
        pattern.deleteCharAt(random.nextInt(pattern.length()));
      }
    }
    return pattern.toString();
  }

  /**
   * Where case is Unicode's, without pairs of surrogates: there the two differ about their middle.
   */
  String text(String pattern) {
    var text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      text.append(any(TEXT));
    }
    var unicodeCase = pattern.contains("u)") || pattern.contains("u:");
    return unicodeCase ? text.toString().replace("\uD83D", "a") : text.toString();
  }

  int limit() {
    return random.nextInt(5) - 1;
  }

  private void alternation(StringBuilder to, int depth) {
    sequence(to, depth);
    while (random.nextInt(4) == 0) {
      to.append('|');
      sequence(to, depth);
    }
  }

  private void sequence(StringBuilder to, int depth) {
    for (int i = random.nextInt(4); i > 0; i--) {
      var before = groups;
      var start = to.length();
      atom(to, depth);
      var plain = groups == before || (groups == before + 1 && captures(to, start));
      if (random.nextInt(5) < 2 && (!references || plain)) {
        to.append(any(behinds > 0 ? BOUNDED_QUANTIFIERS : QUANTIFIERS));
        var greed = random.nextInt(6);
        to.append(greed == 0 ? "?" : greed == 1 && groups == before ? "+" : "");
      }
    }
  }

  private static boolean captures(StringBuilder pattern, int at) {
    return pattern.charAt(at) == '('
        && (pattern.charAt(at + 1) != '?' || pattern.charAt(at + 2) == '<');
  }

  private void atom(StringBuilder to, int depth) {
    switch (random.nextInt(depth > 0 ? 15 : 8)) {
      case 0, 1, 2, 3 -> to.append(any(LITERALS));
      case 4 -> to.append(any(SETS));
      case 5 -> to.append(any(BOUNDARIES));
      case 6 -> set(to, 2);
      case 7 -> to.append(groups == 0 || !references ? "b" : "\\" + (1 + random.nextInt(groups)));
      default -> group(to, depth - 1);
    }
  }

  private void group(StringBuilder to, int depth) {
    var kind = random.nextInt(references ? 7 : 12);
    var behind = kind == 10 || kind == 11;
    switch (kind) {
      case 0, 1, 2 -> to.append("(?:");
      case 3 -> to.append("(?").append(any(FLAGS)).append(':');
      case 4 -> to.append("(?<g").append(++groups).append('>');
      case 5, 6 -> {
        groups++;
        to.append('(');
      }
      case 7 -> to.append("(?>");
      case 8 -> to.append("(?=");
      case 9 -> to.append("(?!");
      case 10 -> to.append("(?<=");
      default -> to.append("(?<!");
    }
    behinds += behind ? 1 : 0;
    alternation(to, depth);
    behinds -= behind ? 1 : 0;
    to.append(')');
  }

  private void set(StringBuilder to, int depth) {
    to.append(random.nextInt(3) == 0 ? "[^" : "[");
    for (int i = random.nextInt(3); i >= 0; i--) {
      if (depth > 0 && random.nextInt(6) == 0) {
        set(to, depth - 1);
      } else {
        to.append(any(MEMBERS));
      }
    }
    if (depth > 0 && random.nextInt(5) == 0) {
      to.append("&&");
      if (random.nextBoolean()) {
        set(to, depth - 1);
      }
      to.append(any(MEMBERS));
    }
    to.append(']');
  }

  private String any(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
