/**
 * What integrations reach their backends with: keys, endpoints and authorities of the account, VPC
 * links, and how the backends are.
 */
package io.gatehouse.admin.console.backends;
