package io.gatehouse.runtime.pattern;

/** The instructions of a {@link Program}, with the operands that follow each. */
final class Op {

  /** The text matches. */
  static final int MATCH = 0;

  /** character */
  static final int CHAR = 1;

  /** number of a set */
  static final int SET = 2;

  /** number of a string */
  static final int TEXT = 3;

  /** number of a set, min, max, greed (its ordinal), memo: members of the set in a row */
  static final int RUN = 4;

  static final int RUN_LENGTH = 6;

  /** boundary (its ordinal) */
  static final int AT = 5;

  /** where to go on should what follows fail, memo */
  static final int SPLIT = 6;

  static final int JUMP = 7;

  /** slot: a group begins */
  static final int OPEN = 8;

  /** slot, number of the group: it ends */
  static final int CLOSE = 9;

  /** slot of the iteration's begin and, next to it, of the count */
  static final int LOOP_INIT = 10;

  /**
   * slot, min, max, greed (its ordinal), exit, memo, whether an iteration that takes nothing fails,
   * slot of a mark; the instruction after it is the body's {@link #ITERATE}
   */
  static final int LOOP = 11;

  static final int LOOP_LENGTH = 9;

  /** slot: an iteration begins */
  static final int ITERATE = 12;

  /** slot of a mark: no way back beyond here will be kept */
  static final int MARK = 13;

  /** slot of a mark */
  static final int CUT = 14;

  /** slot of a mark and, next to it, of a position */
  static final int AHEAD = 15;

  static final int AHEAD_END = 16;

  /** slot of a mark and, next to it, of a position; where to go on should the body fail */
  static final int NOT_AHEAD = 17;

  /** slot of a mark: the body has matched, so this fails */
  static final int CUT_AND_FAIL = 18;

  /** slot of a mark and, next to it, of a position; min, max, by code points, otherwise or -1 */
  static final int BEHIND = 19;

  static final int BEHIND_LENGTH = 6;

  /** slot of a position: fails anywhere else */
  static final int BACK_AT = 20;

  /** group, ignore case, Unicode case */
  static final int REFERENCE = 21;

  /** The memo operand of an instruction whose failures are not noted. */
  static final int NO_MEMO = -2;

  /** The memo operand of an instruction whose failures can always be noted. */
  static final int ALWAYS_MEMO = -1;

  private Op() {}
}
