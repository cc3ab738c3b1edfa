/**
 * What stands before every operation, whichever door it was called through: constraints,
 * permission, transaction, audit. Also what an operation is (its annotations) and who calls it (the
 * caller, access keys). Knows no operation.
 */
package io.gatehouse.admin.guard;
