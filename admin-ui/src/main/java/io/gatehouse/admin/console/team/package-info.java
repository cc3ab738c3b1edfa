/** Access keys with which a tenant's programs use the management API. */
package io.gatehouse.admin.console.team;
