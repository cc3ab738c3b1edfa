/**
 * JSON text and the plain values it stands for, and paths into them. Bodies and paths come from
 * callers and tenants: whatever is read, written or walked is paid for from a {@link
 * io.gatehouse.runtime.budget.Budget}.
 */
package io.gatehouse.runtime.json;
