package io.gatehouse.admin.guard;

/**
 * Marks a class whose public methods are operations; the table of operations is built from all of
 * them.
 */
public interface Operations {}
