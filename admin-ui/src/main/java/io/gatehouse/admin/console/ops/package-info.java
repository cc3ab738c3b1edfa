/** The platform as its operator sees it: tenants and nodes. */
package io.gatehouse.admin.console.ops;
