package io.gatehouse.runtime.vtl;

/** What one template may come to; the vendor's numbers where it publishes them. */
public final class Limits {

  /** Characters of a template. */
  public static final int TEMPLATE = 300 * 1024;

  /** Rounds of one #foreach. */
  public static final int LOOP = 1000;

  /** Characters of the output, and of any single string. */
  public static final int TEXT = 1 << 20;

  /** Macros calling macros, definitions in definitions, strings rendered in strings. */
  public static final int RECURSION = 20;

  /** Characters that one rendering may make in all, whether they are kept or not. */
  static final int ALL_TEXT = 16 << 20;

  /** Elements and entries that one rendering may put into lists and maps in all. */
  static final int ENTRIES = 100_000;

  /** Blocks within blocks as written. */
  static final int BLOCKS = 50;

  /** Expressions within expressions as written. */
  static final int EXPRESSIONS = 30;

  /** Everything within everything while rendering; the threads' stacks are small. */
  static final int DEPTH = 400;

  /** Values within values that are printed or compared. */
  static final int VALUE_DEPTH = 64;

  /** Different variables of a template. */
  static final int VARIABLES = 5000;

  /** Digits of a number that arithmetic makes. */
  static final int NUMBER_BITS = 4096;

  private Limits() {}
}
