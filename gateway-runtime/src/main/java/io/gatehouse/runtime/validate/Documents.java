package io.gatehouse.runtime.validate;

import io.gatehouse.runtime.budget.Budget;

/** The reader of JSON texts: of the models' schemas and of the callers' bodies. */
public interface Documents {

  /**
   * The value that the text spells as Map, List, String, Boolean, null, Integer, Long, BigInteger,
   * Double or BigDecimal; a number that is written without fraction and exponent as one of the
   * integer types.
   *
   * @throws NotJson when it spells none
   */
  Object read(String text, Budget budget) throws NotJson;

  /** The text is not JSON. */
  final class NotJson extends Exception {

    private static final long serialVersionUID = 1L;

    public NotJson(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
