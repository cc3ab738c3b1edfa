/** Screens of user pools: whose tokens a tenant's authorizers take. */
package io.gatehouse.admin.console.pools;
