/**
 * What stands before every operation, whichever door it was called through: constraints,
 * permission, transaction, audit. Also the account of who may call: access keys. Knows the
 * operations' annotations, no operation.
 */
package io.gatehouse.admin.guard;
