/**
 * Functions of tenants that run on this installation's nodes: one class for each family of Lambda's
 * operations, and the rules of what a function may be. Code and settings lie in the store, nodes
 * get them as snapshots. Imitates the Lambda API reference.
 */
package io.gatehouse.admin.functions;
