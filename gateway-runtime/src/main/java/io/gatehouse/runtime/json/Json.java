package io.gatehouse.runtime.json;

import io.gatehouse.runtime.budget.Budget;

/**
 * JSON text to plain values and back: {@code LinkedHashMap<String, Object>}, {@code
 * ArrayList<Object>}, String, Boolean, null, Integer, Long, BigInteger; a fraction is a Double, or
 * a BigDecimal where a Double would lose digits.
 */
public final class Json {

  /** Values nested deeper than this are neither read nor written. */
  public static final int MAX_DEPTH = 512;

  private Json() {}

  /**
   * Reads one JSON document as RFC 8259 has it; of names given twice the last counts.
   *
   * @throws InvalidJson naming the place
   */
  public static Object parse(String text, Budget budget) {
    return new JsonReader(text, budget, false).document();
  }

  /**
   * The same, of a document that must not mean one thing to us and another to somebody else: names
   * given twice are refused.
   *
   * @param mostDepth values nested deeper than this are refused, too
   * @throws InvalidJson naming the place
   */
  public static Object parseUnambiguous(String text, Budget budget, int mostDepth) {
    return new JsonReader(text, budget, false, true, mostDepth).document();
  }

  /**
   * Reads a document as forgivingly as the vendor's MOCK integration does: names may go without
   * quotes, strings may stand in single quotes, a comma may trail (recorded: mock-integration.json
   * has {@code {statusCode: 200}}).
   *
   * @throws InvalidJson naming the place
   */
  public static Object parseLenient(String text, Budget budget) {
    return new JsonReader(text, budget, true).document();
  }

  /** Appends a value as compact JSON: no white space, slashes as they are. */
  public static void write(Object value, StringBuilder out, Budget budget) {
    write(value, out, budget, Integer.MAX_VALUE);
  }

  /**
   * Appends a value as compact JSON.
   *
   * @param most characters that {@code out} may come to
   * @throws InvalidJson when it would come to more, or the value is nested too deeply
   */
  public static void write(Object value, StringBuilder out, Budget budget, int most) {
    new JsonWriter(out, budget, most).value(value, 0);
  }

  /** The value as compact JSON. */
  public static String text(Object value, Budget budget) {
    StringBuilder out = new StringBuilder();
    write(value, out, budget);
    return out.toString();
  }
}
