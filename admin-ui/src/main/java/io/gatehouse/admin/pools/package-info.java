/**
 * User pools of tenants: issuers of tokens that are registered, and realms of the sign-in service
 * that are made here. One class for each family of Cognito's operations, the rules of what a pool
 * may be, and the realms themselves. Nodes get pools as snapshots. Imitates the API reference of
 * Cognito user pools.
 */
package io.gatehouse.admin.pools;
