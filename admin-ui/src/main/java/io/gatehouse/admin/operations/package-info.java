/**
 * The vendor's operations, one class per resource family, one method per operation: at once the
 * management API and what the console calls. Every public method carries {@link
 * io.gatehouse.admin.guard.Operation} or {@link io.gatehouse.admin.guard.ConsoleQuery}, takes the
 * {@link io.gatehouse.admin.guard.Caller} first and calls no other operation.
 */
package io.gatehouse.admin.operations;
