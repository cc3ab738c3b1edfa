package io.gatehouse.runtime.validate;

/** The keywords of draft 4 that are about strings; other values meet them. */
final class StringKeywords {

  private StringKeywords() {}

  /** {@code minLength}, in code points. */
  record MinLength(int least) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof String text)
          || text.length() / 2 >= least
          || codePoints(text, run) >= least
          || run.fails(
              () ->
                  "string \"%s\" is too short (length: %d, required minimum: %d)"
                      .formatted(Printed.raw(text), text.codePointCount(0, text.length()), least));
    }
  }

  /** {@code maxLength}, in code points. */
  record MaxLength(int most) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof String text)
          || text.length() <= most
          || codePoints(text, run) <= most
          || run.fails(
              () ->
                  "string \"%s\" is too long (length: %d, maximum allowed: %d)"
                      .formatted(Printed.raw(text), text.codePointCount(0, text.length()), most));
    }
  }

  /** {@code pattern}. */
  record Pattern(String source, Patterns.Matcher matcher) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof String text)
          || matcher.find(text, run.budget())
          || run.fails(
              () ->
                  "ECMA 262 regex \"%s\" does not match input string \"%s\""
                      .formatted(Printed.raw(source), Printed.raw(text)));
    }
  }

  private static int codePoints(String text, Run run) {
    run.spend(text.length());
    return text.codePointCount(0, text.length());
  }
}
