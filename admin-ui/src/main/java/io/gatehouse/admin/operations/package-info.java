/**
 * The vendor's operations, one class per resource family, one method per operation: at once the
 * management API and what the console calls. Every public method carries {@link
 * io.gatehouse.admin.operations.Operation} or {@link io.gatehouse.admin.operations.ConsoleQuery},
 * takes the {@link io.gatehouse.admin.operations.Caller} first and calls no other operation.
 */
package io.gatehouse.admin.operations;
