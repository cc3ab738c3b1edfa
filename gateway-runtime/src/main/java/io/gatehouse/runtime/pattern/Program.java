package io.gatehouse.runtime.pattern;

/**
 * A pattern made ready to run: instructions ({@link Op}) and what they refer to.
 *
 * @param groups how many capture, the whole being one; two slots each
 * @param slots how many numbers an execution holds, those of the groups first
 * @param memo whether failures may be noted at all
 * @param supplementary whether a search keeps off the middle of surrogate pairs
 * @param first what a match begins with; null if that is not known or it may be empty
 * @param anchored whether a match can only begin where the text does
 */
record Program(
    int[] code,
    CodePoints[] sets,
    String[] texts,
    int groups,
    int slots,
    boolean memo,
    boolean supplementary,
    CodePoints first,
    boolean anchored) {}
